// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/counterrates.h"

#include <QByteArray>
#include <QHash>

#include <optional>

namespace Treewarden {

/// What memcached answers to `version` or `stats`, in its text protocol (doc/protocol.txt).
struct MemcachedAnswer
{
    enum class Kind {
        Version,
        Stats,
        Refusal, ///< ERROR, CLIENT_ERROR …, SERVER_ERROR …
        Rubbish, ///< something else speaks there
    };

    Kind kind = Kind::Rubbish;
    QByteArray text; ///< the version, or the line that is no answer
    QHash<QByteArray, quint64> counters; ///< the whole numbers of `stats`, by their own names
};

/// Nothing while the bytes hold no whole answer.
std::optional<MemcachedAnswer> parseMemcachedAnswer(QByteArrayView bytes);

/// The numbers of `stats` that a person wants to see; `rates` remembers the last ones.
QJsonObject memcachedInfo(const MemcachedAnswer &stats, CounterRates *rates);

} // namespace Treewarden
