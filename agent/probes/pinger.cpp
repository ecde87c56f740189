// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/pinger.h"

#include "shared/core/textformat.h"

#include <QDebug>
#include <QHostInfo>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 millisecond = 1'000'000; // ns
// A name is looked up again after so long: when its address answers, when it does not, when it has
// none.
constexpr qint64 keepsGoodAddress = 300'000 * millisecond,
                 keepsSilentAddress = 60'000 * millisecond, keepsNoAddress = 5'000 * millisecond;
// Rounds come a little early or late: a host whose time is as good as up is asked again.
constexpr qint64 roundJitter = 50 * millisecond;
// Loss is told of the last so many requests: 10 min with the usual interval.
constexpr int lossWindow = 60;

qint64 nanoseconds(std::chrono::nanoseconds time)
{
    return time.count();
}

qint64 steadyNanoseconds()
{
    return nanoseconds(std::chrono::steady_clock::now().time_since_epoch());
}

/// The kernel stamps replies with a clock that somebody may set: its time counts only where it lies
/// within what the steady clock allows.
double roundTrip(qint64 sentSteady, qint64 sentReal, qint64 receivedReal)
{
    const qint64 atMost = steadyNanoseconds() - sentSteady;
    const qint64 byKernel = receivedReal - sentReal;
    return double(byKernel >= 0 && byKernel <= atMost ? byKernel : atMost) / millisecond;
}

QString whyNoIcmp(int error)
{
    const QString reason = QString::fromLocal8Bit(std::strerror(error));
    if (error != EACCES && error != EPERM)
        return u"ICMP sockets cannot be opened here (%1)"_s.arg(reason);
    return u"the kernel does not let this agent send ICMP echo requests (%1; allow it with: sysctl -w net.ipv4.ping_group_range=\"0 2147483647\")"_s
        .arg(reason);
}

} // namespace

struct Pinger::Host
{
    ~Host()
    {
        if (lookup >= 0)
            QHostInfo::abortHostLookup(lookup);
    }

    SocketAddress address; ///< invalid until the name was looked up
    SocketAddress asked; ///< where the request that is out went: a lookup may change the other
    bool isName = false, isFailedLookupTold = false;
    int lookup = -1;
    std::optional<qint64> lookedUp; ///< steady ns
    bool isAsked = false, isSent = false;
    std::optional<quint16> sequence; ///< of the ICMP request that is out
    qint64 sentSteady = 0, sentReal = 0, deadline = 0; ///< ns
    bool isUninvited = false, hasEverAnswered = false;
    int asks = 0; ///< that ended, at most lossWindow
    quint64 losses = 0; ///< a bit for each of them, the newest lowest: 1 where no answer came
    std::optional<double> answer; ///< ms
    TcpKnock knock;
};

Pinger::Pinger(int tcpPort, QObject *parent)
    : QObject(parent)
    , m_tcpPort(tcpPort)
    , m_four(AF_INET, [this](const IcmpSocket::Reply &reply) { takeReply(reply); })
    , m_six(AF_INET6, [this](const IcmpSocket::Reply &reply) { takeReply(reply); })
{
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, [this] { expire(steadyNanoseconds()); });
}

Pinger::~Pinger() = default;

void Pinger::setHosts(const QStringList &hosts, const QStringList &uninvited)
{
    QStringList wanted = hosts + uninvited;
    wanted.removeDuplicates();
    wanted = wanted.first(std::min<qsizetype>(wanted.size(), mostHosts));
    const bool wasAsking = isAsking();
    std::erase_if(m_hosts, [&](const auto &entry) { return !wanted.contains(entry.first); });
    for (const QString &name : wanted) {
        const auto [entry, isNew] = m_hosts.try_emplace(name);
        entry->second.isUninvited = !hosts.contains(name);
        if (isNew) {
            entry->second.address = SocketAddress::make({{}, name, m_tcpPort});
            entry->second.isName = !entry->second.address.isValid();
        }
    }
    if (m_hosts.empty()) {
        m_four.close();
        m_six.close();
    }
    if (wasAsking && !isAsking()) {
        m_deadline.stop();
        Q_EMIT settled();
    }
}

void Pinger::ask(std::chrono::milliseconds timeout)
{
    if (m_hosts.empty())
        return;
    const qint64 now = steadyNanoseconds();
    expire(now + roundJitter);
    std::vector<std::map<QString, Host>::iterator> asked;
    for (auto entry = m_hosts.begin(); entry != m_hosts.end(); ++entry) {
        Host &host = entry->second;
        if (host.isAsked)
            continue;
        host.isAsked = true;
        host.deadline = now + nanoseconds(timeout);
        asked.push_back(entry);
    }
    for (const auto &entry : asked) {
        lookUpIfDue(entry->first, entry->second);
        if (entry->second.address.isValid())
            send(entry->second);
        else if (entry->second.lookup < 0)
            conclude(entry->second, std::nullopt);
    }
    watchDeadlines();
}

bool Pinger::isAsking() const
{
    return std::any_of(m_hosts.begin(), m_hosts.end(),
                       [](const auto &entry) { return entry.second.isAsked; });
}

