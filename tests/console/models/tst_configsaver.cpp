// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configsaver.h"
#include "console/models/keyring.h"
#include "console/models/watchersource.h"
#include "shared/fleet/configversions.h"
#include "shared/protocol/keys.h"
#include "tests/support/redisserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QString one = u"10.0.0.1"_s, two = u"10.0.0.2"_s;
constexpr int patience = 20'000;

} // namespace

/// Saving into a real Redis.
class TestConfigSaver : public QObject
{
    Q_OBJECT

    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<WatcherSource> m_source;
    std::unique_ptr<KeyRing> m_keys;
    QTemporaryDir m_folder;

    void store(const QString &ip, const QByteArray &version, const QByteArray &machine = {}) const
    {
        m_redis->call({"DEL", Keys::serverConfig(ip)});
        m_redis->call({"HSET", Keys::serverConfig(ip), "services", "{}", "later", "{\"a\": 1.0}",
                       "version", version});
        if (!machine.isEmpty())
            m_redis->call({"HSET", Keys::serverInfo(ip), "machine_id", machine});
        m_redis->call({"HSETNX", Keys::serversAlive, ip.toUtf8(), "0"});
    }

    void unlock()
    {
        const QString file = m_folder.filePath(u"key"_s);
        if (!QFile::exists(file))
            QVERIFY(SigningKey::generate(u"chen"_s).value().write(file, {}));
        m_keys->unlock(file, {});
        QTRY_VERIFY_WITH_TIMEOUT(m_keys->isUnlocked(), patience);
    }

    std::shared_ptr<ConfigSession> session(const QStringList &ips) const
    {
        auto session = std::make_shared<ConfigSession>(*m_source, ips);
        [[maybe_unused]] const bool isReady
            = QTest::qWaitFor([&] { return session->isReady(); }, patience);
        return session;
    }

