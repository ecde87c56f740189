// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An administrator's day in minutes: the real console under Xvfb before a fleet that changes all
// the time, while keys are pressed and pages turned. Its memory must stay flat, and it must have
// nothing to say on stderr.
//     consoleday [MINUTES [SERVERS]]     (15, 60)
// Exit status 1: it ended, said something, or grew by more than a tenth and 12 MiB after the first
// third.
#include "shared/fleet/sweeper.h"
#include "shared/protocol/keys.h"
#include "shared/protocol/updatemessage.h"
#include "tests/support/redisserver.h"
#include "tests/support/simulatedagents.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<QProcess> startChild(const QString &program, const QStringList &arguments,
                                     const QProcessEnvironment &environment)
{
    auto process = std::make_unique<QProcess>();
    process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process->setProcessEnvironment(environment);
    process->start(program, arguments);
    if (!process->waitForStarted())
        qFatal("cannot start %s", qPrintable(program));
    return process;
}

/// Kilobytes.
qint64 residentMemory(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).simplified().split(' ').first().toLongLong();
    }
    return 0;
}

double cpuTime(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const QList<QByteArray> words = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return double(words.value(11).toLongLong() + words.value(12).toLongLong())
        / double(sysconf(_SC_CLK_TCK));
}

/// What happens on a day: services flap, servers die and come back, people command and configure.
class ChangingFleet : public QObject
{
public:
    ChangingFleet(RedisServer &redis, int count)
        : m_redis(redis)
        , m_fleet(redis.url(), count, {1000ms, 3000ms})
        , m_connection(redis.url())
        , m_sweeper(m_connection)
    {
        m_connection.open();
        m_sweeper.start();
        m_fleet.start();
        connect(&m_timer, &QTimer::timeout, this, &ChangingFleet::change);
        writeTree();
        m_timer.start(100ms);
    }

    int changes() const { return m_changes; }

private:
    int random(int below) const { return int(QRandomGenerator::global()->bounded(below)); }

    void change()
    {
        ++m_changes;
        SimulatedAgent &agent = m_fleet.agent(random(m_fleet.count()));
        const ServiceId service{random(2) ? u"nginx"_s : u"redis"_s,
                                QString::number(80 + random(4))};
        switch (random(20)) {
        case 0:
            agent.kill();
            QTimer::singleShot(6s, this, [&agent] { agent.start(); });
            break;
        case 1:
        case 2:
            command(agent.ip(), service);
            break;
        case 3:
            configure(agent.ip());
            break;
        case 4:
            agent.removeService(service);
            break;
        case 5:
            maintain(agent.ip());
            break;
        default:
            agent.setService(service, random(3) ? std::optional(random(2) > 0) : std::nullopt,
                             u"%1 processes found, 4 expected"_s.arg(random(4)));
        }
        if (m_changes % 600 == 0)
            writeTree();
    }

    void command(const QString &ip, const ServiceId &service)
    {
        CommandMessage message;
        message.ip = ip;
        message.id = u"c%1"_s.arg(m_changes);
        message.service = service;
        message.action = u"restart"_s;
        message.by = u"somebody"_s;
        message.timestamp = QDateTime::currentMSecsSinceEpoch();
        for (const CommandState state : {CommandState::Running, CommandState::Done}) {
            message.state = state;
            const QByteArray json = toJson(UpdateMessage(message));
            m_redis.call({"PUBLISH", "update:info", json});
            if (state == CommandState::Done)
                m_redis.call({"XADD", Keys::commands, "MAXLEN", "~", "10000", "*", "ip",
                              ip.toUtf8(), "id", message.id.toUtf8(), "state", "done", "json",
                              json});
        }
    }

    void configure(const QString &ip)
    {
        m_redis.call({"XADD", Keys::events, "MAXLEN", "~", "100000", "*", "type", "config", "ip",
                      ip.toUtf8(), "json",
                      R"({"type":"config","by":"somebody","state":"saved","version":)"
                          + QByteArray::number(m_changes) + '}'});
        m_redis.call({"PUBLISH", "update:info", R"({"type":"event","ip":")" + ip.toUtf8() + "\"}"});
        m_redis.call({"PUBLISH", "update:info",
                      R"({"type":"config","ip":")" + ip.toUtf8() + R"(","version":3})"});
    }

    void maintain(const QString &ip)
    {
        const QByteArray until = QByteArray::number(QDateTime::currentMSecsSinceEpoch() + 20'000);
        m_redis.call({"HSET", "maintenance", ip.toUtf8(),
                      R"({"by":"somebody","reason":"disk","until":)" + until + '}'});
    }

    void writeTree()
    {
        QByteArray instances;
        for (int i = 0; i < m_fleet.count(); ++i)
            instances += (i ? "," : "") + QByteArray(R"({"ip":")") + m_fleet.agent(i).ip().toUtf8()
                + R"(","instance":"80"})";
        m_redis.call({"SADD", "paas:list", "day"});
        m_redis.call({"SET", "paas:day",
                      R"({"id":"day","title":"Day","version":)" + QByteArray::number(m_changes + 1)
                          + R"(,"roles":[{"role":"nginx","needs":["redis"],"instances":[)"
                          + instances + R"(]},{"role":"redis","instances":[]}]})"});
        m_redis.call({"PUBLISH", "update:info", R"({"type":"config","paas":"day","version":1})"});
    }

    RedisServer &m_redis;
    SimulatedFleet m_fleet;
    RedisConnection m_connection;
    Sweeper m_sweeper;
    QTimer m_timer;
    int m_changes = 0;
};

