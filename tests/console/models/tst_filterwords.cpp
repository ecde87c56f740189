// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/filterwords.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// What is offered while a filter is typed, and what is said about one.
class TestFilterWords : public QObject
{
    Q_OBJECT

    const FilterNames m_names{{u"mysql"_s, u"nginx"_s}, {u"dev"_s, u"shop"_s}};

private Q_SLOTS:

    void offersWhatMayFollow_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QStringList>("offered");
        QTest::newRow("nothing typed") << u""_s << QStringList();
        QTest::newRow("keys and states")
            << u"d"_s << QStringList{u"down"_s, u"disk>"_s, u"degraded"_s, u"died"_s};
        QTest::newRow("a key") << u"ro"_s << QStringList{u"role:"_s};
        QTest::newRow("all roles") << u"role:"_s << QStringList{u"role:mysql"_s, u"role:nginx"_s};
        QTest::newRow("a role") << u"ROLE:m"_s << QStringList{u"role:mysql"_s};
        QTest::newRow("a tree") << u"paas:s"_s << QStringList{u"paas:shop"_s};
        QTest::newRow("a state") << u"state:un"_s << QStringList{u"state:unknown"_s};
        QTest::newRow("a minus stays") << u"-rol"_s << QStringList{u"-role:"_s};
        QTest::newRow("whole already") << u"down"_s << QStringList();
        QTest::newRow("a role that is whole") << u"role:mysql"_s << QStringList();
        QTest::newRow("any text") << u"web"_s << QStringList();
        QTest::newRow("a name is free") << u"name:w"_s << QStringList();
    }

    void offersWhatMayFollow()
    {
        QFETCH(QString, word);
        QTEST(filterCompletions(word, m_names), "offered");
    }

    void neverOffersMoreThanFits()
    {
        FilterNames many;
        for (int i = 0; i < 5000; ++i)
            many.roles << u"role-%1"_s.arg(i);
        QVERIFY(filterCompletions(u"role:r"_s, many).size() <= 12);
    }

    void saysWhatIsNotUnderstood_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("about");
        const std::pair<const char *, const char *> rows[] = {
            {"", ""},
            {"web down role:mysql cpu>80 -up load<0.5 mem>=90% services=3", ""},
            {"cpu>", ""}, // still being typed
            {"role:", ""},
            {"10.0.0.7", ""},
            {"fe80::1", ""},
            {"rol:mysql", "\"role:\""},
            {"pass:dev", "\"paas:\""},
            {"state:dead", "no state \"dead\""},
            {"state:d", ""},
            {"temperature>80", "no number \"temperature\""},
            {"web cpu>many", "\"many\" is no number"},
            {"-cpu>x", "\"x\" is no number"},
        };
        for (const auto &[filter, about] : rows)
            QTest::newRow(*filter ? filter : "empty")
                << QString::fromLatin1(filter) << QString::fromLatin1(about);
    }

    void saysWhatIsNotUnderstood()
    {
        QFETCH(QString, filter);
        QFETCH(QString, about);
        const QString complaint = filterComplaint(filter);
        QCOMPARE(complaint.isEmpty(), about.isEmpty());
        QVERIFY2(complaint.contains(about), qPrintable(complaint));
    }

    void aHostileFilterIsSaidShortAndSafe()
    {
        const QString complaint
            = filterComplaint(u"cpu>\u202e<b>"_s + QString(300, u'x') + u" state:\x01"_s);
        QVERIFY2(complaint.size() < 200, qPrintable(complaint));
        QVERIFY(!complaint.contains(QChar(0x202e)));
        filterComplaint(QString(100'000, u':'));
        filterCompletions(QString(100'000, u'-'), m_names);
    }
};

QTEST_GUILESS_MAIN(TestFilterWords)
#include "tst_filterwords.moc"
