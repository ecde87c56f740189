// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/executorserver.h"
#include "agent/executor/listensocket.h"
#include "tests/agent/executor/executorbench.h"
#include "tests/agent/executor/executorpeer.h"

#include <QJsonDocument>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr char usualControlled[]
    = R"({"nginx":{"default":{"restart":{"argv":["/bin/true","nginx"]},"start":{"argv":["/bin/true"]}}},)"
      R"("mysql":{"default":{"restart":{"unit":"mysql.service"},"stop":{"unit":"mysql.service"}}},)"
      R"("redis":{"default":{"restart":{"argv":["/bin/true"]}}},)"
      R"("ssh":{"default":{"stop":{"argv":["/bin/true"]},"restart":{"argv":["/bin/true"]},)"
      R"("start":{"argv":["/bin/true"]},"reload":{"unit":"ssh.service"}}}})";

constexpr qint64 day = 24 * 3600 * 1000;

} // namespace

class TestExecutorCore : public QObject
{
    Q_OBJECT

    /// A bench whose executor has started and taken the usual configuration.
    static std::unique_ptr<ExecutorBench> usual(const QByteArray &controlled = usualControlled,
                                                const QByteArray &services = "{}")
    {
        auto bench = std::make_unique<ExecutorBench>();
        bench->start();
        bench->configure(bench->fields(controlled, 1, services));
        settle(*bench);
        return bench;
    }

    /// Until everything that was handed over so far is decided and on the disk.
    static void settle(ExecutorBench &bench)
    {
        for (int i = 0; i < 3; ++i) {
            bool isSafe = false;
            bench.executor->whenSafe([&isSafe] { isSafe = true; });
            QTRY_VERIFY(isSafe);
        }
    }

    static QString refusal(ExecutorBench &bench, const QString &id)
    {
        settle(bench);
        return bench.states(id) == QStringList{u"refused"_s} ? bench.detail(id)
                                                             : bench.states(id).join(u' ');
    }

private Q_SLOTS:

    void runsWhatIsInOrderOnceAndTellsEachState()
    {
        const auto bench = usual();
        const QString id = bench->send(bench->request());
        settle(*bench);
        QCOMPARE(bench->runner->requests.size(), 1);
        QCOMPARE(bench->runner->requests.first().argv, (QStringList{u"/bin/true"_s, u"nginx"_s}));
        bench->runner->finish(id, {true, true, 0, u"fine"_s, "ok\n", 42});
        settle(*bench);
        QCOMPARE(bench->states(id), (QStringList{u"accepted"_s, u"running"_s, u"done"_s}));
        const QJsonObject last = bench->told.last();
        QVERIFY(last[u"n"_s].toDouble() > 0);
        const QJsonObject message = last[u"message"_s].toObject();
        QCOMPARE(message[u"took"_s].toInt(), 42);
        QCOMPARE(message[u"key"_s].toString(), bench->key.id());
        QCOMPARE(message[u"by"_s].toString(), u"chen@desk"_s);
        QVERIFY(!QJsonDocument(last).toJson().contains("ok\\n"));
    }

    void theClaimIsOnTheDiskBeforeTheEffect()
    {
        const auto bench = usual();
        const QString id = bench->send(bench->request());
        settle(*bench);
        QCOMPARE(bench->runner->requests.size(), 1);
        bench->crash();
        bench->start();
        settle(*bench);
        QCOMPARE(bench->states(id), QStringList{u"unknown"_s});
        QVERIFY(bench->detail(id).contains(u"not begun again"_s));
    }

    void aCrashedCommandIsNeverBegunAgain()
    {
        const auto bench = usual();
        const CommandRequest request = bench->request();
        bench->send(request, u"1800000000000-5"_s);
        settle(*bench);
        bench->crash();
        bench->start();
        settle(*bench);
        bench->told.clear();
        bench->send(request, u"1800000000000-5"_s);
        settle(*bench);
        QVERIFY(bench->runner->requests.isEmpty());
        QCOMPARE(bench->told.size(), 1);
        QVERIFY(bench->told.first()[u"repeat"_s].toBool());
        QCOMPARE(bench->told.first()[u"message"_s].toObject()[u"state"_s].toString(), u"unknown"_s);
    }

