// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/systemdjobs.h"

#include "agent/bus/systemdcalls.h"
#include "shared/core/busaddress.h"
#include "shared/core/textformat.h"

#include <QDBusObjectPath>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto busTimeout = 5s;
constexpr qsizetype mostEarly = 10'000;

/// An answer that says neither yes nor no.
bool isSilence(const QDBusMessage &reply)
{
    return reply.errorName() == u"org.freedesktop.DBus.Error.NoReply"
        || reply.errorName() == u"org.freedesktop.DBus.Error.Timeout"
        || reply.errorName() == u"org.freedesktop.DBus.Error.Disconnected";
}

} // namespace

SystemdJobs::SystemdJobs(const QString &address)
    : m_bus(address.isEmpty() ? systemBusAddress() : address)
{
    connect(&m_bus, &MessageBus::opened, this, &SystemdJobs::subscribe);
}

/// Before any question, so that no end is missed.
void SystemdJobs::subscribe()
{
    m_bus.connectSignal(systemdManagerInterface.toString(), u"JobRemoved"_s, this,
                        SLOT(takeJob(QDBusMessage)));
    m_bus.addMatch(u"type='signal',sender='org.freedesktop.systemd1',"
                   "interface='org.freedesktop.systemd1.Manager',member='JobRemoved'"_s);
    m_bus.call(systemdManagerCall(u"Subscribe"_s), busTimeout, {});
}

/// Its number, its object, the unit, the result.
void SystemdJobs::takeJob(const QDBusMessage &signal)
{
    if (signal.signature() == u"uoss")
        Q_EMIT jobRemoved(signal.service(),
                          signal.arguments().at(1).value<QDBusObjectPath>().path(),
                          signal.arguments().at(3).toString());
}

void SystemdJobs::ask(const QDBusMessage &call, std::chrono::milliseconds timeout, Done done)
{
    new SystemdJob(*this, call, timeout, std::move(done)); // deletes itself
}

SystemdJob::SystemdJob(SystemdJobs &jobs, const QDBusMessage &call,
                       std::chrono::milliseconds timeout, SystemdJobs::Done done)
    : QObject(&jobs)
    , m_jobs(jobs)
    , m_call(call)
    , m_timeout(timeout)
    , m_done(std::move(done))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        if (m_job.isEmpty())
            finish(JobEnd::Kind::Lost, u"systemd does not answer"_s);
        else
            finish(JobEnd::Kind::Late, u"did not end in time"_s);
    });
    connect(&jobs, &SystemdJobs::jobRemoved, this, &SystemdJob::takeRemoved);
    const auto lose = [this] {
        if (!m_systemd.isEmpty())
            finish(JobEnd::Kind::Lost, u"the connection to the message bus broke"_s);
    };
    // Not from within: whoever hears it may destroy the bus.
    connect(&jobs.bus(), &MessageBus::closed, this, lose, Qt::QueuedConnection);
    QTimer::singleShot(0, this, [this] { look(2); });
}

/// A question that waits in a hanging bus would be answered later, when nobody expects it any more:
/// so first one that does nothing.
void SystemdJob::look(int attempts)
{
    MessageBus &bus = m_jobs.bus();
    if (!bus.open()) {
        finish(JobEnd::Kind::NotAsked,
               u"there is no message bus at %1 (%2)"_s.arg(bus.address(), bus.obstacle()));
        return;
    }
    QDBusMessage owner = MessageBus::busCall(u"GetNameOwner"_s);
    owner << systemdName.toString();
    bus.call(owner, qMin<std::chrono::milliseconds>(busTimeout, m_timeout),
             [job = QPointer(this), attempts](const QDBusMessage &reply) {
                 if (job && job->m_done)
                     job->takeOwner(reply, attempts - 1);
             });
}

/// Silence has the reason that the bus hangs, or that the connection broke while nobody used it.
void SystemdJob::takeOwner(const QDBusMessage &reply, int attempts)
{
    if (reply.type() == QDBusMessage::ReplyMessage && reply.signature() == u"s") {
        send(reply.arguments().constFirst().toString());
        return;
    }
    const bool isBroken = !m_jobs.bus().isConnected();
    if (isSilence(reply))
        m_jobs.bus().close(); // or it never took our Hello
    if (isSilence(reply) && isBroken && attempts > 0)
        look(attempts);
    else
        finish(JobEnd::Kind::NotAsked,
               isSilence(reply) ? u"the message bus does not answer"_s
                                : u"systemd is not on the message bus"_s);
}

void SystemdJob::send(const QString &systemd)
{
    m_systemd = systemd;
    m_deadline.start(m_timeout);
    m_jobs.bus().call(m_call, m_timeout + busTimeout,
                      [job = QPointer(this)](const QDBusMessage &reply) {
                          if (job && job->m_done)
                              job->takeReply(reply);
                      });
}

void SystemdJob::takeReply(const QDBusMessage &reply)
{
    if (isSilence(reply)) {
        finish(JobEnd::Kind::Lost, u"systemd does not answer"_s);
    } else if (reply.type() != QDBusMessage::ReplyMessage || reply.signature() != u"o") {
        const bool isDenied = reply.errorName() == u"org.freedesktop.DBus.Error.AccessDenied"
            || reply.errorName() == u"org.freedesktop.DBus.Error.InteractiveAuthorizationRequired";
        const QString why = oneLine(reply.errorMessage(), 300);
        finish(JobEnd::Kind::Refused,
               isDenied
                   ? u"systemd denies it to this user (%1): run the executor as root, or allow "
                     "it with polkit"_s.arg(why)
                   : u"systemd refuses: %1"_s.arg(why));
    } else {
        m_job = reply.arguments().constFirst().value<QDBusObjectPath>().path();
        if (const auto early = m_early.constFind(m_job); early != m_early.constEnd())
            finish(JobEnd::Kind::Ended, *early);
    }
}

/// Anybody may send us such a signal, but only systemd under its name.
void SystemdJob::takeRemoved(const QString &sender, const QString &path, const QString &result)
{
    if (m_systemd.isEmpty() || sender != m_systemd)
        return;
    if (m_job.isEmpty() && m_early.size() < mostEarly)
        m_early.insert(path, result);
    else if (path == m_job)
        finish(JobEnd::Kind::Ended, result);
}

void SystemdJob::finish(JobEnd::Kind kind, const QString &text)
{
    const SystemdJobs::Done done = std::exchange(m_done, nullptr);
    if (!done)
        return;
    m_deadline.stop();
    deleteLater();
    done({kind, oneLine(text)});
}

} // namespace Treewarden
