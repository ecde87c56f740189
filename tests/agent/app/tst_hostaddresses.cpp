// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/hostaddresses.h"
#include "shared/core/ipaddress.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestHostAddresses : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void keepsTheLoopbackApartAndEverythingCanonical()
    {
        const HostAddresses addresses = HostAddresses::read();
        QVERIFY(addresses.loopback.contains(u"127.0.0.1"_s));
        for (const QString &ip : addresses.global + addresses.loopback) {
            QVERIFY2(isCanonicalIp(ip), qPrintable(ip));
            QCOMPARE(isLoopback(ip), addresses.loopback.contains(ip));
            QVERIFY(!ip.startsWith(u"fe80"));
        }
    }
};

QTEST_GUILESS_MAIN(TestHostAddresses)
#include "tst_hostaddresses.moc"