    void aCommandThatOnlyWaitedBeginsAfterACrash()
    {
        const auto bench = usual();
        bench->write("policy.conf", "[policy]\nmax_at_once = 1\n");
        bench->send(bench->request());
        const CommandRequest second = bench->request(u"redis"_s);
        bench->send(second, u"1800000000000-9"_s);
        settle(*bench);
        QCOMPARE(bench->states(second.id), QStringList{u"accepted"_s});
        bench->crash();
        bench->start();
        bench->send(second, u"1800000000000-9"_s);
        settle(*bench);
        QCOMPARE(bench->runner->requests.size(), 1);
        QCOMPARE(bench->states(second.id), (QStringList{u"accepted"_s, u"running"_s}));
    }

    void outcomesComeAgainUntilTheyAreTaken()
    {
        const auto bench = usual();
        const QString id = bench->send(bench->request());
        settle(*bench);
        bench->runner->finish(id);
        settle(*bench);
        bench->crash();
        bench->start();
        const QList<QJsonObject> untaken = bench->executor->untaken();
        QCOMPARE(untaken.size(), 1);
        bench->executor->handle({{u"type"_s, u"taken"_s}, {u"n"_s, untaken.first()[u"n"_s]}});
        settle(*bench);
        QVERIFY(bench->executor->untaken().isEmpty());
        bench->crash();
        bench->start();
        QVERIFY(bench->executor->untaken().isEmpty());
    }

    /// An agent that heard a later outcome first would say that it has all before it.
    void whoeverConnectsHearsOutcomesInTheirOrder()
    {
        const auto bench = usual();
        const QString ended = bench->send(bench->request());
        settle(*bench);
        bench->runner->finish(ended);
        bench->send(bench->request(u"redis"_s));
        settle(*bench);
        bench->crash();
        bench->start(); // what ran is unknown now, and that waits to be told
        const auto listening = listenAt(bench->path("socket"), ::getgid());
        QVERIFY(listening);
        ExecutorServer server(*bench->executor, *listening, {::getuid()});
        ExecutorPeer peer(bench->path("socket"));
        QVERIFY(peer.isConnected);
        QCoreApplication::processEvents(QEventLoop::X11ExcludeTimers); // it is let in first
        settle(*bench);
        QList<qint64> numbers;
        QVERIFY(peer.waitFor([&numbers](const QJsonObject &frame) {
            const auto n = jsonInteger(frame[u"n"_s]).value_or(0);
            if (n > 0)
                numbers << n;
            return numbers.size() == 2;
        }));
        QCOMPARE(numbers, (QList<qint64>{numbers.last() - 1, numbers.last()}));
    }

    void theSameEntryIsAnsweredAndAnotherOneIsAReplay()
    {
        const auto bench = usual();
        const CommandRequest request = bench->request();
        bench->send(request, u"1800000000000-1"_s);
        settle(*bench);
        bench->told.clear();
        bench->send(request, u"1800000000000-1"_s);
        bench->send(request, u"1800000000000-2"_s);
        settle(*bench);
        QCOMPARE(bench->states(request.id), QStringList{u"running"_s});
        QCOMPARE(bench->count(u"notice"_s), 1);
        bench->runner->finish(request.id);
        settle(*bench);
        bench->told.clear();
        bench->send(request, u"1800000000000-1"_s);
        bench->send(request, u"1800000000000-2"_s);
        settle(*bench);
        QCOMPARE(bench->runner->requests.size(), 1);
        QVERIFY(bench->states(request.id).isEmpty());
        QCOMPARE(bench->count(u"state"_s), 2);
        QCOMPARE(bench->count(u"notice"_s), 1);
    }

    void aForgedCopyChangesNothing()
    {
        const auto bench = usual();
        const CommandRequest request = bench->request();
        bench->send(request);
        settle(*bench);
        bench->runner->finish(request.id);
        settle(*bench);
        const auto stranger = *SigningKey::generate(u"stranger"_s);
        bench->told.clear();
        bench->executor->handle(
            ExecutorBench::frame(signCommand(request, stranger), bench->nextEntry()));
        settle(*bench);
        QVERIFY(bench->states(request.id).isEmpty());
    }

