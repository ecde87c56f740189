// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/commands/commandposition.h"

#include "shared/core/textformat.h"

#include <QDebug>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView heading = "treewarden-commands-v1";
constexpr qsizetype longestFile = 1 << 20, keptTold = 64;

/// Replaces the file at once; its end survives the end of this process. Errno, or 0.
int replaceFile(const QByteArray &path, const QByteArray &text)
{
    const QByteArray next = path + ".new";
    ::unlink(next.constData());
    const int file
        = ::open(next.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return errno;
    const ssize_t written = ::write(file, text.constData(), size_t(text.size()));
    int error = written < 0 ? errno : written < text.size() ? ENOSPC : 0;
    ::close(file);
    if (error == 0 && ::rename(next.constData(), path.constData()) != 0)
        error = errno;
    if (error != 0)
        ::unlink(next.constData());
    return error;
}

} // namespace

CommandPosition::CommandPosition(const QString &folder, const QString &ip)
    : m_folder(folder)
    , m_path(folder + u"/commands-"_s + ip)
{
}

bool CommandPosition::read()
{
    const int descriptor = ::open(QFile::encodeName(m_path).constData(),
                                  O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    QFile file;
    if (descriptor < 0 || !file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return false;
    if (parse(file.read(longestFile)))
        return true;
    qWarning().noquote() << u"%1 is damaged: commands are read from the beginning, and those that "
                            u"expired meanwhile are left out"_s.arg(oneLine(m_path));
    m_last = {};
    m_open.clear();
    m_told.clear();
    return false;
}

bool CommandPosition::parse(const QByteArray &text)
{
    const QList<QByteArray> lines = text.split('\n');
    if (lines.first() != heading || !lines.last().isEmpty())
        return false;
    for (const QByteArray &line : lines.sliced(1, lines.size() - 2)) {
        const QByteArray word = line.left(line.indexOf(' ')), rest = line.mid(word.size() + 1);
        if (word == "told") {
            addTold(QString::fromLatin1(rest.left(64)));
            continue;
        }
        const auto id = StreamId::parse(rest);
        if (!id)
            return false;
        if (word == "last")
            m_last = *id;
        else if (word == "read" || word == "handed")
            m_open.insert(*id, word == "read" ? Open::Read : Open::HandedOver);
        else
            return false;
    }
    return true;
}

bool CommandPosition::write()
{
    QByteArray text = heading.toByteArray() + "\nlast " + m_last.text() + '\n';
    for (auto it = m_open.cbegin(); it != m_open.cend(); ++it)
        text += (*it == Open::Read ? "read " : "handed ") + it.key().text() + '\n';
    for (const QString &id : m_told)
        text += "told " + id.toLatin1() + '\n';
    QDir().mkpath(m_folder);
    const int error = replaceFile(QFile::encodeName(m_path), text);
    m_isChanged = error != 0;
    if (error != 0 && !std::exchange(m_hasComplained, true)) {
        qWarning().noquote() << u"cannot write %1: %2; what a restarted agent must know of "
                                u"commands is lost, so make room or "
                                u"make the state folder writable (or set [agent] state_dir)"_s.arg(
                                    oneLine(m_path), QString::fromLocal8Bit(strerror(error)));
    }
    if (error == 0)
        m_hasComplained = false;
    return error == 0;
}

void CommandPosition::setLast(const StreamId &last)
{
    m_isChanged = m_isChanged || last != m_last;
    m_last = last;
}

void CommandPosition::setOpen(const StreamId &entry, Open how)
{
    m_open.insert(entry, how);
    m_isChanged = true;
}

void CommandPosition::settle(const StreamId &entry)
{
    if (m_open.remove(entry) > 0)
        m_isChanged = true;
}

void CommandPosition::addTold(const QString &id)
{
    m_told.removeOne(id);
    m_told << id;
    if (m_told.size() > keptTold)
        m_told.removeFirst();
    m_isChanged = true;
}

} // namespace Treewarden