void Pinger::sample(Workload &workload) const
{
    for (const auto &[name, host] : m_hosts) {
        const int lost = std::popcount(host.losses);
        if (host.asks == 0 || (host.isUninvited && !host.hasEverAnswered))
            continue;
        workload.ping.insert(name, host.answer);
        if (lost > 0)
            workload.pingLoss.insert(name, 100.0 * lost / host.asks);
    }
}

QString Pinger::way()
{
    IcmpSocket socket(AF_INET, [](const IcmpSocket::Reply &) {});
    if (const int error = socket.open())
        return u"TCP connect to port %1, because %2"_s.arg(usualTcpPort).arg(whyNoIcmp(error));
    return u"ICMP echo"_s;
}

void Pinger::send(Host &host)
{
    IcmpSocket &socket = host.address.family() == AF_INET6 ? m_six : m_four;
    const bool isIcmp = host.isUninvited ? socket.open() == 0 : canUseIcmp(socket);
    host.isSent = true;
    host.asked = host.address;
    host.sentReal = nanoseconds(std::chrono::system_clock::now().time_since_epoch());
    host.sentSteady = steadyNanoseconds();
    if (!isIcmp && host.isUninvited)
        return conclude(host, std::nullopt);
    if (!isIcmp) {
        host.knock.start(host.asked, [this, &host](bool isAnswered) {
            const double elapsed = double(steadyNanoseconds() - host.sentSteady) / millisecond;
            conclude(host, isAnswered ? std::optional(elapsed) : std::nullopt);
        });
        return;
    }
    host.sequence = ++m_sequence;
    if (!socket.send(host.asked, *host.sequence))
        conclude(host, std::nullopt); // no route, no such interface: nothing went out
}

/// Tried again each time it was refused, so that an operator who allows it need not restart the
/// agent.
bool Pinger::canUseIcmp(IcmpSocket &socket)
{
    const int error = socket.open();
    if (error != 0 && !std::exchange(m_isRefusalTold, true))
        qWarning().noquote() << u"%1: measuring the time of a TCP connect to port %2 instead"_s
                                    .arg(whyNoIcmp(error))
                                    .arg(m_tcpPort);
    return error == 0;
}

/// Late replies, and those from elsewhere, fit no host.
void Pinger::takeReply(const IcmpSocket::Reply &reply)
{
    for (auto &[name, host] : m_hosts) {
        if (host.sequence == reply.sequence && host.asked.hasHost(reply.from))
            return conclude(host, roundTrip(host.sentSteady, host.sentReal, reply.received));
    }
}

void Pinger::lookUpIfDue(const QString &name, Host &host)
{
    const qint64 keeps = host.answer ? keepsGoodAddress
        : host.address.isValid()     ? keepsSilentAddress
                                     : keepsNoAddress;
    const bool isRecent = host.lookedUp && steadyNanoseconds() - *host.lookedUp < keeps;
    if (!host.isName || host.lookup >= 0 || isRecent)
        return;
    host.lookup = QHostInfo::lookupHost(name, this, [this, name](const QHostInfo &found) {
        takeLookup(name, found.addresses().value(0).toString(), found.errorString());
    });
}

/// While a name cannot be looked up its last address counts.
void Pinger::takeLookup(const QString &name, const QString &address, const QString &reason)
{
    const auto entry = m_hosts.find(name);
    if (entry == m_hosts.end())
        return;
    Host &host = entry->second;
    host.lookup = -1;
    host.lookedUp = steadyNanoseconds();
    const auto found = SocketAddress::make({{}, address, m_tcpPort});
    if (!found.isValid()) {
        if (!std::exchange(host.isFailedLookupTold, true))
            qWarning().noquote() << u"the ping host %1 cannot be looked up: %2"_s.arg(
                oneLine(name), oneLine(reason));
        if (!host.address.isValid())
            conclude(host, std::nullopt);
        return;
    }
    host.isFailedLookupTold = false;
    host.address = found;
    if (host.isAsked && !host.isSent)
        send(host);
}

void Pinger::conclude(Host &host, std::optional<double> answer)
{
    if (!host.isAsked)
        return;
    host.isAsked = host.isSent = false;
    host.sequence.reset();
    host.knock.drop();
    host.asks = std::min(host.asks + 1, lossWindow);
    host.losses = (host.losses << 1 | (answer ? 0 : 1)) & ((quint64(1) << lossWindow) - 1);
    host.hasEverAnswered |= answer.has_value();
    host.answer = answer;
    if (isAsking())
        return;
    m_deadline.stop();
    Q_EMIT settled();
}

/// Replies that are there already count: this process may have been late, not the hosts.
void Pinger::expire(qint64 until)
{
    m_four.receive();
    m_six.receive();
    for (auto &[name, host] : m_hosts) {
        if (host.isAsked && host.deadline <= until)
            conclude(host, std::nullopt);
    }
    watchDeadlines();
}

void Pinger::watchDeadlines()
{
    std::optional<qint64> earliest;
    for (const auto &[name, host] : m_hosts) {
        if (host.isAsked)
            earliest = std::min(earliest.value_or(host.deadline), host.deadline);
    }
    if (!earliest)
        return m_deadline.stop();
    // Rounded up: a timer that fires before the deadline would only have to be set again.
    const qint64 left = std::max<qint64>(*earliest - steadyNanoseconds(), 0);
    m_deadline.start(std::chrono::milliseconds(left / millisecond + 1));
}

} // namespace Treewarden
