// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/bus/messagebus.h"

#include <QHash>
#include <QPointer>
#include <QTimer>

namespace Treewarden {

/// How a job that systemd was asked for ended.
struct JobEnd
{
    enum class Kind {
        NotAsked, ///< the bus or systemd is not there: nothing was done
        Refused, ///< systemd said no: nothing was done
        Ended, ///< `text` is the result: done, failed, canceled, timeout, dependency, skipped …
        Late, ///< it goes on
        Lost ///< no answer, or the connection broke: nobody knows
    };

    Kind kind = Kind::Lost;
    QString text; ///< for all others a part of a sentence: why
};

/// systemd's job queue, as one who waits for jobs sees it.
class SystemdJobs : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void(const JobEnd &)>;

    /// `address` of the message bus; empty: the system's own.
    explicit SystemdJobs(const QString &address);

    MessageBus &bus() { return m_bus; }

    /// Makes a call of systemd's manager that starts a job, after systemd was seen on the bus, and
    /// waits for the job's end. Calls `done` once, never before it returns.
    void ask(const QDBusMessage &call, std::chrono::milliseconds timeout, Done done);

Q_SIGNALS:
    void jobRemoved(const QString &sender, const QString &path, const QString &result);

private Q_SLOTS:
    void takeJob(const QDBusMessage &signal);

private:
    void subscribe();

    MessageBus m_bus;
};

/// One job, from the question to its end. Deletes itself.
class SystemdJob : public QObject
{
    Q_OBJECT
public:
    SystemdJob(SystemdJobs &jobs, const QDBusMessage &call, std::chrono::milliseconds timeout,
               SystemdJobs::Done done);

private:
    void look(int attempts);
    void takeOwner(const QDBusMessage &reply, int attempts);
    void send(const QString &systemd);
    void takeReply(const QDBusMessage &reply);
    void takeRemoved(const QString &sender, const QString &path, const QString &result);
    void finish(JobEnd::Kind kind, const QString &text);

    SystemdJobs &m_jobs;
    const QDBusMessage m_call;
    const std::chrono::milliseconds m_timeout;
    SystemdJobs::Done m_done;
    QTimer m_deadline;
    QString
        m_systemd; ///< its own name on the bus, which nobody else can take; empty: not yet asked
    QString m_job; ///< empty: systemd has not answered
    QHash<QString, QString> m_early; ///< results of jobs that ended before systemd answered
};

} // namespace Treewarden
