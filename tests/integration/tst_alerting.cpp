// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/json.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "tests/support/redisserver.h"

#include <QProcess>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// Real treewarden-web processes judge a server's load in a real Redis.
class TestAlerting : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;
    static inline const QByteArray ip = "10.0.0.7";

    std::unique_ptr<RedisServer> m_redis;

    std::unique_ptr<QProcess> start(const QStringList &arguments = {}) const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QStringLiteral(TREEWARDEN_WEB),
                       QStringList{u"--redis"_s, m_redis->urlText(), u"--listen"_s,
                                   u"127.0.0.1:0"_s, u"--no-sweep"_s}
                           + arguments);
        if (!process->waitForReadyRead(patience)) // its address
            qFatal("treewarden-web does not start");
        return process;
    }

    void publish(double busy) const
    {
        m_redis->call({"PUBLISH", Channels::updateInfo,
                       R"({"type":"workload","ip":"10.0.0.7","info":{"cpu":{"busy":)"
                           + QByteArray::number(busy) + R"(}},"timestamp":1700000000000})"});
    }

    QStringList told() const
    {
        QStringList words;
        for (const RedisValue &entry : m_redis->call({"XRANGE", Keys::events, "-", "+"}).elements) {
            const auto fields = entry.elements.value(1).toHash();
            const auto json = parseJsonObject(fields.value("json"), u"the event"_s);
            if (fields.value("type") == "alert" && json)
                words << json->value(u"code").toString();
        }
        return words;
    }

    bool tells(double busy, const QStringList &words) const
    {
        return QTest::qWaitFor(
            [&] {
                publish(busy);
                return told() == words;
            },
            patience);
    }

private Q_SLOTS:

    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        m_redis->call({"HSET", Keys::serversAlive, ip, "1"});
        m_redis->call({"SET", "server:alive:" + ip, "1", "PX", "600000"});
        m_redis->call({"HSET", "server:info:" + ip, "lease", "600000", "hostname", "db-01"});
        m_redis->call({"HSET", "server:config:" + ip, "version", "1", "alerts",
                       R"([{"name":"cpu","metric":"cpu","above":90,"for":0}])"});
    }

    void twoProgramsTellOnceAndSurviveBeingKilled()
    {
        const QStringList raised{u"alert.raised"_s}, over{u"alert.raised"_s, u"alert.over"_s};
        auto first = start(), second = start();
        QVERIFY(tells(99, raised));
        first->kill();
        second->kill();
        QVERIFY(first->waitForFinished(patience) && second->waitForFinished(patience));
        first = start();
        second = start();
        QVERIFY(tells(9, over)); // and not raised once more before
        QCOMPARE(m_redis->text({"EXISTS", Keys::alerts}), "0");
        for (const auto &process : {first.get(), second.get()}) {
            process->terminate();
            QVERIFY(process->waitForFinished(patience));
        }
    }

    void nobodyIsWarnedByAProgramThatIsToldNotTo()
    {
        auto quiet = start({u"--no-alerts"_s});
        // What it does with the same messages is seen by what another one does with them later.
        for (int i = 0; i < 20; ++i)
            publish(99);
        auto judging = start();
        QVERIFY(tells(99, {u"alert.raised"_s}));
        judging->kill();
        QVERIFY(judging->waitForFinished(patience));
        for (int i = 0; i < 20; ++i)
            publish(9);
        QCOMPARE(told(), QStringList{u"alert.raised"_s});
        quiet->terminate();
        QVERIFY(quiet->waitForFinished(patience));
    }
};

QTEST_GUILESS_MAIN(TestAlerting)
#include "tst_alerting.moc"
