// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetfilter.h"

#include "console/models/fleettext.h"

#include <QRegularExpression>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

using Number = std::function<std::optional<double>(const FleetRow &)>;

/// The columns that can be compared with a number, by the words for them.
Number numberOf(const QString &name)
{
    static const QHash<QString, Number> table{
        {u"cpu"_s, [](const FleetRow &row) { return row.cpu; }},
        {u"memory"_s, [](const FleetRow &row) { return row.memory; }},
        {u"mem"_s, [](const FleetRow &row) { return row.memory; }},
        {u"load"_s, [](const FleetRow &row) { return row.load; }},
        {u"disk"_s, [](const FleetRow &row) { return row.disk; }},
        {u"services"_s,
         [](const FleetRow &row) { return std::optional<double>(row.servicesAlive); }},
    };
    return table.value(name);
}

bool containsAny(const QStringList &texts, const QString &part)
{
    return std::any_of(texts.begin(), texts.end(), [&part](const QString &text) {
        return text.contains(part, Qt::CaseInsensitive);
    });
}

} // namespace

FleetFilter::FleetFilter(const QString &text)
    : m_text(text.trimmed())
{
    static const QRegularExpression spaces(u"\\s+"_s);
    const QStringList words = m_text.left(500).split(spaces, Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const bool isNegated = word.size() > 1 && word.startsWith(u'-');
        const Term term = termOf(isNegated ? word.mid(1) : word);
        m_terms << (isNegated ? Term([term](const FleetRow &row) { return !term(row); }) : term);
    }
}

bool FleetFilter::matches(const FleetRow &row) const
{
    return std::all_of(m_terms.begin(), m_terms.end(),
                       [&row](const Term &term) { return term(row); });
}

FleetFilter::Term FleetFilter::termOf(const QString &word)
{
    if (word.compare(u"down"_s, Qt::CaseInsensitive) == 0)
        return [](const FleetRow &row) {
            return row.health != Health::Alive && row.health != Health::Maintenance;
        };
    if (word.compare(u"up"_s, Qt::CaseInsensitive) == 0)
        return [](const FleetRow &row) { return row.health == Health::Alive; };
    if (Term comparison = comparisonOf(word))
        return comparison;
    if (Term field = fieldOf(word))
        return field;
    return [part = word.toLower()](const FleetRow &row) { return row.searchText.contains(part); };
}

FleetFilter::Term FleetFilter::comparisonOf(const QString &word)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(u"([a-z]+)(<=|>=|<|>|=)(-?\\d+(?:\\.\\d*)?)?%?"_s),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(word);
    const Number number = match.hasMatch() ? numberOf(match.captured(1).toLower()) : Number();
    if (!number)
        return {};
    if (match.captured(3).isEmpty()) // still being typed: nothing disappears yet
        return [](const FleetRow &) { return true; };
    m_dependsOnWorkload = true;
    const double bound = match.captured(3).toDouble();
    const QString relation = match.captured(2);
    return [number, bound, relation](const FleetRow &row) {
        const std::optional<double> value = number(row);
        if (!value)
            return false;
        return (relation.contains(u'=') && qAbs(*value - bound) < 0.05)
            || (relation.startsWith(u'<') && *value < bound)
            || (relation.startsWith(u'>') && *value > bound);
    };
}

FleetFilter::Term FleetFilter::fieldOf(const QString &word)
{
    const QString name = word.section(u':', 0, 0).toLower();
    const QString part = word.section(u':', 1);
    if (!word.contains(u':'))
        return {};
    if (name == u"role")
        return [part](const FleetRow &row) {
            return part.isEmpty() || containsAny(row.roleIds, part);
        };
    if (name == u"paas")
        return [part](const FleetRow &row) {
            return part.isEmpty() || containsAny(row.treeIds, part);
        };
    if (name == u"state")
        return [part](const FleetRow &row) {
            return healthWord(row.health).startsWith(part, Qt::CaseInsensitive)
                || healthText(row.health).startsWith(part, Qt::CaseInsensitive);
        };
    if (name == u"name")
        return [part](const FleetRow &row) { return row.name.contains(part, Qt::CaseInsensitive); };
    if (name == u"ip")
        return [part](const FleetRow &row) { return row.ip.startsWith(part, Qt::CaseInsensitive); };
    return {};
}

} // namespace Treewarden
