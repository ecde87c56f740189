// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "shared/protocol/updatemessage.h"
#include "shared/redis/redissubscriber.h"
#include "tests/support/redisserver.h"
#include "tests/support/testdaemon.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// The main job on real input: the four daemons of the original's tree are found by the agent,
// watched with what it found, and told died and alive again when they are killed and restarted.
class TestRealServices : public QObject
{
    Q_OBJECT

    static constexpr int patience = 20'000;
    const QString m_ip = u"127.0.0.1"_s;

    RedisServer m_bus;
    std::vector<std::unique_ptr<TestDaemon>> m_daemons;
    std::unique_ptr<RedisSubscriber> m_subscriber;
    QProcess m_agent;
    QList<ServiceMessage> m_messages;

    QProcessEnvironment agentEnvironment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TREEWARDEN_REDIS"_s, m_bus.urlText());
        environment.insert(u"STATE_DIRECTORY"_s, m_bus.folder() + u"/state"_s);
        return environment;
    }

    QJsonObject discovered()
    {
        QProcess agent;
        agent.setProcessEnvironment(agentEnvironment());
        agent.start(QStringLiteral(AGENT), {u"--discover"_s});
        if (!agent.waitForFinished(patience))
            return {};
        return QJsonDocument::fromJson(agent.readAllStandardOutput()).object();
    }

    // Whether the last message about the daemon says `alive`.
    bool isTold(const TestDaemon &daemon, bool alive) const
    {
        for (auto it = m_messages.rbegin(); it != m_messages.rend(); ++it) {
            if (it->service.role == daemon.role())
                return it->alive == alive;
        }
        return false;
    }

    int messagesAbout(const TestDaemon &daemon) const
    {
        return int(std::count_if(m_messages.begin(), m_messages.end(), [&](const auto &message) {
            return message.service.role == daemon.role();
        }));
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_daemons.push_back(TestDaemon::nginx());
        m_daemons.push_back(TestDaemon::sshd());
        m_daemons.push_back(TestDaemon::mariadb());
        m_daemons.push_back(TestDaemon::redis());

        m_subscriber = std::make_unique<RedisSubscriber>(m_bus.url());
        connect(m_subscriber.get(), &RedisSubscriber::message, this,
                [this](const QByteArray &, const QByteArray &payload) {
                    const auto message = parseUpdateMessage(payload);
                    if (!message || !message->has_value())
                        return;
                    if (const auto *service = std::get_if<ServiceMessage>(&**message))
                        m_messages << *service;
                });
        m_subscriber->subscribe(Channels::updateInfo);
        m_subscriber->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_subscriber->isReady(), patience);
    }

    void theAgentFindsAllFourAndTheyAreAlive()
    {
        // Other tests' daemons run on this machine too: only ours are enrolled, just as the agent
        // found them.
        const QJsonObject found = discovered();
        QJsonObject services;
        for (const auto &daemon : m_daemons) {
            const QString port = QString::number(daemon->port());
            const QJsonObject instances = found.value(daemon->role()).toObject();
            QVERIFY2(instances.contains(port), qPrintable(daemon->role() + u' ' + port));
            services.insert(daemon->role(), QJsonObject{{port, instances.value(port)}});
        }
        m_bus.call({"HSET", Keys::serverConfig(m_ip), "services",
                    QJsonDocument(services).toJson(QJsonDocument::Compact)});
        m_agent.setProcessEnvironment(agentEnvironment());
        m_agent.setProcessChannelMode(QProcess::ForwardedChannels);
        m_agent.start(QStringLiteral(AGENT), {u"--ip"_s, m_ip});
        for (const auto &daemon : m_daemons)
            QTRY_VERIFY2_WITH_TIMEOUT(isTold(*daemon, true), qPrintable(daemon->role()), patience);
    }

    void eachIsToldDiedAndAliveAgainOnce()
    {
        for (const auto &daemon : m_daemons) {
            m_messages.clear();
            QElapsedTimer timer;
            timer.start();
            daemon->kill();
            QTRY_VERIFY2_WITH_TIMEOUT(isTold(*daemon, false), qPrintable(daemon->role()), patience);
            const qint64 death = timer.elapsed();
            QVERIFY(!m_messages.last().reason.isEmpty());
            QCOMPARE(m_bus.text({"GET", Keys::serviceAlive(m_ip, m_messages.last().service)}),
                     QByteArray("0"));
            daemon->start();
            timer.restart();
            QTRY_VERIFY2_WITH_TIMEOUT(isTold(*daemon, true), qPrintable(daemon->role()), patience);
            qInfo("%s: died told after %lld ms, alive again after %lld ms",
                  qPrintable(daemon->role()), death, timer.elapsed());
            QCOMPARE(messagesAbout(*daemon), 2);
        }
    }

    void aHungDaemonIsToldDied()
    {
        for (const auto &daemon : m_daemons) {
            if (daemon->role() == u"ssh")
                continue; // its banner is asked for rarely, so as not to fill its log
            m_messages.clear();
            daemon->pause();
            QTRY_VERIFY2_WITH_TIMEOUT(isTold(*daemon, false), qPrintable(daemon->role()), patience);
            daemon->resume();
            QTRY_VERIFY2_WITH_TIMEOUT(isTold(*daemon, true), qPrintable(daemon->role()), patience);
        }
    }

    void theAgentSaysGoodbye()
    {
        m_agent.terminate();
        QVERIFY(m_agent.waitForFinished(patience));
        QCOMPARE(m_agent.exitCode(), 0);
        QCOMPARE(m_bus.text({"GET", Keys::serverAlive(m_ip)}), QByteArray("0"));
    }

    void cleanupTestCase()
    {
        if (m_agent.state() != QProcess::NotRunning) {
            m_agent.kill();
            m_agent.waitForFinished(patience);
        }
    }
};

QTEST_GUILESS_MAIN(TestRealServices)
#include "tst_realservices.moc"
