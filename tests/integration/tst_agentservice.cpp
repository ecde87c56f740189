// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/agentharness.h"

#include <QTest>

#include <csignal>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

} // namespace

// The agent as a service of systemd's type notify.
class TestAgentService : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_socket = -1;
    QByteArrayList m_heard;

    void listen()
    {
        char bytes[4096];
        for (ssize_t size; (size = ::recv(m_socket, bytes, sizeof bytes, 0)) >= 0;)
            m_heard << QByteArray(bytes, size);
    }

    bool hasHeard(const QByteArray &start)
    {
        listen();
        return std::any_of(m_heard.begin(), m_heard.end(),
                           [&](const QByteArray &message) { return message.startsWith(start); });
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray path = m_folder.filePath(u"notify"_s).toUtf8();
        qstrncpy(address.sun_path, path.constData(), sizeof address.sun_path);
        QCOMPARE(::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        qputenv("NOTIFY_SOCKET", path);
        qputenv("WATCHDOG_USEC", "400000");
    }

    void cleanupTestCase() { ::close(m_socket); }

    void init()
    {
        listen();
        m_heard.clear();
    }

    void isReadyFeedsTheWatchdogReloadsAndStops()
    {
        const RedisServer redis;
        Victims victims;
        enrol(redis, {victims.start(u"a"_s)});
        AgentProcess agent(redis.urlText());
        agent.start();
        QTRY_VERIFY_WITH_TIMEOUT(hasHeard("STATUS=watching 1 services"), patience);
        QCOMPARE(m_heard.first(), "READY=1");
        m_heard.clear();
        QTRY_VERIFY_WITH_TIMEOUT((listen(), m_heard.count("WATCHDOG=1") >= 3), patience);

        m_heard.clear();
        agent.signal(SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(hasHeard("READY=1"), patience);
        m_heard.removeAll("WATCHDOG=1");
        QVERIFY(m_heard.value(0).startsWith("RELOADING=1\nMONOTONIC_USEC="));
        QCOMPARE(m_heard.value(1), "READY=1");

        m_heard.clear();
        agent.signal(SIGTERM);
        QCOMPARE(agent.wait(), 0);
        QVERIFY(hasHeard("STOPPING=1"));
    }

    void saysWhatItWaitsFor()
    {
        RedisServer redis;
        AgentProcess agent(redis.urlText(), {u"--enrol"_s, u"--ip"_s, u"127.0.0.1"_s});
        agent.start();
        QTRY_VERIFY_WITH_TIMEOUT(hasHeard("STATUS=waiting to be enrolled as 127.0.0.1"), patience);
        agent.signal(SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(hasHeard("RELOADING=1"), patience);
        redis.stop();
        QTRY_VERIFY_WITH_TIMEOUT(hasHeard("STATUS=Redis at "), patience);
        m_heard.clear();
        QTRY_VERIFY_WITH_TIMEOUT(hasHeard("WATCHDOG=1"), patience);
        // A reload without Redis ends too: systemctl reload must not hang.
        agent.signal(SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(hasHeard("READY=1"), patience);
    }

    void oneShotsAreNoService()
    {
        const RedisServer redis;
        AgentProcess agent(redis.urlText(), {u"--check"_s, u"--ip"_s, u"127.0.0.1"_s});
        agent.start();
        QCOMPARE(agent.wait(), 68);
        listen();
        QCOMPARE(m_heard, QByteArrayList());
    }

    void fallsSilentWhenItHangs()
    {
        const RedisServer redis;
        enrol(redis, {});
        AgentProcess agent(redis.urlText());
        agent.start();
        QTRY_VERIFY_WITH_TIMEOUT(hasHeard("WATCHDOG=1"), patience);
        agent.signal(SIGSTOP);
        QTest::qWait(50);
        listen();
        m_heard.clear();
        QTest::qWait(1000);
        QVERIFY(!hasHeard("WATCHDOG=1"));
        agent.signal(SIGCONT);
    }
};

QTEST_GUILESS_MAIN(TestAgentService)
#include "tst_agentservice.moc"
