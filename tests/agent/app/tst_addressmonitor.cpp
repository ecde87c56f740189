// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/addressmonitor.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestAddressMonitor : public QObject
{
    Q_OBJECT

    struct Change
    {
        QStringList addresses;
        std::optional<bool> hasEnrolled;
        QString reason;
    };

    HostAddresses m_host;
    QList<Change> m_changes;

    std::unique_ptr<AddressMonitor> monitor()
    {
        auto made = std::make_unique<AddressMonitor>(u"10.0.0.7"_s, [this] { return m_host; });
        connect(made.get(), &AddressMonitor::changed, this,
                [this](const QStringList &addresses, std::optional<bool> hasEnrolled,
                       const QString &reason) {
                    m_changes << Change{addresses, hasEnrolled, reason};
                });
        return made;
    }

private Q_SLOTS:

    void init()
    {
        m_host = {{u"10.0.0.7"_s, u"192.0.2.1"_s}, {u"127.0.0.1"_s}};
        m_changes.clear();
    }

    void tellsOnlyWhatChanged()
    {
        const auto watched = monitor();
        watched->look();
        QVERIFY(m_changes.isEmpty());
        m_host.global << u"2001:db8::7"_s;
        watched->look();
        watched->look();
        QCOMPARE(m_changes.size(), 1);
        QCOMPARE(m_changes.first().addresses, m_host.global);
        QVERIFY(!m_changes.first().hasEnrolled && m_changes.first().reason.isEmpty());
    }

    void saysWhenTheEnrolledAddressLeavesAndComesBack()
    {
        const auto watched = monitor();
        const HostAddresses before = m_host;
        m_host.global.removeFirst();
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"10\\.0\\.0\\.7 left this host"_s));
        watched->look();
        QCOMPARE(m_changes.last().hasEnrolled, std::optional(false));
        QVERIFY(m_changes.last().reason.contains(u"10.0.0.7"_s));
        m_host.global << u"192.0.2.2"_s; // still away: said once
        watched->look();
        QVERIFY(!m_changes.last().hasEnrolled);
        m_host = before;
        watched->look();
        QCOMPARE(m_changes.last().hasEnrolled, std::optional(true));
        QCOMPARE(m_changes.size(), 3);
    }

    void neverMissesAnAddressThatWasNotTheHosts()
    {
        m_host.global = {u"192.0.2.1"_s}; // 10.0.0.7 is translated on the way
        const auto watched = monitor();
        m_host.global = {u"192.0.2.3"_s};
        watched->look();
        QCOMPARE(m_changes.size(), 1);
        QVERIFY(!m_changes.first().hasEnrolled);
    }

    void showsTheLoopbackOnlyWhereThereIsNothingElse()
    {
        const auto watched = monitor();
        m_host.global.clear();
        watched->look();
        QCOMPARE(m_changes.last().addresses, QStringList{u"127.0.0.1"_s});
    }
};

QTEST_GUILESS_MAIN(TestAddressMonitor)
#include "tst_addressmonitor.moc"
