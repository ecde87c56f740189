// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>

#include <functional>
#include <optional>

namespace Treewarden {

/// Writes all of `bytes` to the descriptor; errno says why not.
bool writeAll(int descriptor, QByteArrayView bytes);

/// Waits until the disk has the names in `folder`.
Result<void> syncFolder(const QString &folder);

/// Writes a new file `path` of mode 0600 that takes the place of the old one at once, and is safe
/// on the disk when this returns. `beforeRename` is called when the new one is complete.
Result<void> replaceFile(const QString &path, const QByteArray &bytes,
                         const std::function<void()> &beforeRename = {});

/// What the file holds, nothing where there is none. An error for what can't be ours alone: a link,
/// no file, others may write to it, more than `most` bytes.
Result<std::optional<QByteArray>> readOwnFile(const QString &path, qint64 most);

} // namespace Treewarden
