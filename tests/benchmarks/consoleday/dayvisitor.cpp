// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/consoleday/dayvisitor.h"

#include <QEventLoop>
#include <QTimer>

#include <cstdio>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // ms
const QString overview = u"ctrl+1"_s;

/// What xdotool is to type for each visit.
const QList<QStringList> &visits()
{
    static const QList<QStringList> visits{
        {u"ctrl+2"_s, u"slash"_s, u"d"_s, u"o"_s, u"w"_s, u"n"_s, u"Escape"_s, u"Escape"_s,
         u"Down"_s},
        {u"ctrl+2"_s, u"Down"_s, u"Down"_s, u"Return"_s},
        {u"ctrl+k"_s, u"1"_s, u"0"_s, u"period"_s, u"1"_s, u"period"_s, u"0"_s, u"period"_s, u"2"_s,
         u"Return"_s},
        {u"ctrl+3"_s, u"Down"_s, u"Right"_s, u"Down"_s},
        {u"ctrl+4"_s, u"Down"_s, u"Down"_s, u"Next"_s, u"Next"_s, u"Home"_s},
        {u"ctrl+4"_s, u"slash"_s, u"d"_s, u"i"_s, u"e"_s, u"d"_s, u"Down"_s, u"Next"_s, u"Escape"_s,
         u"Escape"_s},
        {u"ctrl+5"_s, u"Down"_s, u"Down"_s, u"Next"_s, u"Home"_s},
        {u"ctrl+6"_s},
        {u"ctrl+1"_s, u"ctrl+shift+n"_s, u"Escape"_s},
        {u"ctrl+1"_s, u"ctrl+shift+o"_s, u"Escape"_s},
        {u"ctrl+1"_s, u"ctrl+k"_s, u"w"_s, u"e"_s, u"b"_s, u"Escape"_s},
        {u"ctrl+2"_s, u"Down"_s, u"ctrl+r"_s, u"Escape"_s, u"Escape"_s},
        {u"ctrl+2"_s, u"Down"_s, u"End"_s, u"Home"_s},
        {overview},
    };
    return visits;
}

} // namespace

void wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

DayVisitor::DayVisitor(QProcess &console, const QProcessEnvironment &environment)
    : m_console(console)
    , m_environment(environment)
{
}

/// The fleet's own changes go on while the keys are pressed.
void DayVisitor::press(const QStringList &keys, int delay)
{
    QProcess xdotool;
    xdotool.setProcessEnvironment(m_environment);
    QEventLoop loop;
    QObject::connect(&xdotool, &QProcess::finished, &loop, &QEventLoop::quit);
    xdotool.start(u"xdotool"_s, QStringList{u"key"_s, u"--delay"_s, QString::number(delay)} + keys);
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    loop.exec();
    if (xdotool.state() != QProcess::NotRunning || xdotool.exitCode() != 0)
        qFatal("xdotool did not press its keys");
}

void DayVisitor::walk()
{
    for (const QStringList &visit : visits()) {
        press(visit);
        wait(700);
    }
}

void DayVisitor::switchTheme()
{
    choose(u"Dark"_s);
    wait(500);
    choose(u"Light"_s);
    wait(500);
}

void DayVisitor::switchLanguage()
{
    choose(u"中文"_s);
    wait(1500);
    choose(u"English"_s);
    wait(1500);
}

void DayVisitor::fillLists()
{
    press({overview, u"comma"_s});
    wait(4000); // as far back as the archive goes
    press({u"l"_s});
    press({overview});
    if (const QByteArray answer = ask("fill"); answer.trimmed() != "filled")
        qFatal("the console says \"%s\"", answer.constData());
}

void DayVisitor::choose(const QString &entry)
{
    const QByteArray answer = ask("choose " + entry.toUtf8());
    if (answer.trimmed() != "chosen")
        qFatal("the console says \"%s\"", answer.constData());
}

QByteArray DayVisitor::ask(const QByteArray &question)
{
    m_console.write(question + '\n');
    QEventLoop loop;
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    QObject::connect(&m_console, &QProcess::readyReadStandardOutput, &loop, [this, &loop] {
        if (m_console.canReadLine())
            loop.quit();
    });
    QObject::connect(&m_console, &QProcess::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return m_console.readLine();
}

DayMeasure DayVisitor::measure()
{
    DayMeasure measure = DayMeasure::parse(ask("measure"));
    measure.cpu = cpuTime(m_console.processId());
    return measure;
}

ObjectCounts DayVisitor::objects()
{
    return parseObjects(ask("objects"));
}

} // namespace Treewarden
