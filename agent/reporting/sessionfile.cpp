// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/sessionfile.h"

#include "shared/core/textformat.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QUuid>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype keptSessions = 200, longestFile = 64 * 1024;

} // namespace

SessionFile::SessionFile(QString folder)
    : m_folder(std::move(folder))
    , m_path(m_folder + u"/sessions"_s)
{
}

QStringList SessionFile::read() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList sessions;
    for (const QByteArray &line : file.read(longestFile).split('\n')) {
        const QString session = QString::fromLatin1(line.trimmed());
        if (!QUuid::fromString(session).isNull())
            sessions << session;
    }
    return sessions.mid(qMax(0, sessions.size() - keptSessions));
}

Result<void> SessionFile::add(const QString &session) const
{
    QSaveFile file(m_path);
    if (!QDir().mkpath(m_folder) || !file.open(QIODevice::WriteOnly)) {
        return Error{u"cannot write %1: %2; without it a restored Redis may look like another "
                     u"agent, so make the "
                     "state folder writable (or set [agent] state_dir)"_s.arg(oneLine(m_path),
                                                                              file.errorString())};
    }
    const QStringList sessions = read() << session;
    file.write(sessions.mid(qMax(0, sessions.size() - keptSessions)).join(u'\n').toLatin1() + '\n');
    if (!file.commit())
        return Error{u"cannot write %1: %2"_s.arg(oneLine(m_path), file.errorString())};
    return {};
}

} // namespace Treewarden
