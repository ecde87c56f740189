// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/socketprobe.h"

#include "agent/probes/socketaddress.h"

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QHostInfo>
#include <QSet>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds pauseAfterSilence{5000};
constexpr qsizetype mostOwners = 1024;
constexpr std::chrono::milliseconds pauseAfterWorker{500};
constexpr qint64 holdsNoneFor = 60'000; // ms, with a server that ends every connection itself
constexpr qint64 leastPause = 500; // ms between two calls of `changed`

qint64 steadyNow()
{
    return QDeadlineTimer::current().deadline();
}

} // namespace

QString SocketTarget::text() const
{
    if (!path.isEmpty())
        return path;
    return (host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host).arg(port);
}

bool SocketTarget::isLocal() const
{
    return !path.isEmpty() || host == u"localhost" || QHostAddress(host).isLoopback();
}

void SocketProbe::LaterDeleter::operator()(QSocketNotifier *notifier) const
{
    notifier->setEnabled(false);
    notifier->deleteLater(); // it may be the one that is just telling us
}

SocketProbe::SocketProbe(SocketTarget target, SocketDialogue dialogue, SocketOwner owner)
    : m_target(std::move(target))
    , m_dialogue(std::move(dialogue))
    , m_owners(owner.condition ? owner.condition : [](const Process &) { return false; })
    , m_required(std::move(owner.required))
    , m_knowsOwners(bool(owner.condition))
    , m_lastConnection([this] { lastConnectionEnded(); })
{
    m_deadline.setSingleShot(true);
    QObject::connect(&m_deadline, &QTimer::timeout, &m_deadline, [this] {
        drop();
        const auto seconds = double(m_dialogue.timeout.count()) / 1000;
        finish(
            died(u"timeout"_s,
                 u"%1 at %2 gave no answer within %3 s"_s.arg(m_dialogue.subject, m_target.text())
                     .arg(seconds)));
    });
}

SocketProbe::~SocketProbe()
{
    drop();
}

QString SocketProbe::description() const
{
    QString text = u"%1 at %2 %3"_s.arg(m_dialogue.subject, m_target.text(), m_dialogue.asks);
    if (!m_required.isEmpty())
        text += u" and a process %1 runs"_s.arg(m_required);
    return text;
}

void SocketProbe::check(const ProcSnapshot &processes, Done done)
{
    const OwnersNews news = findOwners(processes);
    if (!m_required.isEmpty() && m_allOwners.isEmpty()) {
        drop();
        m_lastConnection.drop();
        m_last.reset();
        done(CheckResult::died(u"no process %1 is running"_s.arg(m_required), u"process.count"_s,
                               {{u"what"_s, m_required}, {u"found"_s, 0}, {u"least"_s, 1}}));
        return;
    }
    if (isRecent(processes, news)) {
        m_last->processes = m_allOwners;
        done(CheckResult(*m_last));
        return;
    }
    m_done = std::move(done);
    m_wasRefused = false;
    m_deadline.start(m_dialogue.timeout);
    m_startedAt = std::chrono::steady_clock::now();
    m_isReused = m_socket >= 0;
    begin();
    if (m_isReused)
        send();
    else
        connectAndSend();
}

void SocketProbe::begin()
{
    begin(m_dialogue.conversation ? m_dialogue.conversation->begin(!m_isReused)
                                  : m_dialogue.request);
}

void SocketProbe::begin(const QByteArray &request)
{
    m_request = request;
    m_sent = 0;
    m_reply.clear();
}

/// The held connection ended before an answer came: that says nothing yet.
void SocketProbe::reconnect()
{
    drop();
    m_isReused = false;
    begin();
    connectAndSend();
}

/// Children of an owner are its workers: a new one means nothing, and one that died only that it is
/// worth asking.
SocketProbe::OwnersNews SocketProbe::findOwners(const ProcSnapshot &processes)
{
    if (!m_knowsOwners || processes.revision() == m_ownersRevision)
        return OwnersNews::None;
    m_ownersRevision = processes.revision();
    QList<pid_t> owners = m_owners.match(processes);
    if (owners.size() > mostOwners)
        owners.resize(mostOwners);
    if (owners == m_allOwners)
        return OwnersNews::None;
    QList<pid_t> top;
    for (const pid_t pid : std::as_const(owners)) {
        const Process *process = processes.find(pid);
        if (process && !std::binary_search(owners.begin(), owners.end(), process->parent))
            top << pid;
    }
    const bool isAnyGone
        = !std::includes(owners.begin(), owners.end(), m_allOwners.begin(), m_allOwners.end());
    m_allOwners = owners;
    if (std::exchange(m_topOwners, top) != top)
        return OwnersNews::Changed;
    return isAnyGone ? OwnersNews::WorkerDied : OwnersNews::None;
}

