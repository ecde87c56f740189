// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/configissues.h"

#include "shared/config/configtext.h"
#include "shared/core/nearestname.h"
#include "shared/core/textformat.h"

#include <utility>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maximumIssues = 100;

} // namespace

QString ConfigIssue::line() const
{
    return path.isEmpty() ? text : path + u": "_s + text;
}

QString errorLines(const QList<ConfigIssue> &issues)
{
    QStringList lines;
    for (const ConfigIssue &issue : issues) {
        if (issue.severity == ConfigIssue::Severity::Error)
            lines << issue.line();
    }
    return lines.join(u'\n');
}

void ConfigIssues::add(ConfigIssue issue)
{
    const bool isError = issue.severity == ConfigIssue::Severity::Error;
    m_errors += isError;
    // The first error is always told, even after a hundred warnings.
    if (m_issues.size() < maximumIssues || (isError && m_errors == 1))
        m_issues << std::move(issue);
    else
        ++m_untold;
}

void ConfigIssues::unknownField(const QString &path, const QString &name, const QStringList &known)
{
    // A hostile configuration may have a million of them, and looking for the nearest name is not
    // free.
    if (m_issues.size() >= maximumIssues) {
        ++m_untold;
        return;
    }
    const QString nearest = nearestName(name, known);
    const bool isNear = editDistance(name, nearest) <= qMax(1, int(nearest.size()) / 3);
    warning(memberPath(path, name),
            isNear ? ConfigText::tr("unknown field, kept as it is; did you mean '%1'?").arg(nearest)
                   : ConfigText::tr("unknown field, kept as it is; known here: %1")
                         .arg(known.join(u", "_s)));
}

QList<ConfigIssue> ConfigIssues::take()
{
    if (const qsizetype untold = std::exchange(m_untold, 0)) {
        m_issues << ConfigIssue{
            m_errors > 0 ? ConfigIssue::Severity::Error : ConfigIssue::Severity::Warning,
            {},
            ConfigText::tr("%1 more of this kind; mend these first").arg(untold)};
    }
    return std::exchange(m_issues, {});
}

QString memberPath(const QString &path, const QString &name)
{
    const QString shown = name.isEmpty() ? u"\"\""_s : oneLine(name, 80);
    return path.isEmpty() ? shown : path + u'.' + shown;
}

} // namespace Treewarden
