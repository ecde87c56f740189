// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/filewatch.h"

#include "agent/events/kernelstruct.h"
#include "shared/core/steadyclock.h"

#include <QDebug>
#include <QFile>
#include <QSocketNotifier>

#include <chrono>
#include <climits>
#include <sys/inotify.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto burstOfWrites = 20ms, restOfWriters = 500ms;
constexpr quint32 fileChanges
    = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr quint32 folderChanges
    = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF;

QString folderOf(const QString &path)
{
    return path.left(qMax<qsizetype>(path.lastIndexOf(u'/'), 1));
}

} // namespace

FileWatch::FileWatch(QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &FileWatch::readAll);
}

FileWatch::~FileWatch()
{
    close();
}

void FileWatch::open()
{
    m_socket = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (m_socket < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &FileWatch::receive);
}

void FileWatch::close()
{
    m_pause.stop();
    if (m_notifier) { // it may be the one that is telling
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater();
    }
    if (m_socket >= 0)
        ::close(std::exchange(m_socket, -1));
    m_places.clear();
}

void FileWatch::setWatched(const QSet<QString> &paths)
{
    QSet<QString> wanted;
    for (const QString &path : paths) {
        if (path.startsWith(u'/') && path.size() < PATH_MAX && wanted.size() < mostFiles)
            wanted.insert(path);
    }
    if (wanted == m_paths)
        return;
    if (paths.size() > mostFiles && m_paths.size() < mostFiles)
        qWarning().noquote() << u"more than %1 files are watched: the others are looked at in "
                                u"each round only"_s.arg(mostFiles);
    m_paths = wanted;
    close(); // the kernel forgets every watch at once
    if (m_paths.isEmpty())
        return;
    open();
    for (const QString &path : std::as_const(m_paths))
        watch(path);
}

/// The file, and the way to it as far as there is one.
void FileWatch::watch(const QString &path)
{
    if (m_socket < 0)
        return;
    add(path, fileChanges, path);
    QString below = path;
    do {
        below = folderOf(below);
        add(below, folderChanges | IN_ONLYDIR, path);
    } while (below != u"/" && !QFile::exists(below));
}

void FileWatch::add(const QString &place, quint32 mask, const QString &path)
{
    // One place may be a watched file and the folder of another: what was asked before still holds.
    const int number
        = inotify_add_watch(m_socket, QFile::encodeName(place).constData(), mask | IN_MASK_ADD);
    if (number < 0)
        return;
    QByteArray name;
    if (place != path) {
        const qsizetype begin = place == u"/" ? 1 : place.size() + 1;
        name = QFile::encodeName(path.mid(begin).section(u'/', 0, 0));
    }
    m_places[number][name].insert(path);
}

/// Whatever follows within the pause is read at its end, as one: the kernel merges equal events.
void FileWatch::receive()
{
    m_notifier->setEnabled(false);
    const bool isBusy = steadyMilliseconds() - m_toldAt < 1000;
    m_pause.start(isBusy ? restOfWriters : burstOfWrites);
}

void FileWatch::readAll()
{
    QSet<QString> told, stale;
    alignas(inotify_event) char buffer[16 * 1024];
    ssize_t length = 0;
    while ((length = read(m_socket, buffer, sizeof buffer)) > 0) {
        QByteArrayView rest(buffer, length);
        inotify_event event;
        while (readStruct(rest, &event)) {
            const QByteArrayView name
                = rest.sliced(sizeof event)
                      .first(qMin(rest.size() - qsizetype(sizeof event), qsizetype(event.len)));
            rest = rest.sliced(qsizetype(sizeof event) + name.size());
            take(event, name.first(qMax<qsizetype>(name.indexOf('\0'), 0)), told, stale);
        }
    }
    for (const QString &path : std::as_const(stale))
        watch(path);
    m_notifier->setEnabled(true);
    m_toldAt = steadyMilliseconds();
    if (!told.isEmpty())
        Q_EMIT changed(told);
}

/// `told` gets the paths that the event is about, `stale` those whose place may be another one now.
void FileWatch::take(const inotify_event &event, QByteArrayView name, QSet<QString> &told,
                     QSet<QString> &stale)
{
    if (event.mask & IN_Q_OVERFLOW)
        told = stale = m_paths;
    const auto place = m_places.constFind(event.wd);
    if (place == m_places.cend())
        return;
    const bool isGone = event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED);
    if (!isGone) {
        const QSet<QString> paths = place->value(name.toByteArray());
        told += paths;
        if (!name.isEmpty())
            stale += paths;
        return;
    }
    for (const QSet<QString> &paths : *place) {
        told += paths;
        stale += paths;
    }
    if (event.mask & IN_MOVE_SELF) // the watch would follow what nobody asks for any more
        inotify_rm_watch(m_socket, event.wd);
    m_places.erase(place);
}

} // namespace Treewarden
