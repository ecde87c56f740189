// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <memory>

class QSocketNotifier;
struct inotify_event;

namespace Treewarden {

/// Tells that files changed, came, went or were replaced, the moment the kernel does (inotify).
/// Each file is watched, and its folder, where a rename or a new file shows; of a path that does
/// not exist the nearest folder that does. A file that is written all the time is told twice a
/// second. Costs nothing while nothing changes.
class FileWatch : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype mostFiles = 256;

    explicit FileWatch(QObject *parent = nullptr);
    ~FileWatch() override;

    /// Watches exactly these absolute paths from now on, at most mostFiles of them; the others are
    /// left to their rounds.
    void setWatched(const QSet<QString> &paths);

Q_SIGNALS:
    void changed(const QSet<QString> &paths);

private:
    /// One watch of the kernel's: the name that matters in this folder, and the watched paths below
    /// it; under the empty name those that the place itself is.
    using Place = QHash<QByteArray, QSet<QString>>;

    void open();
    void close();
    void receive();
    void readAll();
    void take(const inotify_event &event, QByteArrayView name, QSet<QString> &told,
              QSet<QString> &stale);
    void watch(const QString &path);
    void add(const QString &place, quint32 mask, const QString &path);

    int m_socket = -1; ///< inotify's descriptor
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_pause;
    QSet<QString> m_paths;
    QHash<int, Place> m_places;
    qint64 m_toldAt = 0; ///< steady ms
};

} // namespace Treewarden
