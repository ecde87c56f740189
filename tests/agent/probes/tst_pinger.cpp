// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/pinger.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/ip_icmp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20'000ms, brief = 300ms;
const QString four = u"127.0.0.1"_s, six = u"::1"_s;

/// Whether this process has a network of its own: nothing leaves it, and its kernel switches are
/// ours.
bool isPrivate = false;

bool write(const char *path, const QByteArray &value)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
        && file.write(value) == value.size();
}

bool allowIcmp(bool isAllowed)
{
    const QByteArray group = QByteArray::number(getegid());
    return write("/proc/sys/net/ipv4/ping_group_range",
                 isAllowed ? group + ' ' + group : QByteArray("1 0"));
}

bool answerIcmp(bool isAnswered)
{
    return write("/proc/sys/net/ipv4/icmp_echo_ignore_all", isAnswered ? "0" : "1");
}

/// Needs the right to; without it the tests take the network as it is. (A user namespace of one
/// group cannot refuse ICMP to that group.)
bool enterPrivateNetwork()
{
    if (unshare(CLONE_NEWNET) != 0)
        return false;
    const int any = socket(AF_INET, SOCK_DGRAM, 0);
    ifreq loopback{};
    loopback.ifr_name[0] = 'l';
    loopback.ifr_name[1] = 'o';
    loopback.ifr_flags = IFF_UP;
    const bool isUp = ioctl(any, SIOCSIFFLAGS, &loopback) == 0;
    close(any);
    return isUp && allowIcmp(false) && allowIcmp(true);
}

/// A port on loopback whose queue is full: the kernel leaves further requests without an answer.
class SilentPort
{
public:
    SilentPort()
    {
        m_address.sin_family = AF_INET;
        m_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof m_address;
        m_listener = socket(AF_INET, SOCK_STREAM, 0);
        if (bind(m_listener, any(), size) != 0 || listen(m_listener, 0) != 0
            || getsockname(m_listener, any(), &size) != 0)
            qFatal("cannot listen");
        for (int &client : m_clients) {
            client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            connect(client, any(), size);
        }
    }

    ~SilentPort()
    {
        for (const int client : m_clients)
            close(client);
        close(m_listener);
    }

    int port() const { return ntohs(m_address.sin_port); }

private:
    sockaddr *any() { return reinterpret_cast<sockaddr *>(&m_address); }

    sockaddr_in m_address{};
    int m_listener = -1, m_clients[4]{};
};

int openSockets()
{
    int count = 0;
    for (const QFileInfo &file : QDir(u"/proc/self/fd"_s).entryInfoList(QDir::System | QDir::Files))
        count += file.symLinkTarget().contains(u"socket:["_s);
    return count;
}

QMap<QString, std::optional<double>> answers(const Pinger &pinger)
{
    Workload workload;
    pinger.sample(workload);
    return workload.ping;
}

void askToTheEnd(Pinger &pinger, std::chrono::milliseconds timeout = patience)
{
    pinger.ask(timeout);
    QTRY_VERIFY_WITH_TIMEOUT(!pinger.isAsking(), 2 * int(patience.count()));
}

} // namespace