/// Presses the keys of somebody who looks around.
class Visitor
{
public:
    explicit Visitor(const QProcessEnvironment &environment)
        : m_environment(environment)
    {
    }

    void act()
    {
        static const QList<QStringList> walks{
            {u"ctrl+1"_s},
            {u"ctrl+2"_s, u"slash"_s, u"d"_s, u"o"_s, u"w"_s, u"n"_s, u"Escape"_s, u"Down"_s},
            {u"ctrl+2"_s, u"Down"_s, u"Down"_s, u"Return"_s},
            {u"ctrl+3"_s, u"Down"_s, u"Right"_s, u"Down"_s},
            {u"ctrl+4"_s, u"Down"_s, u"Down"_s, u"Next"_s, u"Next"_s, u"End"_s, u"Home"_s},
            {u"ctrl+4"_s, u"slash"_s, u"d"_s, u"i"_s, u"e"_s, u"d"_s, u"Down"_s, u"Next"_s,
             u"Escape"_s},
            {u"ctrl+5"_s, u"Down"_s, u"Down"_s, u"Next"_s, u"End"_s},
            {u"ctrl+6"_s},
            {u"ctrl+2"_s, u"Tab"_s, u"Tab"_s, u"End"_s, u"Home"_s},
        };
        const QStringList &walk = walks[m_step++ % walks.size()];
        QProcess keys;
        keys.setProcessEnvironment(m_environment);
        keys.start(u"xdotool"_s, QStringList{u"key"_s, u"--delay"_s, u"60"_s} + walk);
        keys.waitForFinished(5000);
    }

private:
    QProcessEnvironment m_environment;
    qsizetype m_step = 0;
};

void wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

int verdict(const QList<qint64> &memory, const QByteArray &said, bool hasEnded)
{
    const QList<qint64> late = memory.mid(memory.size() / 3);
    const auto mean = [](const QList<qint64> &values) {
        qint64 sum = 0;
        for (const qint64 value : values)
            sum += value;
        return values.isEmpty() ? 0 : sum / values.size();
    };
    const qint64 early = mean(late.first(late.size() / 3)), end = mean(late.last(late.size() / 3));
    const bool hasGrown = end > early + early / 10 && end > early + 12 * 1024;
    std::printf("memory: %lld KiB after the first third, %lld KiB at the end, %lld KiB at most\n",
                (long long)early, (long long)end,
                (long long)*std::max_element(memory.begin(), memory.end()));
    std::printf("stderr: %lld bytes\n%s", (long long)said.size(), said.constData());
    std::printf("%s\n",
                hasEnded             ? "FAILED: the console ended"
                    : hasGrown       ? "FAILED: it grows"
                    : said.isEmpty() ? "passed"
                                     : "FAILED: it said something");
    return hasEnded || hasGrown || !said.isEmpty() ? 1 : 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int minutes = arguments.value(1, u"15"_s).toInt(),
              servers = arguments.value(2, u"60"_s).toInt();
    RedisServer redis;
    const QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, home.path());
    environment.insert(u"XDG_RUNTIME_DIR"_s, home.path());
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
    const auto screen = startChild(
        u"Xvfb"_s,
        {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1440x900x24"_s, u"-nolisten"_s, u"tcp"_s},
        environment);
    screen->waitForReadyRead(10'000);
    environment.insert(u"DISPLAY"_s, u':' + QString::fromLatin1(screen->readLine().trimmed()));
    const auto manager = startChild(u"openbox"_s, {}, environment);
    ChangingFleet fleet(redis, servers);
    wait(1000);
    const auto console
        = startChild(QStringLiteral(CONSOLE), {u"--redis"_s, redis.urlText()}, environment);

    Visitor visitor(environment);
    QList<qint64> memory;
    QElapsedTimer day, sample;
    day.start();
    sample.start();
    std::printf("minute  RSS KiB  CPU s  changes\n");
    while (day.elapsed() < minutes * 60'000LL && console->state() == QProcess::Running) {
        wait(700);
        visitor.act();
        if (sample.elapsed() < 10'000)
            continue;
        sample.restart();
        memory << residentMemory(console->processId());
        std::printf("%6.1f %8lld %6.1f %8d\n", double(day.elapsed()) / 60'000,
                    (long long)memory.last(), cpuTime(console->processId()), fleet.changes());
        std::fflush(stdout);
    }
    const bool hasEnded = console->state() != QProcess::Running;
    if (!hasEnded) {
        console->terminate();
        console->waitForFinished(10'000);
    }
    const QByteArray said = console->readAllStandardError();
    manager->kill();
    manager->waitForFinished();
    screen->kill();
    screen->waitForFinished();
    return verdict(memory, said, hasEnded);
}
