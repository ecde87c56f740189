// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/alerts/alertjudge.h"

#include <QByteArray>

namespace Treewarden {

/// The message of type `alert` that tells a verdict (docs/protocol.md, "Alerts").
QByteArray alertMessage(const QString &ip, const AlertVerdict &verdict, qint64 version,
                        const QString &session, qint64 timestamp);

/// An alert that stands in the hash `alerts`.
struct RaisedAlert
{
    QString ip, name;
    qint64 since = 0;
    qint64 version = 0; ///< of the configuration that asks for it
    QByteArray json; ///< the message that raised it
};

/// The field of the hash: "10.0.0.7/cpu".
QByteArray alertField(const QString &ip, const QString &name);
/// Reads a field of the hash from anybody; nothing where it is none.
std::optional<RaisedAlert> readRaisedAlert(const QByteArray &field, const QByteArray &json);

/// The rule as far as the message tells it, for its end.
AlertRule ruleOf(const RaisedAlert &alert);

} // namespace Treewarden
