// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/execnews.h"
#include "agent/events/execwatch.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <linux/connector.h>
#include <linux/netlink.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

QByteArray procEvent(quint32 what, quint32 error = 0, quint32 index = CN_IDX_PROC)
{
    struct
    {
        quint32 what, cpu;
        quint64 timestamp;
        quint32 error, rest[5];
    } const event{what, 0, 0, error, {}};

    cn_msg message{};
    message.id = {index, CN_VAL_PROC};
    message.len = sizeof event;
    const nlmsghdr header{NLMSG_LENGTH(sizeof message + sizeof event), NLMSG_DONE, 0, 0, 0};
    QByteArray bytes(reinterpret_cast<const char *>(&header), sizeof header);
    bytes.append(reinterpret_cast<const char *>(&message), sizeof message);
    return bytes.append(reinterpret_cast<const char *>(&event), sizeof event);
}

} // namespace

class TestExecWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void countsExecsOnly()
    {
        const QByteArray fork = procEvent(1), exec = procEvent(2), exit = procEvent(0x80000000);
        QCOMPARE(readExecNews(fork + exec + exit + exec).started, 2);
        QVERIFY(!readExecNews(fork + exec).refusal);
        QCOMPARE(readExecNews(procEvent(2, 0, CN_IDX_PROC + 1)).started, 0);
    }

    void readsTheAnswer()
    {
        QCOMPARE(readExecNews(procEvent(0)).refusal, std::optional(0));
        QCOMPARE(readExecNews(procEvent(0, EPERM)).refusal, std::optional(EPERM));
    }

    void endsAtWhatIsCutOff()
    {
        const QByteArray exec = procEvent(2);
        for (qsizetype length = 0; length < exec.size(); ++length)
            QCOMPARE(readExecNews(exec.first(length)).started, 0);
        QCOMPARE(readExecNews(QByteArray(64, '\0') + exec).started, 0);
    }

    void tellsAStartWhereTheKernelDoes()
    {
        const QString refusal = ExecWatch::refusal();
        ExecWatch watch;
        QSignalSpy started(&watch, &ExecWatch::started);
        watch.setListening(true);
        QCOMPARE(watch.isListening(), refusal.isEmpty());
        if (!refusal.isEmpty()) {
            qInfo("not here: %s", qPrintable(refusal));
            return;
        }
        QProcess::execute(u"true"_s, {});
        QTRY_VERIFY_WITH_TIMEOUT(!started.isEmpty(), 10'000);
        watch.setListening(false);
        QVERIFY(!watch.isListening());
        started.clear();
        QProcess::execute(u"true"_s, {});
        QVERIFY(!started.wait(200));
    }

    void manyStartsAreToldRarely()
    {
        ExecWatch watch;
        watch.setListening(true);
        if (!watch.isListening())
            return;
        QSignalSpy started(&watch, &ExecWatch::started);
        QProcess shell;
        shell.start(u"sh"_s,
                    {u"-c"_s, u"i=0; while [ $i -lt 2000 ]; do /bin/true; i=$((i+1)); done"_s});
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(shell.state() == QProcess::NotRunning, 60'000);
        // Twenty at once, then one in ten seconds.
        QVERIFY2(started.size() <= 22 + timer.elapsed() / 10'000,
                 qPrintable(QString::number(started.size())));
    }
};

QTEST_GUILESS_MAIN(TestExecWatch)
#include "tst_execwatch.moc"
