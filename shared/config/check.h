// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/serviceid.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace Treewarden {

/// The original's shell text: {"cmd":"ps aux | grep … | wc -l"}, placeholders already replaced.
struct TextCheck
{
    QString text;
    bool keepsInfo = false; ///< "type":"info": `key: value` pairs of what is printed are kept

    friend bool operator==(const TextCheck &, const TextCheck &) = default;
};

/// A native check: {"probe":"redis","port":6379,…}. `probe` is a known one, never "auto";
/// placeholders are replaced and the parameters have been checked: ports are numbers, and `tcp`,
/// `redis`, `ssh` and `mysql` have the instance's own `port` where the configuration names neither
/// port nor socket.
struct ProbeCheck
{
    QString probe;
    QJsonObject parameters; ///< without `probe`
    double timeout = 2; ///< seconds

    friend bool operator==(const ProbeCheck &, const ProbeCheck &) = default;
};

using Check = std::variant<TextCheck, ProbeCheck>;

/// One service of a server as its configuration declares it.
struct ServiceDefinition
{
    ServiceId id;
    std::optional<Check> alive, workload;
    bool isProtected = false; ///< its own flag, or the `_` instance's

    friend bool operator==(const ServiceDefinition &, const ServiceDefinition &) = default;
};

} // namespace Treewarden
