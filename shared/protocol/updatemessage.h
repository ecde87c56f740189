// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/protocol/commandstate.h"
#include "shared/protocol/serviceid.h"
#include "shared/protocol/workloadtext.h"

#include <QMap>
#include <QStringList>

#include <optional>
#include <variant>

namespace Treewarden {

/// Which transition a message tells, so that a reader can drop repeats: the agent's session and its
/// rising number.
struct Told
{
    QString session;
    qint64 n = 0;
    bool bySweeper = false;
    bool isMass = false; ///< the sweeper swept more than half of the fleet at once

    friend bool operator==(const Told &, const Told &) = default;
};

struct AliveMessage
{
    QString ip;
    bool alive = false;
    qint64 timestamp = 0;
    std::optional<Told> told; ///< absent on the heartbeat's repetition
};

struct WorkloadMessage
{
    QString ip;
    WorkloadText info;
    qint64 timestamp = 0;
};

struct ServiceMessage
{
    QString ip;
    ServiceId service;
    std::optional<bool> alive;
    qint64 timestamp = 0;
    qint64 since = 0;
    QString reason, code;
    QJsonObject args;
    std::optional<Told> told;
    int flapping = 0; ///< how often it changed within a minute, while it flaps
};

/// A service is as it was, for another kind of reason: no transition, so no `service` message.
struct ServiceReasonMessage
{
    QString ip;
    ServiceId service;
    std::optional<bool> alive;
    qint64 timestamp = 0;
    QString reason, code;
    QJsonObject args;
};

struct ServicesMessage
{
    QString ip;
    QMap<QString, std::optional<bool>> states; ///< by "role:instance"
    qint64 timestamp = 0;
};

struct ServiceRemovedMessage
{
    QString ip;
    ServiceId service;
    qint64 timestamp = 0;
    std::optional<Told> told;
};

struct ServiceWorkloadMessage
{
    QString ip;
    ServiceId service;
    QJsonObject info;
    qint64 timestamp = 0;
};

/// server:info changed.
struct InfoMessage
{
    QString ip;
    qint64 timestamp = 0;
};

/// server:config changed, or a PaaS tree when `paas` is set.
struct ConfigMessage
{
    QString ip, paas;
    std::optional<qint64> version;
};

struct AddressMessage
{
    QString ip;
    QStringList addresses;
    qint64 timestamp = 0;
    std::optional<Told> told;
    std::optional<bool> hasEnrolled; ///< the enrolled address left (false) or came back
    QString reason; ///< the sentence for it, English
};

/// What has become of a command (docs/protocol.md, section 7). Told as a transition when it is
/// final or Verified.
struct CommandMessage
{
    QString ip, id;
    ServiceId service;
    QString action;
    CommandState state = CommandState::Accepted;
    std::optional<int> exit;
    QString detail; ///< a sentence, English
    qint64 timestamp = 0;
    QString key, by, reason; ///< who asked for it and why; empty where that was not verified
    QString schedule; ///< the entry that asked for it
    qint64 took = 0; ///< ms that it ran, or until it was verified; 0: it did not
    std::optional<Told> told;
};

/// The `events` stream has grown.
struct EventMessage
{
    QString ip;
};

using UpdateMessage
    = std::variant<AliveMessage, WorkloadMessage, ServiceMessage, ServiceReasonMessage,
                   ServicesMessage, ServiceRemovedMessage, ServiceWorkloadMessage, InfoMessage,
                   ConfigMessage, AddressMessage, CommandMessage, EventMessage>;

/// The message as it goes out on update:info, `type` first.
QByteArray toJson(const UpdateMessage &message);

/// Reads a message from anybody (at most 256 KiB). Nothing for a type that is not known here; an
/// error for what is no message: broken JSON, a missing or invalid ip, role or instance.
Result<std::optional<UpdateMessage>> parseUpdateMessage(const QByteArray &json);

} // namespace Treewarden
