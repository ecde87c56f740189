// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/textformat.h"

#include <QChar>
#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

bool isUnsafe(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

bool isPlain(QChar c)
{
    return c.unicode() >= 0x20 && c.unicode() < 0x7f;
}

} // namespace

QString oneLine(QStringView text, qsizetype maximum)
{
    // What nearly all texts are; the agent's rounds make many.
    if (text.size() <= maximum && std::all_of(text.begin(), text.end(), isPlain))
        return text.toString();
    QString shown;
    shown.reserve(qMin(text.size(), maximum));
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (QChar::isHighSurrogate(c) && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        const QString piece
            = isUnsafe(c) ? u"\\u{%1}"_s.arg(uint(c), 0, 16) : QString::fromUcs4(&c, 1);
        if (shown.size() + piece.size() > maximum)
            return shown + u'…';
        shown += piece;
    }
    return shown;
}

QString formatBytes(qint64 bytes)
{
    static const QStringList units{u"B"_s, u"KiB"_s, u"MiB"_s, u"GiB"_s, u"TiB"_s, u"PiB"_s};
    double value = double(bytes);
    qsizetype unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    const bool isWhole = unit == 0 || value >= 100 || value == double(qint64(value));
    return QString::number(value, 'f', isWhole ? 0 : 1) + u' ' + units[unit];
}

QString formatDuration(qint64 milliseconds)
{
    const qint64 seconds = qMax(milliseconds, qint64{0}) / 1000;
    const qint64 minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
    if (seconds < 60)
        return QCoreApplication::translate("Duration", "%1 s").arg(seconds);
    if (minutes < 60)
        return QCoreApplication::translate("Duration", "%1 min").arg(minutes);
    if (hours < 24 && minutes % 60 == 0)
        return QCoreApplication::translate("Duration", "%1 h").arg(hours);
    if (hours < 24)
        return QCoreApplication::translate("Duration", "%1 h %2 min").arg(hours).arg(minutes % 60);
    if (days < 10 && hours % 24 != 0)
        return QCoreApplication::translate("Duration", "%1 d %2 h").arg(days).arg(hours % 24);
    return QCoreApplication::translate("Duration", "%1 d").arg(days);
}

} // namespace Treewarden
