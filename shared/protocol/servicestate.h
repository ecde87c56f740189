// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace Treewarden {

/// What services:{ip} holds about one service.
struct ServiceState
{
    std::optional<bool> alive; ///< absent: could not be evaluated (unknown)
    qint64 since = 0; ///< ms of the last change
    QString reason; ///< why it is not alive, an English sentence; empty when alive
    QString code; ///< the kind of reason, "process.count"; lets it be translated
    QJsonObject args; ///< what the code's sentence is filled with
    qint64 timestamp = 0; ///< ms when this was written
    QString session; ///< of the agent that wrote it
    int flapping = 0; ///< how often it changed within a minute, while it flaps

    friend bool operator==(const ServiceState &, const ServiceState &) = default;
};

/// The member `flapping` of a state or a message, from anybody.
int flappingCount(const QJsonValue &value);

QByteArray toJson(const ServiceState &state);
/// Reads the JSON from anybody; `reason` is cut to 500 characters.
Result<ServiceState> parseServiceState(const QByteArray &json);

} // namespace Treewarden