    void refusesWhatNobodyVouchesFor()
    {
        const auto bench = usual();
        const auto stranger = *SigningKey::generate(u"stranger"_s);
        const CommandRequest request = bench->request();
        bench->executor->handle(ExecutorBench::frame(signCommand(request, stranger), u"1-1"_s));
        QVERIFY(refusal(*bench, request.id).contains(u"which this server does not trust"_s));
        const QJsonObject message = bench->told.last()[u"message"_s].toObject();
        QVERIFY(!message.contains(u"by"_s) && !message.contains(u"key"_s));
        // Its id keeps that state.
        bench->executor->handle(ExecutorBench::frame(signCommand(request, bench->key), u"1-2"_s));
        settle(*bench);
        QCOMPARE(bench->states(request.id), QStringList{u"refused"_s});

        CommandEntry changed = signCommand(bench->request(), bench->key);
        changed.payload.replace("nginx", "mysql");
        bench->told.clear();
        bench->executor->handle(ExecutorBench::frame(changed, u"1-3"_s));
        settle(*bench);
        QVERIFY(bench->told.last()[u"message"_s].toObject()[u"detail"_s].toString().contains(
            u"forged or changed"_s));
        QVERIFY(bench->runner->requests.isEmpty());
    }

    void whatIsNoCommandIsANoticeAndNotTooMany()
    {
        const auto bench = usual();
        bench->told.clear();
        for (int i = 0; i < 1000; ++i)
            bench->executor->handle({{u"type"_s, u"command"_s},
                                     {u"entry"_s, u"1-1"_s},
                                     {u"payload"_s, u"\u0000../;rm"_s},
                                     {u"key"_s, QString(i, u'k')}});
        settle(*bench);
        QCOMPARE(bench->count(u"state"_s), 0);
        QCOMPARE(bench->count(u"notice"_s), 20);
    }

