// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/configissues.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Treewarden {

/// One parameter of a probe, beside `probe` and `timeout`.
struct ParameterRule
{
    enum class Kind {
        Text,
        Texts,
        Host,
        Port,
        Path,
        Url,
        Count,
        Most, ///< 0 or more
        Seconds,
        Status,
        Flag,
        Percent,
        Amount, ///< bytes, or a text with a unit such as "20G"
        AmountOrPercent, ///< "10%" too
        Age, ///< seconds, up to ten years
        Pattern,
        Unit,
    };

    QString name;
    Kind kind;
};

/// The parameters of a probe, or of the shape that probeShape() gives; none for others.
const QList<ParameterRule> &probeParameters(const QString &shape);

/// The probes that a configuration may name, in the order of docs/probes.md.
QStringList probeNames();

/// The probe that {"probe":"auto"} stands for: the one of the role's name (`fs` → `filesystem`).
/// Empty when none is.
QString automaticProbe(const QString &role);

/// True for what may be the name of a systemd unit: "nginx.service" (systemd.unit(5)).
bool isUnitName(const QString &name);

/// Bytes: a number, or a text with a unit of 1024 such as "20G" or "1.5 TiB"; nothing for others.
std::optional<qint64> amountOf(const QJsonValue &value);
/// The number in "10%", 0 to 100; nothing for others.
std::optional<double> percentOf(const QJsonValue &value);

/// The probe whose shape a check of the roles comdb, photolib, deploy and monitor takes: what `as`
/// names, else the one that its parameters fit: tcp, http, file, process or unix. `as` with
/// anything else gives nothing. Other probes are their own shape.
QString probeShape(const QString &probe, const QJsonObject &parameters);

/// True for what may be an address or a host's name: letters, digits and ".-:_", at most 253.
bool isHostName(const QString &text);

/// Checks the parameters of `probe` (placeholders already replaced) and tells `issues` what is
/// wrong. Gives them back with ports as numbers and, where the probe connects to one and none is
/// given, with `rolePort` as `port` (0: there is none).
QJsonObject checkProbeParameters(const QString &probe, QJsonObject parameters, int rolePort,
                                 const QString &path, ConfigIssues &issues);

} // namespace Treewarden
