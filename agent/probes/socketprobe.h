// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/heldconnection.h"
#include "agent/probes/probe.h"
#include "agent/probes/processmatcher.h"
#include "agent/probes/socketconversation.h"
#include "agent/probes/tlschannel.h"

#include <QSocketNotifier>
#include <QTimer>

#include <chrono>

namespace Treewarden {

class Parameters;
class SocketAddress;

/// Where a service listens: a Unix socket, or an address or name and a port.
struct SocketTarget
{
    QString path;
    QString host = QStringLiteral("127.0.0.1");
    int port = 0;

    /// "127.0.0.1:6379", "[::1]:22" or the path.
    QString text() const;
    /// A Unix socket or a port of the loopback: whoever listens there runs on this host.
    bool isLocal() const;
};

/// How an answer came.
struct SocketExchange
{
    double latency = 0; ///< ms from the beginning of the check to the verdict
    std::optional<int> certificateDays; ///< with TLS: days until the certificate expires
};

/// What is said over the socket, and how the answer is judged.
struct SocketDialogue
{
    /// The verdict on the bytes received so far; nothing while more is needed. `isEnd`: the other
    /// side closed.
    using Judge = std::function<std::optional<CheckResult>(QByteArrayView reply, bool isEnd)>;

    QString subject; ///< begins the codes and the sentences: "redis"
    QString asks; ///< for --check: "answers PING"
    QByteArray request; ///< sent first; empty when the other side begins
    Judge judge; ///< none: a connection is all that is asked for
    std::shared_ptr<SocketConversation> conversation{}; ///< in place of request and judge
    qsizetype longestReply = 64 * 1024;
    bool holdsConnection = false; ///< the next round uses it again
    bool asksWhileHeld = false; ///< `every` does not count while the connection stands
    bool holdsLast = false; ///< without a known process: the connection of the last check stays
                            ///< open until the next one stands, and its end is news
    bool tellsEnd = true; ///< the end of a held connection is news: the owner asks again at once
    /// Of a held connection: whether it may be asked again after this reply; none: always.
    std::function<bool(QByteArrayView reply)> mayAskAgain;
    /// Looks at a verdict once it is there: adds to what it tells, or turns it down.
    std::function<void(CheckResult *result, const SocketExchange &exchange)> review;
    std::optional<TlsSettings> tls; ///< spoken over TLS; such a connection is not held
    std::chrono::milliseconds every{
        0}; ///< a good answer counts that long while the processes behind it stay
    std::chrono::milliseconds timeout{2000};
};

/// The processes behind a socket, as far as the process table tells.
struct SocketOwner
{
    ProcessMatcher::Condition condition; ///< none: unknown
    QString required; ///< how to name them when the service is died without any; empty: they only
                      ///< speed things up
};

/// Checks a service by talking to it: connect, ask, judge, all within the timeout. Raw non-blocking
/// sockets in Qt's event loop. The processes behind it are watched, so that their death makes the
/// caller ask again at once.
class SocketProbe : public ServiceProbe
{
public:
    SocketProbe(SocketTarget target, SocketDialogue dialogue, SocketOwner owner);
    ~SocketProbe() override;

    void check(const ProcSnapshot &processes, Done done) override;
    QString description() const override;

private:
    struct LaterDeleter
    {
        void operator()(QSocketNotifier *notifier) const;
    };

    using Notifier = std::unique_ptr<QSocketNotifier, LaterDeleter>;

    /// What became of the processes behind the socket since the last look.
    enum class OwnersNews { None, WorkerDied, Changed };

    OwnersNews findOwners(const ProcSnapshot &processes);
    bool isRecent(const ProcSnapshot &processes, OwnersNews news);
    void lastConnectionEnded();
    void keepConnection(bool isAlive);
    void connectAndSend();
    void connectTo(const SocketAddress &address);
    void send();
    void startTls();
    void receive();
    void heldConnectionEnded();
    void judge(bool isEnd);
    SocketTurn turn(bool isEnd);
    void begin();
    void begin(const QByteArray &request);
    void reconnect();
    void failed(int error);
    void finish(CheckResult result);
    void drop();
    CheckResult died(const QString &kind, const QString &sentence) const;

    const SocketTarget m_target;
    const SocketDialogue m_dialogue;
    ProcessMatcher m_owners;
    const QString m_required;
    const bool m_knowsOwners;
    quint64 m_ownersRevision = 0;
    QList<pid_t> m_allOwners, m_topOwners;
    HeldConnection m_lastConnection; ///< of a dialogue that holdsLast
    qint64 m_endedAt = 0; ///< of m_lastConnection, steady ms
    bool m_endsByItself = false; ///< the other side closes every connection after a while
    qint64 m_workerAskedAt = 0; ///< when a worker's death made us ask, steady ms
    Notifier m_reader, m_writer;
    std::unique_ptr<TlsChannel> m_tls;
    QTimer m_deadline;
    Done m_done;
    QByteArray m_request, m_reply;
    std::optional<CheckResult> m_last;
    qint64 m_lastAt = 0; ///< steady ms
    qint64 m_toldAt = 0; ///< when `changed` was called last
    std::chrono::steady_clock::time_point m_startedAt;
    QString m_resolved; ///< address of a host that is a name
    qint64 m_resolvedAt = 0;
    int m_lookup = -1;
    int m_socket = -1;
    qsizetype m_sent = 0;
    bool m_isReused = false; ///< this round uses the connection of the last one
    bool m_wasRefused = false, m_isStopped = false;
};

/// Reads host, port, path, every, process and timeout; the owners are the programs of the service's
/// role.
struct SocketParameters
{
    SocketTarget target;
    SocketOwner owner;
    std::chrono::milliseconds every{0}, timeout{2000};
};

/// A probe that talks in a conversation over a connection that is kept.
std::unique_ptr<ServiceProbe> makeConversingProbe(const QString &subject, const QString &asks,
                                                  std::shared_ptr<SocketConversation> conversation,
                                                  const SocketParameters &socket);

SocketParameters readSocketParameters(Parameters *parameters, const ServiceDefinition &service,
                                      const ProbeCheck &check, int everySeconds);

} // namespace Treewarden
