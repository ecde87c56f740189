// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/ipaddress.h"

#include <QTest>

#include <random>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestIpAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void writesAddressesInOneForm_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("canonical");
        QTest::newRow("IPv4") << u"10.0.0.7"_s << u"10.0.0.7"_s;
        QTest::newRow("mapped") << u"::ffff:10.0.0.7"_s << u"10.0.0.7"_s;
        QTest::newRow("lower case") << u"2001:DB8::A"_s << u"2001:db8::a"_s;
        QTest::newRow("longest run of zeros") << u"2001:0:0:1:0:0:0:1"_s << u"2001:0:0:1::1"_s;
        QTest::newRow("first of equal runs") << u"2001:db8:0:0:1:0:0:1"_s << u"2001:db8::1:0:0:1"_s;
        QTest::newRow("one zero group stays")
            << u"2001:db8:0:1:1:1:1:1"_s << u"2001:db8:0:1:1:1:1:1"_s;
        QTest::newRow("loopback") << u"0:0:0:0:0:0:0:1"_s << u"::1"_s;
        QTest::newRow("any") << u"::"_s << u"::"_s;
        QTest::newRow("trailing zeros") << u"fe80:0:0:0:0:0:0:0"_s << u"fe80::"_s;
    }

    void writesAddressesInOneForm()
    {
        QFETCH(QString, given);
        QFETCH(QString, canonical);
        QCOMPARE(canonicalIp(given), std::optional(canonical));
        QVERIFY(isCanonicalIp(canonical));
    }

    void refusesWhatIsNoAddress()
    {
        const QStringList wrong{
            u""_s,     u"10.0.0"_s, u"10.0.0.256"_s, u"10.0.0.7\n"_s, u"fe80::1%eth0"_s,
            u"host"_s, u"1:2:3"_s,  u"::g"_s,        u"١.1.1.1"_s,    QString(1000, u'1')};
        for (const QString &text : wrong)
            QVERIFY2(!canonicalIp(text), qPrintable(text));
    }

    void ordersByNumber()
    {
        QVERIFY(ipLessThan(u"10.0.0.9"_s, u"10.0.0.10"_s));
        QVERIFY(!ipLessThan(u"10.0.0.10"_s, u"10.0.0.9"_s));
        QVERIFY(ipLessThan(u"255.0.0.1"_s, u"::1"_s));
    }

    void knowsTheFormOfAnAddressWhateverStandsThere()
    {
        std::mt19937 random(3);
        const QString letters = u"0123456789..:af "_s;
        int addresses = 0;
        for (int round = 0; round < 50'000; ++round) {
            QString text = u"10.200.3.255"_s;
            for (int change = int(random() % 4); change > 0 && !text.isEmpty(); --change) {
                const auto at = qsizetype(random() % quint32(text.size()));
                if (random() % 3 == 0)
                    text.remove(at, 1);
                else
                    text.insert(at, letters[qsizetype(random() % quint32(letters.size()))]);
            }
            addresses += isCanonicalIp(text);
            QCOMPARE(isCanonicalIp(text), canonicalIp(text) == text);
        }
        QVERIFY(addresses > 1000);
    }
};

QTEST_GUILESS_MAIN(TestIpAddress)
#include "tst_ipaddress.moc"
