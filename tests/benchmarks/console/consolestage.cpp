// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/console/consolestage.h"

#include "console/views/emptystate.h"
#include "console/views/filterfield.h"
#include "console/views/fleetpage.h"
#include "console/views/mainwindow.h"
#include "tests/benchmarks/console/paintwait.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>
#include <cstdio>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 120'000; // ms

} // namespace

QString StepTimes::text(QList<double> times)
{
    if (times.isEmpty())
        return u"-"_s;
    std::sort(times.begin(), times.end());
    const auto at
        = [&times](double share) { return times[qsizetype(share * double(times.size() - 1))]; };
    return u"%1 / %2 / %3"_s.arg(at(0.5), 0, 'f', 1).arg(at(0.99), 0, 'f', 1).arg(at(1), 0, 'f', 1);
}

ConsoleStage::ConsoleStage(const QString &folder, const QString &redisUrl, int servers)
    : m_folder(folder)
    , m_redisUrl(redisUrl)
    , m_servers(servers)
{
}

FleetPage &ConsoleStage::fleet()
{
    return *qobject_cast<FleetPage *>(m_console->window().page(u"fleet"_s));
}

/// The table, or what stands in its place when it is empty.
QList<QWidget *> ConsoleStage::content()
{
    return {fleet().table().viewport(), fleet().findChild<EmptyState *>()};
}

void ConsoleStage::wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

void ConsoleStage::start()
{
    const QString preferences = m_folder + u"/console.ini"_s,
                  settings = m_folder + u"/console.conf"_s;
    for (const auto &[name, text] :
         {std::pair(preferences, "[window]\npage=fleet\n[look]\nlanguage=en\ntheme=light\n"),
          std::pair(settings, "")}) {
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) < 0)
            qFatal("cannot write %s", qPrintable(name));
    }
    ProgramOptions options(u"treewarden-console"_s, u"benchmark"_s, u"console"_s);
    if (options.read({u"treewarden-console"_s, u"--redis"_s, m_redisUrl, u"--config"_s, settings}))
        qFatal("the console refuses its options");
    QElapsedTimer clock;
    clock.start();
    const double before = processCpu();
    m_console = std::make_unique<ConsoleApp>(preferences);
    if (const auto started = m_console->start(options); !started)
        qFatal("%s", qPrintable(started.error().text));
    m_console->window().resize(1440, 900);
    const double made = processCpu() - before; // nothing that could stall runs before
    m_loop.reset();
    while (fleet().model().rowCount() < m_servers && clock.elapsed() < patience)
        wait(5);
    PaintWait(content()).wait();
    std::printf(
        "start to full view    %6.0f ms CPU   %6lld ms clock   (%d rows, the window made in "
        "%.0f ms CPU, then the loop at most %.0f ms CPU at a stretch)\n",
        processCpu() - before, static_cast<long long>(clock.elapsed()), fleet().model().rowCount(),
        made, m_loop.worst());
    wait(1500); // what follows the first picture
}

QString ConsoleStage::anyServer()
{
    for (const FleetServer &server : fleet().source().state().servers)
        if (server.health() == Health::Alive)
            return server.ip;
    return {};
}

void ConsoleStage::runPage(const QString &page, int seconds)
{
    m_console->window().showPage(page,
                                 page == u"server"_s     ? anyServer()
                                     : page == u"tree"_s ? u"web"_s
                                                         : QString());
    wait(1500);
    m_loop.reset();
    QElapsedTimer clock;
    clock.start();
    const qint64 messages = fleet().source().messageCount();
    const double before = processCpu();
    wait(seconds * 1000);
    const double cpu = processCpu() - before, wall = double(clock.elapsed());
    const auto taken = double(fleet().source().messageCount() - messages);
    std::printf(
        "%-10s %7.0f messages/s   %5.1f %% of a core (%5.2f us a message)   longest stretch "
        "%5.1f ms CPU   > 50 ms: %d   %4.0f MiB\n",
        qPrintable(page), taken * 1000 / wall, cpu * 100 / wall, cpu * 1000 / taken, m_loop.worst(),
        m_loop.stalls(), residentMiB());
    std::fflush(stdout);
}

void ConsoleStage::time(StepTimes &times, const Act &act)
{
    PaintWait painted(content());
    QElapsedTimer clock;
    clock.start();
    const double before = threadCpu();
    act();
    painted.wait();
    times.cpu << threadCpu() - before;
    times.wall << double(clock.nsecsElapsed()) / 1e6;
}

void ConsoleStage::typeFilters(int rounds)
{
    m_console->window().showPage(u"fleet"_s);
    auto *field = fleet().findChild<FilterField *>();
    field->setFocus();
    wait(300);
    StepTimes times;
    for (int i = 0; i < rounds; ++i) {
        const QString typed = i % 2 ? u"role:nginx cpu>5 "_s : u"node-00 -down 10."_s;
        for (const QChar letter : typed) {
            time(times, [field, letter] {
                QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
                QCoreApplication::sendEvent(field, &press);
            });
        }
        time(times, [field] { field->clear(); });
    }
    std::printf("filter keystroke      p50 / p99 / max  %s ms CPU   %s ms clock   (%d keys)\n",
                qPrintable(StepTimes::text(times.cpu)), qPrintable(StepTimes::text(times.wall)),
                int(times.cpu.size()));
}

void ConsoleStage::sort(int rounds)
{
    m_console->window().showPage(u"fleet"_s);
    wait(300);
    StepTimes times;
    for (int i = 0; i < rounds; ++i) {
        for (const int column : {FleetModel::CpuColumn, FleetModel::NameColumn,
                                 FleetModel::IpColumn, FleetModel::StateColumn}) {
            time(times, [this, column, i] {
                fleet().table().horizontalHeader()->setSortIndicator(
                    column, i % 2 ? Qt::DescendingOrder : Qt::AscendingOrder);
            });
        }
    }
    std::printf("sort                  p50 / p99 / max  %s ms CPU   %s ms clock\n",
                qPrintable(StepTimes::text(times.cpu)), qPrintable(StepTimes::text(times.wall)));
}

void ConsoleStage::scroll(int frames)
{
    m_console->window().showPage(u"fleet"_s);
    wait(300);
    QScrollBar &bar = *fleet().table().verticalScrollBar();
    const auto run = [this, &bar, frames](const char *what, int step) {
        StepTimes times;
        for (int i = 0; i < frames; ++i) {
            time(times, [&bar, step] { bar.setValue((bar.value() + step) % bar.maximum()); });
        }
        std::printf("%-21s p50 / p99 / max  %s ms CPU   %s ms clock\n", what,
                    qPrintable(StepTimes::text(times.cpu)),
                    qPrintable(StepTimes::text(times.wall)));
    };
    run("scroll by 3 rows", 3 * 28);
    run("scroll by a page", fleet().table().viewport()->height());
}

double ConsoleStage::residentMiB()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / (1 << 20);
}

} // namespace Treewarden
