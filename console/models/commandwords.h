// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/commandlog.h"

#include <functional>

namespace Treewarden {

/// The small language of the commands' filter line. Words are joined by and; each may be
///   any text                 part of any column
///   running, done, failed, refused, expired, scheduled     how it stands, or that nobody asked
///   state:failed action:restart who:li.wei ip:10.0. name:web role:nginx why:update
///   since:2h until:30min since:2026-11-26 since:03:12
///   -word                    not that
/// What is none of these is any text, so that a half-typed word never fails.
class CommandWords
{
public:
    CommandWords() = default;
    /// `now`: ms, what since: and until: are counted from.
    CommandWords(const QString &text, qint64 now);

    const QString &text() const { return m_text; }

    bool isEmpty() const { return m_terms.isEmpty(); }

    bool matches(const CommandLog &log, int row) const;

private:
    using Term = std::function<bool(const CommandLog &log, int row)>;

    static Term termOf(const QString &word, qint64 now);
    static Term stateOf(const QString &word);
    static Term fieldOf(const QString &name, const QString &part);

    QString m_text;
    QList<Term> m_terms;
};

} // namespace Treewarden
