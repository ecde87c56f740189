// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/models/configsaver.h"
#include "console/models/enroller.h"
#include "console/models/fleetdesk.h"
#include "console/models/trycheck.h"
#include "console/models/watchersource.h"
#include "shared/core/json.h"
#include "shared/fleet/configversions.h"
#include "shared/protocol/keys.h"
#include "tests/support/commandsite.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

} // namespace

/// From a server that asks to the check of its first service: the console's models, a real Redis, a
/// real agent and executor.
class TestConfiguring : public QObject
{
    Q_OBJECT

    std::unique_ptr<CommandSite> m_site;
    std::unique_ptr<WatcherSource> m_source;
    std::unique_ptr<FleetDesk> m_desk;
    std::unique_ptr<ActionCentre> m_centre;

    void unlock()
    {
        const SigningKey key = SigningKey::generate(u"chen"_s).value();
        m_site->trust(key.trustedLine() + '\n');
        QVERIFY(key.write(m_site->path(u"chen.key"_s), {}));
        m_centre->keys().unlock(m_site->path(u"chen.key"_s), {});
        QTRY_VERIFY_WITH_TIMEOUT(m_centre->keys().isUnlocked(), patience);
    }

    ConfigFields stands() const
    {
        return m_site->redis().call({"HGETALL", Keys::serverConfig(CommandSite::ip)}).toHash();
    }

    /// Puts a request of this machine there as its agent does.
    void ask(const QString &machineId, qint64 removed = 0) const
    {
        QJsonObject facts{
            {u"machine_id"_s, machineId},
            {u"hostname"_s, u"<b>web</b>"_s},
            {u"timestamp"_s, 1000},
            {u"services"_s,
             QJsonObject{
                 {u"redis"_s,
                  QJsonObject{
                      {u"main"_s,
                       QJsonObject{{u"alive"_s,
                                    QJsonObject{{u"probe"_s, u"redis"_s},
                                                {u"path"_s, m_site->redis().socketPath()}}}}}}},
                 {u"ssh"_s,
                  QJsonObject{{u"default"_s,
                               QJsonObject{{u"alive"_s, QJsonObject{{u"probe"_s, u"auto"_s}}}}}}},
             }}};
        if (removed > 0)
            facts.insert(u"removed"_s, removed);
        m_site->redis().call(
            {"HSET", Keys::serversPending, CommandSite::ip.toUtf8(), compactJson(facts)});
    }

    /// The enroller with what it read.
    std::unique_ptr<Enroller> decide()
    {
        auto enroller = std::make_unique<Enroller>(*m_source, m_centre->keys());
        QSignalSpy changed(enroller.get(), &Enroller::changed);
        enroller->read({CommandSite::ip});
        [[maybe_unused]] const bool isRead = QTest::qWaitFor(
            [&] {
                return enroller->candidates().first().state != EnrolmentCandidate::State::Reading;
            },
            patience);
        return enroller;
    }

    static void finish(Enroller &enroller)
    {
        QSignalSpy finished(&enroller, &Enroller::finished);
        enroller.accept();
        QVERIFY(!finished.isEmpty() || finished.wait(patience));
    }

private Q_SLOTS:

    void init()
    {
        m_site = std::make_unique<CommandSite>();
        m_source = std::make_unique<WatcherSource>();
        m_desk = std::make_unique<FleetDesk>(*m_source);
        m_centre = std::make_unique<ActionCentre>(*m_source, *m_desk);
        m_source->watch(m_site->redis().url());
        QTRY_VERIFY_WITH_TIMEOUT(m_source->isLive(), patience);
    }

    void cleanup()
    {
        m_centre.reset();
        m_desk.reset();
        m_source.reset();
        m_site.reset();
    }

    void acceptsOnlyTheServicesThatAreChosen()
    {
        unlock();
        ask(m_site->machineId());
        const auto enroller = decide();
        EnrolmentCandidate &candidate = enroller->candidates().first();
        QCOMPARE(candidate.services.size(), 2);
        QVERIFY(candidate.warnings(2000).isEmpty());
        candidate.services.last().isChosen = false;
        finish(*enroller);
        QCOMPARE(candidate.state, EnrolmentCandidate::State::Done);
        const ConfigFields fields = stands();
        QVERIFY(isSignedWith(*m_centre->keys().use(), CommandSite::ip, fields));
        QCOMPARE(fields.value("machine_id"), m_site->machineId().toUtf8());
        QVERIFY(fields.value("services").contains("redis")
                && !fields.value("services").contains("ssh"));
        QVERIFY(
            m_site->redis().call({"HGET", Keys::serversPending, CommandSite::ip.toUtf8()}).isNil());
        QCOMPARE(
            readConfigVersions(m_site->redis().call(configHistoryWords(CommandSite::ip))).size(),
            1);
    }

