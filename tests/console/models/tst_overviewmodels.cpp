// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleettext.h"
#include "console/models/paasmatrixmodel.h"
#include "console/models/problemreview.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;

ProblemOverview overviewOf(const FleetState &state)
{
    FleetRollup rollup;
    rollup.rebuild(state, evening);
    return problemOverview(state, rollup, evening, 12);
}

} // namespace

class TestOverviewModels : public QObject
{
    Q_OBJECT

    static QModelIndex cell(const PaasMatrixModel &model, const QString &tree, const QString &role)
    {
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 1; column < model.columnCount(); ++column)
                if (model.index(row, 0).data(PaasMatrixModel::TreeRole) == tree
                    && model.headerData(column, Qt::Horizontal).toString() == role)
                    return model.index(row, column);
        return {};
    }

private Q_SLOTS:

    void theMatrixShowsNumbersWhereSomethingIsWrong()
    {
        FixedSource source(demoFleet(evening), evening);
        PaasMatrixModel model(source);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 6);
        const QModelIndex mysql = cell(model, u"dev"_s, u"MySQL"_s);
        QCOMPARE(mysql.data().toString(), u"7/11"_s);
        QCOMPARE(mysql.data(PaasMatrixModel::HealthRole).toInt(), int(Health::Degraded));
        QVERIFY(!cell(model, u"dev"_s, u"Memcached"_s).data(PaasMatrixModel::HealthRole).isValid());
    }

    void theMatrixFollowsTheFleet()
    {
        FixedSource source(calmFleet(evening), evening);
        PaasMatrixModel model(source);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QModelIndex mysql = cell(model, u"dev"_s, u"MySQL"_s);
        QCOMPARE(mysql.data(PaasMatrixModel::HealthRole).toInt(), int(Health::Alive));
        for (const FleetServer &server : demoFleet(evening).servers)
            source.edit().servers.insert(server.ip, server);
        Q_EMIT source.serverChanged(u"10.207.26.251"_s);
        QTRY_COMPARE_WITH_TIMEOUT(mysql.data(PaasMatrixModel::HealthRole).toInt(),
                                  int(Health::Degraded), 10'000);
        source.replace(emptyFleet());
        QCOMPARE(model.rowCount(), 0);
    }

    void problemsNameCauseAndEffect()
    {
        const FleetState state = demoFleet(evening);
        const QList<Problem> problems = fleetProblems(state, evening);
        QVERIFY(!problems.isEmpty());
        const ProblemText server = problemText(state, problems.first(), evening);
        QCOMPARE(server.title, u"Server db-02 died"_s);
        QVERIFY2(server.detail.contains(u"9 services went with it"_s), qPrintable(server.detail));
        QCOMPARE(server.roles.size(), 2);
        QVERIFY2(server.roles.first().text.contains(u"of"_s),
                 qPrintable(server.roles.first().text));
        const ProblemText service = problemText(state, problems.at(1), evening);
        QCOMPARE(service.title, u"nginx 80 on web-03 died"_s);
        QVERIFY(!service.detail.isEmpty());
    }

    void hostileNamesStayOnOneLine()
    {
        FleetState state;
        FleetServer server;
        server.ip = u"10.0.0.1"_s, server.alive = false, server.wasSeen = true;
        server.info.hostname = u"a\nb\u202e<b>"_s + QString(100'000, u'x');
        state.servers.insert(server.ip, server);
        Problem problem;
        problem.ip = server.ip;
        const ProblemText text = problemText(state, problem, evening);
        QVERIFY(!text.title.contains(u'\n') && !text.title.contains(QChar(0x202e)));
        QVERIFY(text.title.size() < 200);
    }

    void mostOfTheFleetAtOnceIsOneProblem()
    {
        FleetState state = demoFleet(evening);
        int number = 0;
        for (FleetServer &server : state.servers) {
            if (++number % 4 == 0)
                continue;
            server.alive = false;
            server.since = evening - 30'000 + number;
        }
        const ProblemOverview overview = overviewOf(state);
        const ProblemText &first = overview.texts.first();
        QVERIFY2(first.title.endsWith(u"of 30 servers died at once"_s), qPrintable(first.title));
        QVERIFY(first.detail.contains(u"look at Redis and the network first"_s));
        QVERIFY(first.servers >= 21);
        QVERIFY(first.ip.isEmpty());
        QVERIFY(!first.roles.isEmpty());
        QVERIFY(overview.count < 10); // what died with them is not told again
        for (const ProblemText &text : overview.texts.mid(1))
            QVERIFY(state.servers.value(text.ip).alive.value_or(true)
                    || state.servers.value(text.ip).since < evening - 60'000);
    }

    void manyThatDiedOneAfterAnotherAreManyProblems()
    {
        FleetState state = calmFleet(evening);
        int number = 0;
        for (FleetServer &server : state.servers) {
            server.alive = false;
            server.since = evening - 600'000LL * ++number;
        }
        QCOMPARE(overviewOf(state).count, 30);
        QCOMPARE(overviewOf(state).texts.size(), 12);
    }

    void silenceOfMostIsSaidOnce()
    {
        FleetState state = calmFleet(evening);
        for (FleetServer &server : state.servers)
            server.alive = std::nullopt;
        const ProblemOverview overview = overviewOf(state);
        QCOMPARE(overview.count, 1);
        QCOMPARE(overview.texts.first().title, u"30 of 30 servers are unknown"_s);
        QVERIFY(overview.texts.first().detail.contains(u"treewarden-web"_s));
    }

    void theSameServiceOnManyServersIsOneProblem()
    {
        const FleetState state = hugeFleet(1000, evening); // 10 died, redis died on 40 others
        const ProblemOverview overview = overviewOf(state);
        QCOMPARE(overview.count, 11);
        QVERIFY(std::any_of(overview.texts.begin(), overview.texts.end(), [](const auto &text) {
            return text.title == u"redis 6379 died on 40 servers" && text.servers == 40
                && text.detail.contains(u" and 37 more."_s);
        }));
    }

    void aDeadRoleThatOthersNeedIsNamedFirst()
    {
        FleetState state = demoFleet(evening);
        FleetService &redis = state.servers[u"10.207.26.222"_s].services[{u"redis"_s, u"6379"_s}];
        redis.state.alive = false;
        redis.state.since = evening - 86'400'000; // the oldest of all problems
        const ProblemOverview overview = overviewOf(state);
        QCOMPARE(overview.texts.first().title, u"redis 6379 on test-01 died"_s);
        QVERIFY2(overview.texts.first().detail.contains(
                     u"It is needed by test / Nginx, test / Varnish."_s),
                 qPrintable(overview.texts.first().detail));
        QCOMPARE(overview.texts.at(1).title, u"Server db-02 died"_s);
    }

    void addressesHaveShortNames_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("name");
        QTest::newRow("default") << u"redis://10.0.0.7:6379/0"_s << u"10.0.0.7"_s;
        QTest::newRow("other") << u"redis://user@10.0.0.7:6380/2"_s << u"10.0.0.7:6380/2"_s;
        QTest::newRow("socket") << u"unix:///run/redis/redis.sock?db=1"_s << u"redis.sock"_s;
        QTest::newRow("ipv6") << u"rediss://[fd00::7]:6379/0"_s << u"[fd00::7]"_s;
        QTest::newRow("none") << QString() << QString();
    }

    void addressesHaveShortNames()
    {
        QFETCH(QString, address);
        QTEST(shortAddress(address), "name");
    }

    /// Thousands of problems are found in slices, and are the same; other things go on meanwhile.
    void manyProblemsAreFoundInSlices()
    {
        FleetState state = hugeFleet(2'000, evening);
        int count = 0;
        for (FleetServer &server : state.servers) {
            if (++count % 3 == 0)
                server.alive = false;
            for (FleetService &service : server.services)
                service.state.alive = (++count % 2) == 0;
        }
        FixedSource source(state, evening);
        ProblemReview review(source, 12);
        QSignalSpy done(&review, &ProblemReview::done);
        int turns = 0;
        QTimer others;
        connect(&others, &QTimer::timeout, this, [&] { ++turns; });
        others.start(0);
        review.look();
        QCOMPARE(done.size(), 0);
        QTRY_COMPARE(done.size(), 1);
        QVERIFY(turns >= 3);
        const ProblemOverview whole = overviewOf(state);
        QCOMPARE(review.overview().count, whole.count);
        QVERIFY(review.overview().texts == whole.texts);
    }

    /// A review that is under way when another fleet comes is not told; where little is wrong it is
    /// done at once.
    void aReviewOfAnotherFleetIsDropped()
    {
        FleetState state = hugeFleet(2'000, evening);
        for (FleetServer &server : state.servers)
            server.alive = false;
        FixedSource source(state, evening);
        ProblemReview review(source, 12);
        QSignalSpy done(&review, &ProblemReview::done);
        review.look();
        source.replace(calmFleet(evening));
        review.look();
        QCOMPARE(done.size(), 1);
        QCOMPARE(review.overview().count, 0);
    }
};

QTEST_MAIN(TestOverviewModels)
#include "tst_overviewmodels.moc"
