// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/eventrecord.h"

#include <functional>

namespace Treewarden {

/// The small language of the events' filter line, like that of the fleet's. Words are joined by
/// and; each may be
///   any text                  part of the sentence, the reason, the server, who
///   died, degraded, unknown, maintenance, alive     the state that it led to
///   type:command ip:10.0. name:web role:mysql who:li.wei state:failed paas:dev
///   since:2h until:30min since:2026-11-26 since:03:12
///   -word                     not that
/// What is none of these is any text, so that a half-typed word never fails.
class EventFilter
{
public:
    EventFilter() = default;
    /// `now`: ms, what since: and until: are counted from.
    EventFilter(const QString &text, qint64 now);

    bool matches(const EventRecord &record) const;

    bool isEmpty() const { return m_terms.isEmpty(); }

    const QString &text() const { return m_text; }

    /// ms; nothing earlier can match. 0: no such bound.
    qint64 earliest() const { return m_earliest; }

private:
    using Term = std::function<bool(const EventRecord &)>;

    Term termOf(const QString &word, qint64 now);
    Term timeOf(const QString &name, const QString &value, qint64 now);
    static Term fieldOf(const QString &name, const QString &part);

    QString m_text;
    QList<Term> m_terms;
    qint64 m_earliest = 0;
};

} // namespace Treewarden