    void warnsOfAddressesThatWereRemovedAndOfOtherMachines()
    {
        m_site->redis().call({"HSET", Keys::serversRemoved, CommandSite::ip.toUtf8(),
                              R"({"machine_id":"another-machine","timestamp":1000,"version":7})"});
        ask(m_site->machineId(), 1000);
        const auto enroller = decide();
        EnrolmentCandidate &candidate = enroller->candidates().first();
        const QString warnings = candidate.warnings(61'000).join(u' ');
        QVERIFY2(warnings.contains(u"removed") && warnings.contains(u"another-machine"),
                 qPrintable(warnings));
        finish(*enroller);
        // Agents never take a version that is not above their last.
        QCOMPARE(stands().value("version"), QByteArray("8"));
    }

    void letsAnotherMachineInOnlyWhenAPersonSaysSo()
    {
        ask(u"a-new-machine"_s);
        ConfigFields old = m_site->fields({}, 4);
        m_site->store(old);
        const auto enroller = decide();
        EnrolmentCandidate &candidate = enroller->candidates().first();
        QVERIFY(!candidate.isAcceptable());
        QVERIFY(!enroller->whyNot().isEmpty());
        candidate.mayReplace = candidate.isChosen = true;
        finish(*enroller);
        QCOMPARE(stands().value("machine_id"), QByteArray("a-new-machine"));
        QCOMPARE(stands().value("version"), QByteArray("5"));
    }

    void sendsServersAway()
    {
        ask(m_site->machineId());
        const auto enroller = decide();
        QSignalSpy finished(enroller.get(), &Enroller::finished);
        enroller->reject();
        QVERIFY(finished.wait(patience));
        QVERIFY(stands().isEmpty());
        QVERIFY(
            m_site->redis().call({"HGET", Keys::serversPending, CommandSite::ip.toUtf8()}).isNil());
    }

    void aRealAgentTakesWhatIsSignedHereAndSaysWhatItSees()
    {
        unlock();
        m_site->configure({}, m_centre->keys().use(), 1);
        m_site->startExecutor();
        m_site->startAgent();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_source->state().servers.value(CommandSite::ip).alive.value_or(false), patience);
        const auto edited = m_centre->drafts().session({CommandSite::ip});
        QTRY_VERIFY_WITH_TIMEOUT(edited->isReady(), patience);
        const ServiceId redis{u"redis"_s, u"main"_s};
        edited->set(
            u"x"_s, {u"services"_s, u"redis"_s, u"main"_s, u"alive"_s},
            QJsonObject{{u"probe"_s, u"redis"_s}, {u"path"_s, m_site->redis().socketPath()}});
        QVERIFY(TryCheck::whyNot(*edited, CommandSite::ip, redis).contains(u"save first"));
        ConfigSaver saver(edited, m_centre->keys());
        QSignalSpy finished(&saver, &ConfigSaver::finished);
        saver.start(ConfigSaver::Signing::Signed);
        QVERIFY(finished.wait(patience));
        QCOMPARE(saver.savedCount(), 1);
        QTRY_VERIFY2_WITH_TIMEOUT(
            m_source->state().servers.value(CommandSite::ip).services.contains(redis),
            m_site->log().constData(), patience);
        QCOMPARE(TryCheck::whyNot(*edited, CommandSite::ip, redis), QString());
        TryCheck attempt(*m_centre);
        attempt.await(CommandSite::ip, redis);
        m_centre->send({CommandSite::ip, redis, u"refresh"_s});
        QTRY_VERIFY2_WITH_TIMEOUT(!attempt.answer().sentence.isEmpty(), m_site->log().constData(),
                                  patience);
        QCOMPARE(attempt.answer().health, std::optional(Health::Alive));
        QVERIFY2(attempt.answer().sentence.startsWith(u"alive ("),
                 qPrintable(attempt.answer().sentence));
    }
};

QTEST_GUILESS_MAIN(TestConfiguring)
#include "tst_configuring.moc"
