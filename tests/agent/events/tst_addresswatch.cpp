// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/addressnews.h"
#include "agent/events/addresswatch.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <linux/rtnetlink.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

/// A message as the kernel sends it.
template<typename Content>
QByteArray routeMessage(quint16 type, const Content &content)
{
    const nlmsghdr header{NLMSG_LENGTH(sizeof content), type, 0, 0, 0};
    QByteArray bytes(reinterpret_cast<const char *>(&header), sizeof header);
    bytes.append(reinterpret_cast<const char *>(&content), sizeof content);
    bytes.append(NLMSG_ALIGN(bytes.size()) - bytes.size(), '\0');
    return bytes;
}

QByteArray linkMessage(unsigned change)
{
    ifinfomsg link{};
    link.ifi_change = change;
    return routeMessage(RTM_NEWLINK, link);
}

} // namespace

class TestAddressWatch : public QObject
{
    Q_OBJECT
    bool m_hasOwnNetwork = false;

private Q_SLOTS:

    void initTestCase()
    {
        // Still one thread, so that the user's own namespace is allowed where root's is not.
        m_hasOwnNetwork = unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
        qInfo("a network of the test's own: %s", m_hasOwnNetwork ? "yes" : "no, not allowed here");
    }

    void hearsOfAddressesAndLinksOnly()
    {
        const QByteArray address = routeMessage(RTM_NEWADDR, ifaddrmsg{});
        const QByteArray route = routeMessage(RTM_NEWROUTE, rtmsg{});
        QVERIFY(tellsAddressChange(address));
        QVERIFY(tellsAddressChange(routeMessage(RTM_DELADDR, ifaddrmsg{})));
        QVERIFY(tellsAddressChange(linkMessage(1)));
        QVERIFY(!tellsAddressChange(linkMessage(0)));
        QVERIFY(!tellsAddressChange(route));
        QVERIFY(tellsAddressChange(route + linkMessage(0) + address));
        QVERIFY(!tellsAddressChange({}));
    }

    void endsAtWhatIsCutOff()
    {
        const QByteArray address = routeMessage(RTM_NEWADDR, ifaddrmsg{});
        for (qsizetype length = 0; length < address.size(); ++length)
            QVERIFY(!tellsAddressChange(address.first(length)));
        QByteArray endless = routeMessage(RTM_NEWROUTE, rtmsg{});
        endless.replace(0, 4, QByteArray(4, '\0'));
        QVERIFY(!tellsAddressChange(endless + address));
    }

    void tellsABurstOnce()
    {
        int ends[2];
        QCOMPARE(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends), 0);
        AddressWatch watch(ends[0]);
        QSignalSpy changed(&watch, &AddressWatch::changed);
        const QByteArray address = routeMessage(RTM_NEWADDR, ifaddrmsg{}), noise = linkMessage(0);
        for (int i = 0; i < 8; ++i)
            QCOMPARE(send(ends[1], address.constData(), size_t(address.size()), 0),
                     ssize_t(address.size()));
        QVERIFY(changed.wait(10'000));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(send(ends[1], noise.constData(), size_t(noise.size()), 0), ssize_t(noise.size()));
        QCOMPARE(send(ends[1], address.constData(), size_t(address.size()), 0),
                 ssize_t(address.size()));
        QVERIFY(changed.wait(10'000));
        QCOMPARE(changed.size(), 2);
        close(ends[1]);
    }

    void hearsTheKernel()
    {
        AddressWatch watch;
        QCOMPARE(watch.error(), QString());
        if (!m_hasOwnNetwork)
            return; // the host's own addresses are not ours to change
        QSignalSpy changed(&watch, &AddressWatch::changed);
        run({u"link"_s, u"set"_s, u"lo"_s, u"up"_s});
        QTRY_VERIFY_WITH_TIMEOUT(changed.size() >= 1, 10'000);
        changed.clear();
        run({u"address"_s, u"add"_s, u"10.98.7.6/32"_s, u"dev"_s, u"lo"_s});
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 10'000);
        run({u"address"_s, u"del"_s, u"10.98.7.6/32"_s, u"dev"_s, u"lo"_s});
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, 10'000);
    }

private:
    static void run(const QStringList &words)
    {
        QProcess ip;
        ip.start(u"ip"_s, words);
        QVERIFY2(ip.waitForFinished(10'000) && ip.exitCode() == 0, qPrintable(words.join(u' ')));
    }
};

QTEST_GUILESS_MAIN(TestAddressWatch)
#include "tst_addresswatch.moc"
