// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>

#include <optional>

namespace Treewarden {

/// One line of gearmand's `status`: a function that jobs ask for and workers offer.
struct GearmanFunction
{
    QByteArray name;
    qint64 jobs = 0; ///< waiting and running
    qint64 running = 0;
    qint64 workers = 0;

    qint64 waiting() const { return std::max<qint64>(jobs - running, 0); }
};

/// The answers to `version`, `status` and `workers` of gearmand's admin protocol, as far as they
/// were asked for, in that order.
struct GearmanAnswer
{
    /// Which commands were sent after `version`.
    enum class Asked { Version, Status, Workers };

    bool isRubbish = false; ///< something else speaks there, or it refuses: `text` is its line
    QByteArray text; ///< the version
    QList<GearmanFunction> functions;
    qint64 workers = 0; ///< connections that offer a function

    const GearmanFunction *find(const QByteArray &name) const;
};

/// Nothing while the bytes hold not all of the answers.
std::optional<GearmanAnswer> parseGearmanAnswer(QByteArrayView bytes, GearmanAnswer::Asked asked);

/// What a person wants to see of an answer to all three.
QJsonObject gearmanInfo(const GearmanAnswer &answer);

} // namespace Treewarden
