// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleetrow.h"

#include <functional>

namespace Treewarden {

/// The small language of the fleet's filter line. Words are joined by and; each may be
///   any text            part of the name, ip, a role or the state
///   down, up            not alive (maintenance aside); alive
///   role:mysql paas:dev state:died name:web ip:10.0.
///   cpu>80 memory>=90 load<0.5 disk>90 services<5 (alive ones)
///   -word               not that
/// What is none of these is any text, so that a half-typed word never fails.
class FleetFilter
{
public:
    FleetFilter() = default;
    explicit FleetFilter(const QString &text);

    bool matches(const FleetRow &row) const;

    bool isEmpty() const { return m_terms.isEmpty(); }

    /// As it was typed, without spaces around it.
    const QString &text() const { return m_text; }

    /// True when values that change all the time decide.
    bool dependsOnWorkload() const { return m_dependsOnWorkload; }

private:
    using Term = std::function<bool(const FleetRow &)>;

    Term termOf(const QString &word);
    Term comparisonOf(const QString &word);
    static Term fieldOf(const QString &word);

    QString m_text;
    QList<Term> m_terms;
    bool m_dependsOnWorkload = false;
};

} // namespace Treewarden
