// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/checks/grepstage.h"

#include <QJsonObject>
#include <QList>

namespace Treewarden {

/// True when the line goes through all of the filters.
bool passesAll(const QList<GrepFilter> &filters, QByteArrayView line);

/// `key: value` and `key=value` of the lines that go through the filters, as a workload of type
/// "info" keeps them: at most 256.
QJsonObject infoPairs(QByteArrayView text, const QList<GrepFilter> &filters);

} // namespace Treewarden
