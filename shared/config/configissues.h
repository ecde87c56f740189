// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace Treewarden {

/// One thing that is wrong in a configuration, or worth a warning.
struct ConfigIssue
{
    enum class Severity { Error, Warning };

    Severity severity = Severity::Error;
    QString path; ///< "services.mysql.3306.alive.cmd"; empty: the whole
    QString text; ///< what is wrong and the cure, a sentence

    /// "path: sentence", on one line.
    QString line() const;
};

/// All errors of `issues`, one a line.
QString errorLines(const QList<ConfigIssue> &issues);

/// Gathers what is wrong while a configuration is read, so that everything is told at once. Keeps
/// the first 100; the rest is counted.
class ConfigIssues
{
public:
    void error(const QString &path, const QString &text)
    {
        add({ConfigIssue::Severity::Error, path, text});
    }

    void warning(const QString &path, const QString &text)
    {
        add({ConfigIssue::Severity::Warning, path, text});
    }

    /// Warns about the field `name` of `path`, which is kept, and names the known one that was
    /// probably meant.
    void unknownField(const QString &path, const QString &name, const QStringList &known);

    bool hasErrors() const { return m_errors > 0; }

    QList<ConfigIssue> take();

private:
    void add(ConfigIssue issue);

    QList<ConfigIssue> m_issues;
    qsizetype m_errors = 0, m_untold = 0;
};

/// The path of the member `name` of `path`; what would break a line is escaped.
QString memberPath(const QString &path, const QString &name);

} // namespace Treewarden