    void expiresByItsOwnClockWithAMinuteOfAllowance()
    {
        const auto bench = usual();
        const auto at = [&bench](qint64 offset) {
            CommandRequest request = bench->request();
            request.issued += offset;
            request.expires += offset;
            const QString id = bench->send(request);
            settle(*bench);
            bench->runner->finish(id);
            settle(*bench);
            return bench->states(id).last();
        };
        QCOMPARE(at(-30'000 - 60'000), u"done"_s);
        QCOMPARE(at(-30'000 - 60'001), u"expired"_s);
        QCOMPARE(at(60'000), u"done"_s);
        QCOMPARE(at(60'001), u"refused"_s);
        QCOMPARE(at(-day), u"expired"_s);
        QCOMPARE(at(day), u"refused"_s);
    }

    void aClockSetAheadAndBackReplaysNothing()
    {
        const auto bench = usual();
        const CommandRequest request = bench->request();
        bench->send(request, u"1800000000000-1"_s);
        settle(*bench);
        bench->runner->finish(request.id);
        settle(*bench);
        bench->now += day;
        bench->executor->lookAtWaiting();
        settle(*bench);
        bench->now -= day;
        bench->told.clear();
        bench->send(request, u"1800000000000-1"_s);
        bench->send(request, u"1800000000001-7"_s);
        settle(*bench);
        QCOMPARE(bench->runner->requests.size(), 1);
        QVERIFY2(!bench->states(request.id).contains(u"done"_s), "no second final state");
        // What is new is done soon again.
        bench->pass(31'000);
        const QString id = bench->send(bench->request());
        settle(*bench);
        QCOMPARE(bench->states(id), (QStringList{u"accepted"_s, u"running"_s}));
    }

    void aClockSetBackByADayKeepsEveryId()
    {
        const auto bench = usual();
        const CommandRequest request = bench->request();
        bench->send(request, u"1800000000000-1"_s);
        settle(*bench);
        bench->runner->finish(request.id);
        settle(*bench);
        bench->now -= day;
        bench->crash();
        bench->start();
        bench->send(request, u"1800000000000-2"_s);
        settle(*bench);
        QVERIFY(bench->runner->requests.isEmpty());
        QVERIFY(bench->states(request.id).isEmpty());
    }

    void anOldEntryThatNobodySawExpiresAndALateOneIsIgnored()
    {
        const auto bench = usual();
        const CommandRequest unseen = bench->request();
        const QString unseenEntry = u"1800000000900-0"_s;
        const CommandRequest seen = bench->request();
        bench->send(seen, u"1800000000100-0"_s);
        settle(*bench);
        bench->runner->finish(seen.id);
        settle(*bench);
        bench->pass(10 * 60'000);
        bench->executor->lookAtWaiting();
        settle(*bench);
        bench->told.clear();
        bench->send(seen, u"1800000000100-0"_s); // the agent forgot where it was
        bench->send(seen, bench->nextEntry()); // somebody plays it again
        bench->send(unseen, unseenEntry); // the agent was away
        settle(*bench);
        QVERIFY(bench->states(seen.id).isEmpty());
        QCOMPARE(bench->states(unseen.id), QStringList{u"expired"_s});
        QCOMPARE(bench->runner->requests.size(), 1);
    }

    void aLostJournalHoldsEverythingForTwoMinutes()
    {
        const auto bench = usual();
        const CommandRequest before = bench->request();
        bench->send(before, u"1800000000000-1"_s);
        settle(*bench);
        bench->crash();
        QVERIFY(QFile::remove(bench->path("journal")));
        bench->start();
        const QString held = bench->send(bench->request());
        QVERIFY(refusal(*bench, held).contains(u"journal was lost"_s));
        // Neither the clock nor a restart shortens it.
        bench->pass(60'000);
        bench->now -= day;
        bench->crash();
        bench->start();
        bench->now += day;
        QVERIFY(refusal(*bench, bench->send(bench->request())).contains(u"journal was lost"_s));
        bench->pass(121'000);
        bench->send(before, bench->nextEntry());
        settle(*bench);
        QVERIFY(bench->runner->requests.isEmpty());
        const QString id = bench->send(bench->request());
        settle(*bench);
        QCOMPARE(bench->states(id), (QStringList{u"accepted"_s, u"running"_s}));
    }

    void refusesTheWrongMachineAndTheWrongAddress()
    {
        const auto bench = usual();
        CommandRequest request = bench->request();
        request.machineId = u"fedcba9876543210"_s;
        QVERIFY(refusal(*bench, bench->send(request)).contains(u"is for the machine"_s));
        request = bench->request();
        request.ip = u"10.0.0.8"_s;
        QVERIFY(refusal(*bench, bench->send(request)).contains(u"no signed configuration"_s));
    }

    void onlyASignedConfigurationForThisMachineCounts()
    {
        ExecutorBench bench;
        bench.start();
        const auto answer = [&bench](const ConfigFields &fields) {
            bench.configure(fields);
            settle(bench);
            return bench.told.last();
        };
        ConfigFields fields = bench.fields(usualControlled, 5);
        ConfigFields bare = fields;
        bare.remove("signature");
        QVERIFY(answer(bare)[u"detail"_s].toString().contains(u"is not signed"_s));
        QVERIFY(refusal(bench, bench.send(bench.request())).contains(u"treewarden config sign"_s));
        ConfigFields changed = fields;
        changed["controlled"].replace("/bin/true", "/bin/sh");
        QVERIFY(answer(changed)[u"detail"_s].toString().contains(u"was changed after"_s));
        ConfigFields elsewhere = fields;
        elsewhere["machine_id"] = "fedcba9876543210";
        signConfig(bench.ip, elsewhere, bench.key);
        QVERIFY(answer(elsewhere)[u"detail"_s].toString().contains(u"is for the machine"_s));
        elsewhere["machine_id"] = "";
        signConfig(bench.ip, elsewhere, bench.key);
        QVERIFY(answer(elsewhere)[u"detail"_s].toString().contains(u"names no machine_id"_s));
        QVERIFY(answer(fields)[u"accepted"_s].toBool());
    }

    void aConfigurationIsNeverTakenBack()
    {
        const auto bench = usual();
        bench->configure(
            bench->fields(R"({"nginx":{"default":{"reload":{"argv":["/bin/true"]}}}})", 7));
        settle(*bench);
        bench->crash();
        bench->start();
        bench->configure(bench->fields(usualControlled, 6));
        settle(*bench);
        QVERIFY(bench->told.last()[u"detail"_s].toString().contains(u"has had 7"_s));
        bench->configure(bench->fields(usualControlled, 7));
        settle(*bench);
        QVERIFY(bench->told.last()[u"detail"_s].toString().contains(u"differs from the one"_s));
        QVERIFY(refusal(*bench, bench->send(bench->request())).contains(u"no action 'restart'"_s));
    }

    void aKeptConfigurationThatCannotBeReadStillHasItsVersion()
    {
        const auto bench = usual();
        ConfigFields fields = bench->fields(usualControlled, 7);
        bench->configure(fields);
        settle(*bench);
        bench->crash();
        const QString path = bench->folder.filePath(u"config-10.0.0.7"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray text = file.readAll();
        file.close();
        text.replace(QByteArray("{}").toBase64(), QByteArray("[").toBase64());
        bench->write("config-10.0.0.7", text);
        bench->start();
        QVERIFY(refusal(*bench, bench->send(bench->request())).contains(u"config-10.0.0.7"_s));
        bench->configure(bench->fields(usualControlled, 6));
        settle(*bench);
        QVERIFY(bench->told.last()[u"detail"_s].toString().contains(u"has had 7"_s));
        bench->configure(bench->fields(usualControlled, 8));
        settle(*bench);
        QVERIFY(bench->told.last()[u"accepted"_s].toBool());
    }

    void aKeyThatWasTakenOutCountsNoMore()
    {
        const auto bench = usual();
        bench->write("policy.conf", "[policy]\nmax_at_once = 1\n");
        const QString first = bench->send(bench->request());
        const QString waiting = bench->send(bench->request(u"redis"_s));
        settle(*bench);
        const auto other = *SigningKey::generate(u"other"_s);
        bench->write("trusted-keys", other.trustedLine());
        QVERIFY(
            refusal(*bench, bench->send(bench->request(u"mysql"_s))).contains(u"does not trust"_s));
        bench->runner->finish(first);
        settle(*bench);
        QCOMPARE(bench->states(waiting), (QStringList{u"accepted"_s, u"refused"_s}));
        // Nor does the configuration that it signed.
        CommandRequest request = bench->request();
        bench->executor->handle(
            ExecutorBench::frame(signCommand(request, other), bench->nextEntry()));
        QVERIFY(refusal(*bench, request.id).contains(u"is signed with the key"_s));
    }

    void aKeyMayOnlyDoWhatItIsGiven()
    {
        const auto bench = usual();
        const auto helper = *SigningKey::generate(u"helper"_s);
        bench->write("trusted-keys",
                     bench->key.trustedLine() + helper.trustedLine().trimmed()
                         + " actions=restart roles=nginx\n");
        const auto sendAs = [&](const CommandRequest &request) {
            bench->executor->handle(
                ExecutorBench::frame(signCommand(request, helper), bench->nextEntry()));
            return request.id;
        };
        QVERIFY(refusal(*bench, sendAs(bench->request(u"nginx"_s, u"start"_s)))
                    .contains(u"may not start"_s));
        QVERIFY(refusal(*bench, sendAs(bench->request(u"redis"_s))).contains(u"may not act on"_s));
        const QString id = sendAs(bench->request());
        settle(*bench);
        QCOMPARE(bench->states(id), (QStringList{u"accepted"_s, u"running"_s}));
    }

    void aBrokenFileOfTheOwnerRefusesEverything()
    {
        const auto bench = usual();
        bench->write("policy.conf", "[policy]\nprotcted = ssh\n");
        QVERIFY(
            refusal(*bench, bench->send(bench->request())).contains(u"did you mean protected"_s));
        bench->write("policy.conf", "");
        bench->write("trusted-keys", "nonsense\n");
        QVERIFY(refusal(*bench, bench->send(bench->request())).contains(u"line 1"_s));
    }

    void thePolicyHasTheLastWord()
    {
        const auto bench = usual();
        bench->write("policy.conf", "[policy]\nactions = start\n");
        QVERIFY(refusal(*bench, bench->send(bench->request()))
                    .contains(u"does not allow the action restart"_s));
        bench->write("policy.conf", "[policy]\nroles = mysql\n");
        QVERIFY(refusal(*bench, bench->send(bench->request()))
                    .contains(u"does not allow actions on nginx"_s));
        QVERIFY(refusal(*bench, bench->send(bench->request(u"nginx"_s, u"refresh"_s)))
                    .contains(u"the agent's own"_s));
        QVERIFY(refusal(*bench, bench->send(bench->request(u"nginx"_s, u"format"_s)))
                    .contains(u"format"_s));
    }

    void protectedServicesAreNotStopped_data()
    {
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QByteArray>("controlled");
        QTest::addColumn<QByteArray>("services");
        const auto row = [](const char *name, const QString &role, const QString &action,
                            const QByteArray &what, const QByteArray &services = "{}") {
            QTest::newRow(name) << role << action
                                << "{\"" + role.toLatin1() + "\":{\"default\":{\""
                    + action.toLatin1() + "\":" + what + "}}}"
                                << services;
        };
        const QString ssh = u"ssh"_s, other = u"nginx"_s, stop = u"stop"_s, start = u"start"_s;
        row("stop", ssh, stop, R"({"argv":["/bin/true"]})");
        row("restart", ssh, u"restart"_s, R"({"unit":"ssh.service"})");
        row("shutdown", ssh, u"shutdown"_s, R"({"argv":["/bin/true"]})");
        row("the unit under another role", other, stop, R"({"unit":"ssh.service"})");
        row("its alias", other, u"restart"_s, R"({"unit":"sshd.service"})");
        row("its socket", other, stop, R"({"unit":"ssh.socket"})");
        row("an instance of it", other, stop, R"({"unit":"ssh@4.service"})");
        row("the slice around it", other, stop, R"({"unit":"system.slice"})");
        row("a target", other, stop, R"({"unit":"multi-user.target"})");
        row("a unit that ends others", other, start, R"({"unit":"rescue.target"})");
        row("the power", other, start, R"({"unit":"systemd-poweroff.service"})");
        row("systemctl", other, start, R"({"argv":["/bin/systemctl","stop","ssh"]})");
        row("service", other, u"reload"_s, R"({"argv":["/usr/sbin/service","ssh","restart"]})");
        row("init script", other, start, R"({"argv":["/etc/init.d/ssh","stop"]})");
        row("kill", other, start, R"({"argv":["/usr/bin/pkill","-9","sshd"]})");
        row("a shell", other, start, R"({"argv":["/bin/sh","-c","systemctl stop ssh.service"]})");
        row("the role's flag", u"mysql"_s, stop, R"({"unit":"mysql.service"})",
            R"({"mysql":{"_":{"protected":true}}})");
        row("the instance's flag", u"mysql"_s, stop, R"({"argv":["/bin/true"]})",
            R"({"mysql":{"default":{"protected":true}}})");
        row("its unit under another role", other, stop, R"({"unit":"mysql.service"})",
            R"({"mysql":{"3306":{"protected":true}}})");
    }

    void protectedServicesAreNotStopped()
    {
        QFETCH(QString, role);
        QFETCH(QString, action);
        QFETCH(QByteArray, controlled);
        QFETCH(QByteArray, services);
        const auto bench = usual(controlled, services);
        const QString why = refusal(*bench, bench->send(bench->request(role, action)));
        QVERIFY2(why.contains(u"protected on this server"_s), qPrintable(why));
        bench->executor->runScheduled({QUuid::createUuid().toString(QUuid::WithoutBraces),
                                       bench->now,
                                       bench->ip,
                                       u"nightly"_s,
                                       {role, u"default"_s},
                                       action});
        settle(*bench);
        QVERIFY(bench->runner->requests.isEmpty());
    }

    void aLinkToAProtectedUnitIsSeenThrough()
    {
        ServerConfig config;
        Protection protection(config, Policy());
        protection.setUnitNames([](const QString &unit) {
            return QStringList{unit, u"ssh.service"_s};
        });
        ActionRequest request;
        request.unit = u"door.service"_s;
        request.verb = u"stop"_s;
        QVERIFY(protection.objection({u"nginx"_s, u"default"_s}, u"stop"_s, request)
                    .contains(u"is the unit of ssh"_s));
        request.verb = u"start"_s;
        QCOMPARE(protection.objection({u"nginx"_s, u"default"_s}, u"start"_s, request), QString());
    }

    void protectedServicesMayBeStartedAndReloaded()
    {
        const auto bench = usual();
        const QString start = bench->send(bench->request(u"ssh"_s, u"start"_s));
        settle(*bench);
        bench->runner->finish(start);
        const QString reload = bench->send(bench->request(u"ssh"_s, u"reload"_s));
        settle(*bench);
        QCOMPARE(bench->states(start).last(), u"done"_s);
        QCOMPARE(bench->states(reload).last(), u"running"_s);
    }

    void whatIsNotProtectedIsLeftAlone()
    {
        const auto bench
            = usual(R"({"nginx":{"default":{"restart":{"argv":["/usr/sbin/nginx","-s","stop"]},)"
                    R"("stop":{"unit":"nginx.service"},"start":{"unit":"multi-user.target"}}},)"
                    R"("mysql":{"3307":{"stop":{"unit":"mysql@3307.service"}}}})",
                    R"({"mysql":{"3306":{"protected":true},"3307":{}}})");
        for (const QString &action : {u"restart"_s, u"stop"_s, u"start"_s}) {
            const QString id = bench->send(bench->request(u"nginx"_s, action));
            settle(*bench);
            bench->runner->finish(id);
            settle(*bench);
            QCOMPARE(bench->states(id).last(), u"done"_s);
        }
        const QString id = bench->send(bench->request(u"mysql"_s, u"stop"_s, u"3307"_s));
        settle(*bench);
        QVERIFY2(bench->states(id).last() == u"running"_s, qPrintable(bench->detail(id)));
    }

    void oneActionAnInstanceAtATime()
    {
        const auto bench = usual();
        const QString first = bench->send(bench->request());
        const QString second = bench->send(bench->request(u"nginx"_s, u"start"_s));
        const QString why = refusal(*bench, second);
        QVERIFY2(why.contains(u"restart of nginx:default runs already"_s) && why.contains(first),
                 qPrintable(why));
        bench->runner->finish(first);
        const QString third = bench->send(bench->request());
        settle(*bench);
        QCOMPARE(bench->states(third).last(), u"running"_s);
    }

    void whatIsTooMuchAtOnceWaitsItsTurnOrExpires()
    {
        const auto bench = usual();
        bench->write("policy.conf", "[policy]\nmax_at_once = 1\n");
        const QString first = bench->send(bench->request());
        const QString second = bench->send(bench->request(u"redis"_s));
        const QString third = bench->send(bench->request(u"mysql"_s));
        settle(*bench);
        QCOMPARE(bench->runner->requests.size(), 1);
        bench->runner->finish(first);
        settle(*bench);
        QCOMPARE(bench->states(second).last(), u"running"_s);
        bench->pass(91'000);
        bench->executor->lookAtWaiting();
        settle(*bench);
        QCOMPARE(bench->states(third), (QStringList{u"accepted"_s, u"expired"_s}));
        bench->runner->finish(second);
        settle(*bench);
        QCOMPARE(bench->runner->requests.size(), 2);
    }

    void ratesAreKeptOverARestart()
    {
        const auto bench = usual();
        bench->write("policy.conf", "[policy]\nservice_rate = 2\nrate = 3\n");
        const auto once = [&bench](const QString &role) {
            const QString id = bench->send(bench->request(role));
            settle(*bench);
            bench->runner->finish(id);
            settle(*bench);
            return bench->states(id).last() == u"refused"_s ? bench->detail(id) : QString();
        };
        QCOMPARE(once(u"nginx"_s), QString());
        QCOMPARE(once(u"nginx"_s), QString());
        bench->crash();
        bench->start();
        QVERIFY(once(u"nginx"_s).contains(u"service_rate"_s));
        QCOMPARE(once(u"redis"_s), QString());
        QVERIFY(once(u"mysql"_s).contains(u"(rate)"_s));
        bench->pass(60'001);
        QCOMPARE(once(u"mysql"_s), QString());
    }

    void theScheduleRunsEachTimeOnce()
    {
        const auto bench = usual();
        const ScheduledTask task{QUuid::createUuid().toString(QUuid::WithoutBraces),
                                 bench->now,
                                 bench->ip,
                                 u"nightly"_s,
                                 {u"nginx"_s, u"default"_s},
                                 u"restart"_s};
        bench->executor->runScheduled(task);
        settle(*bench);
        QVERIFY(bench->executor->isScheduleBusy(u"nightly"_s));
        bench->runner->finish(task.id);
        settle(*bench);
        bench->executor->runScheduled(task);
        bench->crash();
        bench->start();
        bench->executor->runScheduled(task);
        settle(*bench);
        QVERIFY(bench->runner->requests.isEmpty());
        const QJsonObject message = bench->executor->untaken().first()[u"message"_s].toObject();
        QCOMPARE(message[u"schedule"_s].toString(), u"nightly"_s);
        QCOMPARE(message[u"by"_s].toString(), u"schedule"_s);
        QCOMPARE(message[u"state"_s].toString(), u"done"_s);
    }

    void failuresAndDoubtsAreTold()
    {
        const auto bench = usual();
        const QString failed = bench->send(bench->request());
        const QString doubtful = bench->send(bench->request(u"redis"_s));
        settle(*bench);
        bench->runner->finish(failed, {false, true, 3, u"it said no"_s, {}, 7});
        bench->runner->finish(doubtful, {false, false, -1, u"nobody answered"_s, {}, 7});
        settle(*bench);
        QCOMPARE(bench->states(failed).last(), u"failed"_s);
        QCOMPARE(bench->detail(failed), u"it said no"_s);
        QCOMPARE(bench->states(doubtful).last(), u"unknown"_s);
    }

    void beginsNothingWhenItIsToEnd()
    {
        const auto bench = usual();
        const QString running = bench->send(bench->request());
        settle(*bench);
        bool isIdle = false;
        QObject::connect(bench->executor.get(), &Executor::idle, [&isIdle] { isIdle = true; });
        bench->executor->finish();
        const QString late = bench->send(bench->request(u"redis"_s));
        settle(*bench);
        QVERIFY(!isIdle);
        QVERIFY(bench->states(late).isEmpty());
        bench->runner->finish(running);
        QTRY_VERIFY(isIdle);
        QCOMPARE(bench->states(running).last(), u"done"_s);
    }

    void theJournalSaysWhoAndWhy()
    {
        const auto bench = usual();
        const QString id = bench->send(bench->request());
        settle(*bench);
        bench->runner->finish(id, {true, true, 0, u"fine"_s, "first\nlast\n", 42});
        settle(*bench);
        QFile file(bench->path("journal"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const AuditFile audit = parseAuditFile(file.readAll());
        QCOMPARE(audit.records.size(), 4);
        QCOMPARE(audit.records[1].kind, AuditRecord::Kind::Configured);
        QCOMPARE(audit.records[1].signer, u"chen"_s);
        QCOMPARE(audit.records[2].kind, AuditRecord::Kind::Claimed);
        const AuditRecord &end = audit.records[3];
        QCOMPARE(end.kind, AuditRecord::Kind::Ended);
        QCOMPARE(end.signer, u"chen"_s);
        QCOMPARE(end.message->reason, u"why not"_s);
        QCOMPARE(end.output, u"first\nlast\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestExecutorCore)
#include "tst_executorcore.moc"
