// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/consoleday/dayconsole.h"

#include "console/app/consoleapp.h"
#include "console/models/timesource.h"
#include "console/views/eventspage.h"
#include "console/views/mainwindow.h"
#include "tests/benchmarks/consoleday/dayrecord.h"

#include <QAction>
#include <QApplication>
#include <QMenuBar>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <malloc.h>
#include <unistd.h>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

class Gauge
{
public:
    explicit Gauge(ConsoleApp &console)
        : m_console(console)
        , m_input(STDIN_FILENO, QSocketNotifier::Read)
    {
        m_filling.setInterval(10);
        QObject::connect(&m_filling, &QTimer::timeout, &m_filling, [this] { fill(); });
        QObject::connect(&m_input, &QSocketNotifier::activated, &m_input, [this] { read(); });
    }

private:
    void read()
    {
        char bytes[512];
        const auto size = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (size <= 0)
            return QApplication::quit();
        const QString line = QString::fromUtf8(bytes, qsizetype(size)).trimmed();
        if (line == u"measure")
            measure();
        else if (line == u"objects")
            tellObjects();
        else if (line == u"fill")
            m_filling.start();
        else
            choose(line.section(u' ', 1));
        std::fflush(stdout);
    }

    EventLog &events()
    {
        return static_cast<EventsPage *>(m_console.window().page(u"events"_s))->log();
    }

    Site &site() { return *m_console.sites().current(); }

    /// What a person does who scrolls back.
    void fill()
    {
        CommandLog &commands = site().actions().log();
        events().fetchMore({});
        commands.fetchMore({});
        const bool isFull = commands.isComplete() || commands.rowCount() >= CommandLog::mostRecords;
        if (!isFull || events().isReading() || events().canFetchMore({}))
            return;
        m_filling.stop();
        std::printf("filled\n");
        std::fflush(stdout);
    }

    void measure()
    {
        const auto heap = mallinfo2();
        std::printf("%lld %zu %lld %d %lld %d\n", (long long)residentMemory(getpid()),
                    (heap.uordblks + heap.hblkhd) / 1024, (long long)objects().size(),
                    events().heldCount(), (long long)site().source().events().archive().size(),
                    site().actions().log().rowCount());
    }

    QObjectList objects() const
    {
        QObjectList all = QApplication::instance()->findChildren<QObject *>();
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (!widget->parent())
                all << widget << widget->findChildren<QObject *>();
        }
        for (const auto &site : m_console.sites().sites())
            all << site->findChildren<QObject *>();
        return all;
    }

    void tellObjects()
    {
        QMap<QByteArray, int> counts;
        for (const QObject *object : objects())
            ++counts[object->metaObject()->className()];
        for (auto it = counts.cbegin(); it != counts.cend(); ++it)
            std::printf("%s=%d ", it.key().constData(), it.value());
        std::printf("\n");
    }

    void choose(const QString &text)
    {
        for (QAction *action : m_console.window().menuBar()->findChildren<QAction *>()) {
            if (action->text().remove(u'&') == text)
                return action->trigger(), void(std::printf("chosen\n"));
        }
        std::printf("no entry %s\n", qPrintable(text));
    }

    ConsoleApp &m_console;
    QSocketNotifier m_input;
    QTimer m_filling;
};

} // namespace

int runDayConsole(int argc, char **argv)
{
    ConsoleApp::tuneMemory();
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    ProgramOptions options(u"treewarden-console"_s, {}, u"console"_s);
    if (options.read({u"treewarden-console"_s, u"--redis"_s, arguments.value(3)}))
        return 1;
    ConsoleApp console(arguments.value(2));
    if (!console.start(options))
        return 1;
    const Gauge gauge(console);
    return QApplication::exec();
}

} // namespace Treewarden
