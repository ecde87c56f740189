// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/consoleday/dayrecord.h"

#include <QFile>

#include <cstdio>
#include <unistd.h>

namespace Treewarden {
using namespace Qt::StringLiterals;

DayMeasure DayMeasure::parse(const QByteArray &line)
{
    const QList<QByteArray> words = line.trimmed().split(' ');
    if (words.size() != 6)
        qFatal("the console answers \"%s\"", line.constData());
    DayMeasure measure;
    qsizetype place = 0;
    for (qint64 *value : {&measure.resident, &measure.heap, &measure.objects, &measure.events,
                          &measure.archived, &measure.commands})
        *value = words[place++].toLongLong();
    return measure;
}

void DayMeasure::printHead()
{
    std::printf(" hour  RSS KiB heap KiB objects events archive commands  CPU s changes\n");
}

void DayMeasure::print() const
{
    std::printf("%5.1f %8lld %8lld %7lld %6lld %7lld %8lld %6.1f %7d\n", hour, (long long)resident,
                (long long)heap, (long long)objects, (long long)events, (long long)archived,
                (long long)commands, cpu, changes);
    std::fflush(stdout);
}

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

double rise(const QList<DayMeasure> &measures, qint64 DayMeasure::*what)
{
    if (measures.size() < 2)
        return 0;
    double hours = 0, values = 0, products = 0, squares = 0;
    for (const DayMeasure &measure : measures) {
        hours += measure.hour;
        values += double(measure.*what);
    }
    hours /= double(measures.size());
    values /= double(measures.size());
    for (const DayMeasure &measure : measures) {
        products += (measure.hour - hours) * (double(measure.*what) - values);
        squares += (measure.hour - hours) * (measure.hour - hours);
    }
    return products / squares * (measures.last().hour - measures.first().hour);
}

ObjectCounts parseObjects(const QByteArray &line)
{
    ObjectCounts counts;
    for (const QByteArray &word : line.trimmed().split(' '))
        counts[word.left(word.lastIndexOf('='))] = word.mid(word.lastIndexOf('=') + 1).toInt();
    return counts;
}

void printGrown(const ObjectCounts &before, const ObjectCounts &after)
{
    std::printf("more objects than after settling:");
    bool isAny = false;
    for (auto it = after.cbegin(); it != after.cend(); ++it) {
        if (const int more = it.value() - before.value(it.key()); more > 0) {
            std::printf(" %s +%d", it.key().constData(), more);
            isAny = true;
        }
    }
    std::printf(isAny ? "\n" : " none\n");
}

} // namespace Treewarden