class TestPinger : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void initTestCase()
    {
        qInfo("%s",
              isPrivate ? "in a network of its own"
                        : "without a network of its own: ICMP only where this kernel allows it");
    }

    void cleanup()
    {
        if (isPrivate)
            QVERIFY(allowIcmp(true) && answerIcmp(true));
    }

    void measuresHostsOnLoopback_data()
    {
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("ICMP") << true;
        QTest::newRow("TCP") << false;
    }

    void measuresHostsOnLoopback()
    {
        QFETCH(bool, isAllowed);
        QVERIFY(!isPrivate || allowIcmp(isAllowed));
        Pinger pinger;
        pinger.setHosts({four, six, u"127.0.0.2"_s, u"LocalHost"_s});
        QVERIFY(answers(pinger).isEmpty());
        askToTheEnd(pinger);
        const auto found = answers(pinger);
        QCOMPARE(found.size(), 4);
        for (auto it = found.begin(); it != found.end(); ++it) {
            QVERIFY2(it.value().has_value(), qPrintable(it.key()));
            QVERIFY(*it.value() > 0 && *it.value() < double(patience.count()));
        }
    }

    void tellsOnceThatTheKernelRefusesIcmpAndUsesItWhenAllowed()
    {
        if (!isPrivate)
            return;
        QVERIFY(allowIcmp(false));
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(u"ping_group_range.*TCP connect to port 7"_s));
        QVERIFY(Pinger::way().contains(u"ping_group_range"_s));
        Pinger pinger;
        pinger.setHosts({four, six});
        askToTheEnd(pinger);
        QTest::failOnWarning(QRegularExpression(u"."_s));
        askToTheEnd(pinger);
        QVERIFY(answers(pinger).value(four).has_value());
        QVERIFY(allowIcmp(true));
        QCOMPARE(Pinger::way(), u"ICMP echo"_s);
        const int before = openSockets();
        askToTheEnd(pinger);
        QCOMPARE(openSockets(), before + 2);
    }

    void aHostThatIsSilentOnIcmpHasNoAnswerUntilItAnswers()
    {
        if (!isPrivate)
            return;
        QVERIFY(answerIcmp(false));
        Pinger pinger;
        pinger.setHosts({four, six});
        pinger.ask(brief);
        QVERIFY(!answers(pinger).contains(four));
        QTRY_VERIFY_WITH_TIMEOUT(!pinger.isAsking(), int(patience.count()));
        QVERIFY(answers(pinger).contains(four) && !answers(pinger).value(four));
        QVERIFY(answers(pinger).value(six).has_value());
        QVERIFY(answerIcmp(true));
        askToTheEnd(pinger);
        QVERIFY(answers(pinger).value(four).has_value());
    }

    void aHostThatIsSilentOnTcpHasNoAnswer()
    {
        if (isPrivate)
            QVERIFY(allowIcmp(false));
        const SilentPort silent;
        Pinger pinger(silent.port());
        pinger.setHosts({four, six});
        askToTheEnd(pinger, 700ms);
        if (Pinger::way() != u"ICMP echo"_s)
            QVERIFY(answers(pinger).contains(four) && !answers(pinger).value(four));
        QVERIFY(answers(pinger).value(six).has_value());
    }

    void repliesThatNobodyAskedForCountNothing()
    {
        if (!isPrivate)
            return;
        QVERIFY(answerIcmp(false));
        Pinger pinger;
        pinger.setHosts({four});
        pinger.ask(brief);
        QFile table(u"/proc/net/icmp"_s);
        QVERIFY(table.open(QIODevice::ReadOnly));
        static const QRegularExpression local(u"00000000:([0-9A-F]{4}) 00000000:0000"_s);
        const auto match = local.match(QString::fromLatin1(table.readAll()));
        QVERIFY(match.hasMatch());
        const int raw = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
        QVERIFY(raw >= 0);
        sockaddr_in to{AF_INET, 0, {htonl(INADDR_LOOPBACK)}, {}};
        for (int sequence = 0; sequence < 200; ++sequence) {
            quint16 packet[8] = {ICMP_ECHOREPLY,
                                 0,
                                 htons(match.captured(1).toUShort(nullptr, 16)),
                                 htons(quint16(sequence)),
                                 1,
                                 2,
                                 3,
                                 4};
            quint32 sum = 0;
            for (const quint16 word : packet)
                sum += word;
            packet[1] = quint16(~(sum + (sum >> 16)));
            QCOMPARE(
                sendto(raw, packet, sizeof packet, 0, reinterpret_cast<sockaddr *>(&to), sizeof to),
                ssize_t(sizeof packet));
        }
        close(raw);
        QTRY_VERIFY_WITH_TIMEOUT(!pinger.isAsking(), int(patience.count()));
        QVERIFY(answers(pinger).contains(four) && !answers(pinger).value(four));
    }

    void aNameThatNobodyKnowsHasNoAnswerAndIsToldOnce()
    {
        if (!isPrivate)
            return; // the question would leave this host
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(u"nowhere.invalid cannot be looked"_s));
        Pinger pinger;
        pinger.setHosts({four, u"nowhere.invalid"_s});
        askToTheEnd(pinger);
        QTest::failOnWarning(QRegularExpression(u"."_s));
        askToTheEnd(pinger);
        QVERIFY(answers(pinger).contains(u"nowhere.invalid"_s));
        QVERIFY(!answers(pinger).value(u"nowhere.invalid"_s));
        QVERIFY(answers(pinger).value(four).has_value());
    }

    void anotherListKeepsTheAnswersOfHostsThatStay()
    {
        Pinger pinger;
        pinger.setHosts({four, six});
        askToTheEnd(pinger);
        const auto before = answers(pinger);
        pinger.setHosts({u"127.0.0.3"_s, four});
        QCOMPARE(answers(pinger).keys(), QStringList{four});
        QCOMPARE(answers(pinger).value(four), before.value(four));
        askToTheEnd(pinger);
        QCOMPARE(answers(pinger).keys(), (QStringList{four, u"127.0.0.3"_s}));
    }

    void aHostThatIsTakenAwayIsNotWaitedFor()
    {
        const SilentPort silent;
        Pinger pinger(silent.port());
        QSignalSpy settled(&pinger, &Pinger::settled);
        pinger.setHosts({four});
        pinger.ask(patience);
        pinger.setHosts({});
        QVERIFY(!pinger.isAsking());
        QCOMPARE(settled.size(), 1);
        QVERIFY(answers(pinger).isEmpty());
    }

    void anUninvitedHostShowsNothingBeforeItAnswered()
    {
        if (!isPrivate)
            return;
        QVERIFY(allowIcmp(false));
        QTest::failOnWarning(QRegularExpression(u"."_s));
        Pinger pinger;
        pinger.setHosts({}, {four});
        askToTheEnd(pinger); // without ICMP it is not asked at all
        QVERIFY(answers(pinger).isEmpty());
        QVERIFY(allowIcmp(true) && answerIcmp(false));
        askToTheEnd(pinger, brief);
        QVERIFY(answers(pinger).isEmpty());
        QVERIFY(answerIcmp(true));
        askToTheEnd(pinger);
        QVERIFY(answers(pinger).value(four).has_value());
        QVERIFY(answerIcmp(false));
        askToTheEnd(pinger, brief);
        QVERIFY(answers(pinger).contains(four) && !answers(pinger).value(four));
    }

    void tellsTheLossOfHostsThatLostAny()
    {
        if (!isPrivate)
            return;
        Pinger pinger;
        pinger.setHosts({four, six});
        for (int i = 0; i < 4; ++i) {
            QVERIFY(answerIcmp(i != 1));
            askToTheEnd(pinger, i == 1 ? brief : patience);
        }
        Workload workload;
        pinger.sample(workload);
        QCOMPARE(workload.pingLoss, (QMap<QString, double>{{four, 25.0}}));
    }

    void hasSocketsOnlyWhileItHasHosts()
    {
        const int before = openSockets();
        Pinger pinger;
        pinger.ask(patience);
        QVERIFY(!pinger.isAsking());
        QCOMPARE(openSockets(), before);
        pinger.setHosts({four, six});
        askToTheEnd(pinger);
        QVERIFY(!isPrivate || openSockets() == before + 2);
        pinger.setHosts({});
        QCOMPARE(openSockets(), before);
    }

    void takesAtMostSixtyFourHosts()
    {
        QStringList hosts;
        for (int i = 1; i <= 80; ++i)
            hosts << u"127.0.0.%1"_s.arg(i);
        Pinger pinger;
        pinger.setHosts(hosts);
        askToTheEnd(pinger);
        const auto found = answers(pinger);
        QCOMPARE(found.size(), Pinger::mostHosts);
        for (const auto &answer : found)
            QVERIFY(answer.has_value());
    }
};

int main(int argc, char **argv)
{
    isPrivate = enterPrivateNetwork(); // before there are threads
    QCoreApplication application(argc, argv);
    TestPinger test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_pinger.moc"
