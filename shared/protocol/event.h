// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace Treewarden {

/// One entry of the `events` stream: a transition worth remembering.
struct Event
{
    QString id; ///< the stream's id, "1700000000000-0"; empty until it is stored
    QString
        type; ///< "alive", "service", "service-removed", "config", "address", "command", "agent" …
    QString ip; ///< empty when it concerns no single server
    QJsonObject json; ///< the message itself, with its timestamp, session and n
};

/// The words after XADD's key that store an event: MAXLEN ~ …, *, and its fields.
QList<QByteArray> eventWords(const QByteArray &type, const QString &ip, const QByteArray &json);

/// Reads the fields of an entry from anybody. An entry without a type or with broken JSON is an
/// error.
Result<Event> parseEvent(const QByteArray &id, const QList<QByteArray> &fieldsAndValues);

} // namespace Treewarden
