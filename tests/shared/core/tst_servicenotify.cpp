// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/servicenotify.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

/// What a service manager hears.
class Manager
{
public:
    explicit Manager(const QByteArray &name)
        : m_descriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
        if (name.startsWith('@'))
            address.sun_path[0] = '\0';
        const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + size_t(name.size()));
        if (::bind(m_descriptor, reinterpret_cast<const sockaddr *>(&address), length) != 0)
            qFatal("cannot bind: %s", strerror(errno));
    }

    ~Manager() { ::close(m_descriptor); }

    QByteArray next() const
    {
        char bytes[4096];
        const ssize_t size = ::recv(m_descriptor, bytes, sizeof bytes, 0);
        return size < 0 ? QByteArray("nothing") : QByteArray(bytes, size);
    }

private:
    int m_descriptor;
};

} // namespace

class TestServiceNotify : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void tellsByDatagram_data()
    {
        QTest::addColumn<bool>("isAbstract");
        QTest::newRow("path") << false;
        QTest::newRow("abstract name") << true;
    }

    void tellsByDatagram()
    {
        QFETCH(bool, isAbstract);
        const QTemporaryDir folder;
        const QByteArray name = (isAbstract ? "@" : "") + folder.filePath(u"notify"_s).toUtf8();
        const Manager manager(name);
        const ServiceNotify service(name, std::chrono::seconds(30));
        QCOMPARE(service.watchdogInterval(), std::chrono::seconds(15));
        service.tellReady();
        QCOMPARE(manager.next(), "READY=1");
        service.tellStatus(u"one\nREADY=0\x1b"_s);
        const QByteArray status = manager.next();
        QVERIFY2(status.startsWith("STATUS=one") && !status.contains('\n'), status.constData());
        service.tellReloading();
        const QByteArrayList reloading = manager.next().split('\n');
        QCOMPARE(reloading.size(), 2);
        QCOMPARE(reloading[0], "RELOADING=1");
        QVERIFY(reloading[1].startsWith("MONOTONIC_USEC="));
        QVERIFY(reloading[1].mid(15).toLongLong() > 0);
        service.feedWatchdog();
        QCOMPARE(manager.next(), "WATCHDOG=1");
        service.tellStopping();
        QCOMPARE(manager.next(), "STOPPING=1");
        QCOMPARE(manager.next(), "nothing");
    }

    void saysNothingToNobody()
    {
        for (const QByteArray &name : {QByteArray(), QByteArray("@"), QByteArray("relative"),
                                       QByteArray("/nowhere/at/all"), '/' + QByteArray(500, 'x')}) {
            const ServiceNotify service(name, std::chrono::seconds(30));
            service.tellReady();
            service.feedWatchdog();
        }
        QCOMPARE(ServiceNotify({}, std::chrono::seconds(30)).watchdogInterval().count(), 0);
    }

    void takesItselfOutOfTheEnvironment()
    {
        qputenv("NOTIFY_SOCKET", "@treewarden-nobody");
        qputenv("WATCHDOG_USEC", "4000000");
        qputenv("WATCHDOG_PID", QByteArray::number(getpid()));
        QCOMPARE(ServiceNotify::fromEnvironment().watchdogInterval(), std::chrono::seconds(2));
        for (const char *variable : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
            QVERIFY(!qEnvironmentVariableIsSet(variable));
    }

    void feedsNoWatchdogThatIsAnothersOrNone()
    {
        for (const char *microseconds : {"", "-5", "rubbish"}) {
            qputenv("NOTIFY_SOCKET", "@treewarden-nobody");
            qputenv("WATCHDOG_USEC", microseconds);
            QCOMPARE(ServiceNotify::fromEnvironment().watchdogInterval().count(), 0);
        }
        qputenv("NOTIFY_SOCKET", "@treewarden-nobody");
        qputenv("WATCHDOG_USEC", "4000000");
        qputenv("WATCHDOG_PID", "1");
        QCOMPARE(ServiceNotify::fromEnvironment().watchdogInterval().count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestServiceNotify)
#include "tst_servicenotify.moc"