/// A good answer counts for a while, until somebody stops a process behind it (SIGSTOP shows in
/// nothing but its state) or lets it go on. After silence the service is left alone for a moment,
/// so that the agent does not fill the queue of a daemon that hangs. A refused connection disturbs
/// nobody: that is asked every round, unless no process runs here that could listen.
/// A worker that died is a question worth, but not one each where workers are recycled.
bool SocketProbe::isRecent(const ProcSnapshot &processes, OwnersNews news)
{
    if (!m_last || news == OwnersNews::Changed || (m_dialogue.asksWhileHeld && m_socket >= 0))
        return false;
    if (m_wasRefused)
        return m_knowsOwners && m_allOwners.isEmpty() && m_target.isLocal()
            && steadyNow() - m_lastAt < pauseAfterSilence.count();
    if (news == OwnersNews::WorkerDied) {
        const qint64 pause = std::max(m_dialogue.every, pauseAfterWorker).count();
        if (steadyNow() - m_workerAskedAt >= pause) {
            m_workerAskedAt = steadyNow();
            return false;
        }
        if (m_dialogue.every.count() == 0)
            return steadyNow() - m_lastAt < pause;
    }
    if (m_dialogue.every.count() == 0)
        return false;
    const bool isStopped = std::any_of(m_topOwners.begin(), m_topOwners.end(),
                                       [&](pid_t pid) { return processes.stateOf(pid) == 'T'; });
    if (std::exchange(m_isStopped, isStopped) != isStopped)
        return false;
    const bool wasGood = m_last->alive.value_or(false);
    const auto span = wasGood ? m_dialogue.every : std::min(pauseAfterSilence, m_dialogue.every);
    return steadyNow() - m_lastAt < span.count();
}

/// A name is looked up aside, so that a resolver that is away makes nothing else wait, and again
/// after a minute.
void SocketProbe::connectAndSend()
{
    constexpr qint64 keepsAddress = 60'000; // ms
    auto address = SocketAddress::make(m_target);
    if (!address.isValid() && m_resolved.isEmpty()) {
        m_lookup
            = QHostInfo::lookupHost(m_target.host, &m_deadline, [this](const QHostInfo &found) {
                  m_lookup = -1;
                  if (found.addresses().isEmpty()) {
                      finish(died(u"name"_s,
                                  u"the name %1 cannot be looked up: %2"_s.arg(
                                      m_target.host, found.errorString())));
                      return;
                  }
                  m_resolved = found.addresses().first().toString();
                  m_resolvedAt = steadyNow();
                  connectTo(SocketAddress::make({{}, m_resolved, m_target.port}));
              });
        return;
    }
    if (!address.isValid())
        address = SocketAddress::make({{}, m_resolved, m_target.port});
    if (steadyNow() - m_resolvedAt > keepsAddress)
        m_resolved.clear();
    connectTo(address);
}

void SocketProbe::connectTo(const SocketAddress &address)
{
    m_socket = socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_socket < 0
        || (connect(m_socket, address.data(), address.size()) != 0 && errno != EINPROGRESS)) {
        failed(errno);
        return;
    }
    const auto listen = [this](QSocketNotifier::Type type, auto handler) {
        Notifier notifier(new QSocketNotifier(m_socket, type));
        QObject::connect(notifier.get(), &QSocketNotifier::activated, &m_deadline, handler);
        return notifier;
    };
    m_reader = listen(QSocketNotifier::Read, [this] { receive(); });
    m_writer = listen(QSocketNotifier::Write, [this] { send(); });
}

/// Called when the connection stands or failed, and again while the request does not fit.
void SocketProbe::send()
{
    int error = 0;
    socklen_t size = sizeof error;
    if (!m_isReused && getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0
        && error != 0) {
        failed(error);
        return;
    }
    if (!m_dialogue.judge && !m_dialogue.conversation) {
        finish(CheckResult::isAlive());
        return;
    }
    if (m_dialogue.tls) {
        startTls();
        return;
    }
    const ssize_t length = m_sent < m_request.size()
        ? ::send(m_socket, m_request.constData() + m_sent, size_t(m_request.size() - m_sent),
                 MSG_NOSIGNAL)
        : 0;
    if (length < 0 && errno != EAGAIN && errno != EINTR) {
        failed(errno);
        return;
    }
    m_sent += std::max<ssize_t>(length, 0);
    if (m_writer)
        m_writer->setEnabled(m_sent < m_request.size());
}

