// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace Treewarden {

/// What visitors may see of texts that name files, checks or configurations (docs/protocol.md,
/// section 8).

/// A sentence whose file paths are replaced by "…"; the root, addresses and URLs stay.
QString withoutPaths(const QString &text);
/// `reason` without what its `args` quote of a configuration or of a note, and without paths; both
/// are replaced in `args` too.
QString visibleReason(QString reason, QJsonObject &args);
/// A text, a number, or a flat object or list of them, without paths.
QJsonValue visibleValue(const QJsonValue &value);
/// The numbers of a service's workload, and of its texts those that only name a state or a
/// version: a text check may print anything, a note may say where something lies.
QJsonObject visibleWorkload(const QJsonObject &workload);

} // namespace Treewarden
