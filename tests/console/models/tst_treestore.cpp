// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treeedit.h"
#include "console/models/watchersource.h"
#include "shared/core/json.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

using Kind = TreeChange::Kind;

/// Saving service trees in a real Redis, with somebody else at it too.
class TestTreeStore : public QObject
{
    Q_OBJECT
    RedisServer m_redis;

    struct Person
    {
        explicit Person(const RedisUrl &url) { source.watch(url); }

        bool begin()
        {
            return QTest::qWaitFor([&] { return source.isLive(); }) && edit.begin(u"dev"_s).isOk();
        }

        bool setLeast(const QString &role, int least)
        {
            return edit
                .make({.kind = Kind::SetLeast, .role = {role, u"Web server"_s}, .least = least})
                .isOk();
        }

        WatcherSource source;
        TreeEdit edit{source};
    };

    QJsonObject stored(const QByteArray &id = "dev")
    {
        return parseJsonObject(m_redis.text({"GET", "paas:" + id}), u"paas"_s).value();
    }

private Q_SLOTS:

    void init()
    {
        m_redis.call({"FLUSHALL"});
        m_redis.call({"SADD", "paas:list", "dev"});
        m_redis.call({"SET", "paas:dev",
                      R"({"id":"dev","title":"Dev","version":7,"owner":"ops","roles":[
                          {"role":"nginx","group":"Web server","needs":["apache"],
                           "instances":[{"ip":"10.0.0.7","instance":"80"}]},
                          {"role":"apache","group":"Web server",
                           "instances":[{"ip":"10.0.0.8","instance":"8080"}]}]})"});
    }

    void aSaveIsTheNextVersionWithAHistory()
    {
        Person me(m_redis.url());
        QVERIFY(me.begin());
        QVERIFY(me.setLeast(u"nginx"_s, 2));
        QSignalSpy said(&me.edit, &TreeEdit::said);
        me.edit.save();
        QVERIFY(me.edit.isSaving());
        QTRY_COMPARE(said.count(), 1);
        QCOMPARE(said[0][0].toString(), u"The tree dev has version 8 now."_s);
        QVERIFY(!me.edit.isChanged() && me.edit.isEditing());
        QCOMPARE(stored()[u"version"_s].toInt(), 8);
        QCOMPARE(stored()[u"owner"_s].toString(), u"ops"_s);
        QCOMPARE(stored()[u"roles"_s][0][u"least"_s].toInt(), 2);
        QCOMPARE(m_redis.call({"LLEN", "paas:dev:history"}).integer, 1);
        QCOMPARE(m_redis.call({"XLEN", "events"}).integer, 1);
        QTRY_COMPARE(me.source.state().trees[u"dev"_s].version, 8);
        QVERIFY(!me.edit.rival());
        // And once more on top of it.
        QVERIFY(me.setLeast(u"nginx"_s, 3));
        me.edit.save();
        QTRY_COMPARE(stored()[u"version"_s].toInt(), 9);
    }

    void ofTwoSaversTheSecondIsAsked()
    {
        Person chen(m_redis.url()), me(m_redis.url());
        QVERIFY(chen.begin() && me.begin());
        QVERIFY(chen.setLeast(u"apache"_s, 2) && me.setLeast(u"nginx"_s, 2));
        // At the same moment: exactly one is stored, whoever that is.
        chen.edit.save();
        me.edit.save();
        QTRY_VERIFY(chen.edit.rival() || me.edit.rival());
        QTRY_VERIFY(!chen.edit.isSaving() && !me.edit.isSaving());
        QCOMPARE(stored()[u"version"_s].toInt(), 8);
        TreeEdit &slower = me.edit.rival() ? me.edit : chen.edit;
        QTRY_VERIFY(!slower.rival()->by.isEmpty());
        QCOMPARE(slower.rival()->tree.version, 8);
        QVERIFY(slower.isChanged());
        slower.putOnTop();
        QCOMPARE(slower.changes().size(), 1);
        slower.save();
        QTRY_COMPARE(stored()[u"version"_s].toInt(), 9);
        QCOMPARE(stored()[u"roles"_s][0][u"least"_s].toInt(), 2);
        QCOMPARE(stored()[u"roles"_s][1][u"least"_s].toInt(), 2);
    }

    void aSaveBySomebodyElseIsSeenWhileEditing()
    {
        Person chen(m_redis.url()), me(m_redis.url());
        QVERIFY(chen.begin() && me.begin());
        QVERIFY(me.setLeast(u"nginx"_s, 2));
        QVERIFY(chen.setLeast(u"nginx"_s, 4));
        chen.edit.save();
        QTRY_VERIFY(me.edit.rival());
        QCOMPARE(me.edit.merged().collisions.size(), 1);
        me.edit.takeTheirs();
        QCOMPARE(me.edit.tree().roles[0].least, 4);
        QVERIFY(!me.edit.isChanged());
    }

    void aNewTreeAndItsRemoval()
    {
        Person me(m_redis.url());
        QVERIFY(me.begin());
        me.edit.end();
        QVERIFY(me.edit.beginNew(paasTemplate(u"shop"_s, u"Shop"_s)));
        me.edit.save();
        QTRY_VERIFY(me.source.state().trees.contains(u"shop"_s));
        QCOMPARE(stored("shop")[u"version"_s].toInt(), 1);
        me.edit.end();
        QSignalSpy said(&me.edit, &TreeEdit::said);
        me.edit.remove(u"shop"_s);
        QTRY_VERIFY(!me.source.state().trees.contains(u"shop"_s));
        QCOMPARE(m_redis.call({"EXISTS", "paas:shop", "paas:shop:history"}).integer, 0);
        // Its versions are put aside, for the past, not for ever.
        QCOMPARE(m_redis.call({"LLEN", "paas:shop:removed"}).integer, 1);
        QVERIFY(m_redis.call({"TTL", "paas:shop:removed"}).integer > 89 * 86'400);
        QTRY_VERIFY(said.count() == 1 && said[0][0].toString().contains(u"is removed"_s));
    }

    void aTreeThatWasRemovedMeanwhileIsMadeAnew()
    {
        Person me(m_redis.url());
        QVERIFY(me.begin());
        QVERIFY(me.setLeast(u"nginx"_s, 2));
        m_redis.call({"DEL", "paas:dev"});
        me.edit.save();
        QTRY_VERIFY(me.edit.rival() && me.edit.rival()->isRemoved);
        me.edit.putOnTop();
        me.edit.save();
        QTRY_COMPARE(m_redis.call({"EXISTS", "paas:dev"}).integer, 1);
        QCOMPARE(stored()[u"version"_s].toInt(), 1);
    }

    void theEditsOutliveAConnection()
    {
        Person me(m_redis.url());
        QVERIFY(me.begin());
        QVERIFY(me.setLeast(u"nginx"_s, 2));
        QSignalSpy said(&me.edit, &TreeEdit::said);
        m_redis.stop();
        QTRY_VERIFY(!me.source.isLive());
        me.edit.save();
        QTRY_COMPARE(said.count(), 1);
        QVERIFY(said[0][1].toBool());
        QVERIFY(!me.edit.isSaving() && me.edit.isChanged());
        m_redis.start();
        QTRY_VERIFY_WITH_TIMEOUT(me.source.isLive(), 20'000);
        me.edit.save();
        QTRY_COMPARE(stored()[u"version"_s].toInt(), 8);
    }

    void anAnswerThatIsLostIsFoundInWhatStands()
    {
        Person me(m_redis.url());
        QVERIFY(me.begin());
        QVERIFY(me.setLeast(u"nginx"_s, 2));
        QSignalSpy said(&me.edit, &TreeEdit::said);
        m_redis.pause();
        me.edit.save();
        me.source.watch(m_redis.url()); // the connection goes while the answer is awaited
        QTRY_COMPARE(said.count(), 1);
        QVERIFY(!me.edit.isSaving());
        m_redis.resume();
        QTRY_VERIFY_WITH_TIMEOUT(me.source.isLive(), 20'000);
        QVERIFY(me.edit.isEditing());
        if (me.edit.isChanged())
            me.edit.save();
        QTRY_COMPARE(stored()[u"version"_s].toInt(), 8);
        QTRY_VERIFY(!me.edit.isChanged());
    }
};

QTEST_MAIN(TestTreeStore)
#include "tst_treestore.moc"