void SocketProbe::receive()
{
    char buffer[16 * 1024];
    const ssize_t length = recv(m_socket, buffer, sizeof buffer, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (!m_done) { // between rounds nobody may speak: it closed, or it is out of step
        heldConnectionEnded();
        return;
    }
    if (length < 0) {
        failed(errno);
        return;
    }
    m_reply.append(buffer, length);
    if (length == 0 && m_isReused && m_reply.isEmpty()) {
        reconnect();
        return;
    }
    judge(length == 0);
}

/// A server that closes after each answer would have us ask without a pause: it is news only now
/// and then.
void SocketProbe::heldConnectionEnded()
{
    drop();
    if (m_dialogue.asksWhileHeld)
        m_last.reset();
    const qint64 now = steadyNow();
    if (!m_dialogue.tellsEnd || !changed || now - m_toldAt < leastPause)
        return;
    m_toldAt = now;
    changed();
}

void SocketProbe::startTls()
{
    if (!m_tls) {
        m_tls
            = std::make_unique<TlsChannel>(*m_dialogue.tls,
                                           TlsChannel::Handlers{[this] { m_tls->send(m_request); },
                                                                [this](QByteArrayView bytes) {
                                                                    m_reply.append(bytes);
                                                                    judge(false);
                                                                },
                                                                [this] { judge(true); },
                                                                [this](CheckResult result) {
                                                                    drop();
                                                                    finish(std::move(result));
                                                                }});
    }
    m_reader.reset();
    m_writer.reset();
    if (auto failure = m_tls->start(std::exchange(m_socket, -1))) {
        drop();
        finish(std::move(*failure));
    }
}

SocketTurn SocketProbe::turn(bool isEnd)
{
    if (m_dialogue.conversation)
        return m_dialogue.conversation->hear(m_reply, isEnd);
    return {m_dialogue.judge(m_reply, isEnd), {}};
}

void SocketProbe::judge(bool isEnd)
{
    auto [verdict, next, isTaken, endsConnection, keepsConnection] = turn(isEnd);
    if (!verdict && isEnd)
        verdict = died(u"closed"_s,
                       u"%1 at %2 closed the connection before it answered"_s.arg(
                           m_dialogue.subject, m_target.text()));
    if (!verdict && !next.isEmpty()) {
        begin(next);
        send();
        return;
    }
    if (isTaken)
        m_reply.clear();
    if (!verdict && m_reply.size() > m_dialogue.longestReply)
        verdict = died(u"rubbish"_s,
                       u"%1 at %2 answered more than %3 bytes without an end"_s
                           .arg(m_dialogue.subject, m_target.text())
                           .arg(m_dialogue.longestReply));
    if (!verdict)
        return;
    if (m_dialogue.review) {
        using Milliseconds = std::chrono::duration<double, std::milli>;
        const Milliseconds latency = std::chrono::steady_clock::now() - m_startedAt;
        m_dialogue.review(&*verdict,
                          {latency.count(), m_tls ? m_tls->certificateDays() : std::nullopt});
    }
    const bool mayAskAgain = !m_dialogue.mayAskAgain || m_dialogue.mayAskAgain(m_reply);
    if (isEnd || endsConnection || !mayAskAgain
        || (!verdict->alive.value_or(false) && !keepsConnection))
        drop();
    finish(std::move(*verdict));
}

void SocketProbe::failed(int error)
{
    if (m_isReused) {
        reconnect();
        return;
    }
    drop();
    m_wasRefused = error == ECONNREFUSED || error == ENOENT;
    finish(died(m_wasRefused ? u"refused"_s : u"unreachable"_s,
                m_wasRefused ? u"nothing listens at %1"_s.arg(m_target.text())
                             : u"cannot connect to %1: %2"_s.arg(
                                 m_target.text(), QString::fromLocal8Bit(std::strerror(error)))));
}

CheckResult SocketProbe::died(const QString &kind, const QString &sentence) const
{
    return CheckResult::died(sentence, u"socket."_s + kind,
                             {{u"subject"_s, m_dialogue.subject}, {u"target"_s, m_target.text()}});
}

/// The connection that was only kept for this. When the next one stands at once, the other side
/// ends connections as it likes: then there is nothing to learn from their ends for a while.
void SocketProbe::lastConnectionEnded()
{
    if (m_done) // a check is out: it will tell
        return;
    m_endedAt = steadyNow();
    m_endsByItself = true; // until a check says otherwise
    m_last.reset();
    if (changed)
        changed();
}

void SocketProbe::keepConnection(bool isAlive)
{
    if (!isAlive || !m_allOwners.isEmpty())
        m_endsByItself = false;
    const bool isUseless = m_endsByItself && steadyNow() - m_endedAt < holdsNoneFor;
    if (!isAlive || !m_allOwners.isEmpty() || isUseless || m_socket < 0) {
        m_lastConnection.drop();
        return;
    }
    m_reader.reset();
    m_writer.reset();
    m_lastConnection.keep(std::exchange(m_socket, -1));
}

void SocketProbe::finish(CheckResult result)
{
    m_deadline.stop();
    if (m_dialogue.holdsLast)
        keepConnection(result.alive.value_or(false));
    if (!m_dialogue.holdsConnection || m_tls)
        drop();
    else if (m_writer)
        m_writer->setEnabled(false);
    result.processes = m_allOwners;
    if (result.alive.value_or(false) && !result.reason.isEmpty())
        result.info.insert(u"note"_s, result.reason);
    m_last = result;
    m_lastAt = steadyNow();
    const Done done = std::exchange(m_done, nullptr);
    done(result); // the last thing: it may destroy this probe
}

void SocketProbe::drop()
{
    m_reader.reset();
    m_writer.reset();
    if (m_tls)
        m_tls->drop();
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(std::exchange(m_lookup, -1));
    if (m_socket >= 0)
        close(std::exchange(m_socket, -1));
}

} // namespace Treewarden