    static void finish(ConfigSaver &saver, ConfigSaver::Signing signing)
    {
        QSignalSpy finished(&saver, &ConfigSaver::finished);
        saver.start(signing);
        QVERIFY(!finished.isEmpty() || finished.wait(patience));
    }

private Q_SLOTS:

    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        m_keys = std::make_unique<KeyRing>();
        store(one, "3", "machine-one-1");
        store(two, "8");
        m_source = std::make_unique<WatcherSource>();
        m_source->watch(m_redis->url());
        QTRY_VERIFY_WITH_TIMEOUT(m_source->isLive(), patience);
    }

    void cleanup()
    {
        m_source.reset();
        m_keys.reset();
        m_redis.reset();
    }

    void signsAndSavesOneAfterAnother()
    {
        unlock();
        const auto edited = session({one, two});
        edited->set(u"x"_s, {u"services"_s, u"ssh"_s, u"default"_s, u"alive"_s, u"probe"_s},
                    u"auto"_s);
        ConfigSaver saver(edited, *m_keys);
        QCOMPARE(saver.whyNot(ConfigSaver::Signing::Signed), QString());
        finish(saver, ConfigSaver::Signing::Signed);
        QCOMPARE(saver.savedCount(), 2);
        QVERIFY(!edited->isChanged());
        const auto fields = m_redis->call({"HGETALL", Keys::serverConfig(one)}).toHash();
        QCOMPARE(fields.value("version"), QByteArray("4"));
        QCOMPARE(fields.value("machine_id"), QByteArray("machine-one-1"));
        QCOMPARE(fields.value("later"), QByteArray("{\"a\": 1.0}"));
        QCOMPARE(fields.value("services"),
                 QByteArray(R"({"ssh":{"default":{"alive":{"probe":"auto"}}}})"));
        QVERIFY(isSignedWith(*m_keys->use(), one, fields));
        QCOMPARE(m_redis->call({"HGET", Keys::serverConfig(two), "version"}).toBytes(),
                 QByteArray("9"));
        QCOMPARE(readConfigVersions(m_redis->call(configHistoryWords(one))).first().version, 4);
    }

    void goesOnFromWhatItSaved()
    {
        const auto edited = session({one});
        ConfigSaver saver(edited, *m_keys);
        for (int i = 0; i < 2; ++i) {
            edited->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 20 + i);
            finish(saver, ConfigSaver::Signing::Unsigned);
            QCOMPARE(saver.savedCount(), 1);
        }
        QCOMPARE(m_redis->text({"HGET", Keys::serverConfig(one), "version"}), QByteArray("5"));
        QTRY_COMPARE_WITH_TIMEOUT(edited->conflictCount(), 0, patience);
    }

    void losesNothingInAConflict()
    {
        const auto edited = session({one, two});
        edited->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        ConfigFields theirs = m_redis->call({"HGETALL", Keys::serverConfig(one)}).toHash();
        theirs.insert("ping", "[\"10.0.0.9\"]");
        m_redis->call(saveConfigWords(one, versionedConfig(one, theirs, 4, nullptr), 1000));
        ConfigSaver saver(edited, *m_keys);
        saver.start(ConfigSaver::Signing::Unsigned);
        if (saver.isRunning()) // the news may have come first
            QTRY_VERIFY_WITH_TIMEOUT(!saver.isRunning(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(edited->conflictCount(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!edited->draft(one)->otherFields.isEmpty(), patience);
        QVERIFY(edited->draft(one)->document.contains("\"lease\": 30"));
        QVERIFY(!saver.whyNot(ConfigSaver::Signing::Unsigned).isEmpty());
        edited->putOnTop(one);
        finish(saver, ConfigSaver::Signing::Unsigned);
        const auto fields = m_redis->call({"HGETALL", Keys::serverConfig(one)}).toHash();
        QCOMPARE(fields.value("version"), QByteArray("5"));
        QCOMPARE(fields.value("ping"), QByteArray("[\"10.0.0.9\"]"));
        QVERIFY(fields.value("intervals").contains("30"));
    }

    void signsNothingForAnotherMachine()
    {
        unlock();
        m_redis->call({"HSET", Keys::serverConfig(one), "machine_id", "somebody-else"});
        const auto edited = session({one});
        edited->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        ConfigSaver saver(edited, *m_keys);
        finish(saver, ConfigSaver::Signing::Signed);
        QCOMPARE(saver.turns().first().state, ConfigSaver::Turn::State::Failed);
        QVERIFY(saver.turns().first().sentence.contains(u"machine"));
        QVERIFY(edited->isChanged());
        QCOMPARE(m_redis->text({"HGET", Keys::serverConfig(one), "version"}), QByteArray("3"));
    }

    void savesNoErrors()
    {
        const auto edited = session({one});
        edited->set(u"x"_s, {u"intervals"_s, u"lease"_s}, -1);
        ConfigSaver saver(edited, *m_keys);
        saver.start(ConfigSaver::Signing::Unsigned);
        QVERIFY(!saver.isRunning());
        QVERIFY(saver.whyNot(ConfigSaver::Signing::Unsigned).contains(u"error"));
    }

    void savesNothingUnsignedOverASignature()
    {
        m_redis->call({"HSET", Keys::serverConfig(one), "signer", "k", "signature", "c2ln"});
        const auto edited = session({one});
        edited->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        const ConfigSaver saver(edited, *m_keys);
        QVERIFY(saver.whyNot(ConfigSaver::Signing::Unsigned).contains(u"signed"));
    }

    void keepsEverythingWhenRedisGoesAway()
    {
        const auto edited = session({one});
        edited->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        m_redis->kill();
        QTRY_VERIFY_WITH_TIMEOUT(!m_source->isLive(), patience);
        ConfigSaver saver(edited, *m_keys);
        QVERIFY(!saver.whyNot(ConfigSaver::Signing::Unsigned).isEmpty());
        QVERIFY(edited->isChanged());
        m_redis->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_source->isLive(), patience);
        QVERIFY(edited->isChanged());
    }
};

QTEST_GUILESS_MAIN(TestConfigSaver)
#include "tst_configsaver.moc"
