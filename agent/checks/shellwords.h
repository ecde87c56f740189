// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QList>

#include <optional>

namespace Treewarden {

/// The words of each command of a simple pipeline, unquoted as sh does it. Nothing when the text is
/// anything else: variables, substitutions, lists, background jobs, redirections but those of
/// errors. Globs stay as they stand.
std::optional<QList<QByteArrayList>> splitPipeline(const QByteArray &text);

} // namespace Treewarden
