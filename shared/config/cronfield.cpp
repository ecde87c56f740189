// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/cronfield.h"

#include "shared/config/configtext.h"
#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Digits only; nothing for anything else. What is too long is out of every range.
std::optional<int> smallNumber(const QString &text)
{
    const bool isNumber = !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isNumber)
        return std::nullopt;
    return text.size() > 4 ? 9999 : text.toInt();
}

/// Reads the parts of one field.
class CronFieldReader
{
public:
    CronFieldReader(const QString &text, const CronFieldKind &kind)
        : m_text(text)
        , m_kind(kind)
        , m_isWeekday(kind.most == 6)
    {
    }

    Result<CronField> read()
    {
        CronField field{0, m_text.startsWith(u'*')};
        for (const QString &part : m_text.split(u',')) {
            const auto values = readPart(part);
            if (!values)
                return values.error();
            field.values |= *values;
        }
        return field;
    }

private:
    Error wrong(const QString &why) const
    {
        return {ConfigText::tr("%1 '%2': %3").arg(m_kind.name, oneLine(m_text, 60), why)};
    }

    /// The highest number that may be written: 7 stands for Sunday, too.
    int highest() const { return m_isWeekday ? 7 : m_kind.most; }

    Result<quint64> readPart(const QString &part) const
    {
        const QString range = part.section(u'/', 0, 0);
        const auto bounds = readRange(range);
        if (!bounds)
            return bounds.error();
        int step = 1;
        if (part.contains(u'/')) {
            const auto read = readStep(part.section(u'/', 1), range);
            if (!read)
                return read.error();
            step = *read;
        }
        quint64 values = 0;
        for (int value = bounds->first; value <= bounds->second; value += step)
            values |= quint64{1} << (m_isWeekday ? value % 7 : value);
        return values;
    }

    Result<std::pair<int, int>> readRange(const QString &range) const
    {
        if (range == u"*"_s)
            return std::pair(m_kind.least, m_kind.most);
        const auto first = readValue(range.section(u'-', 0, 0));
        if (!first)
            return first.error();
        if (!range.contains(u'-'))
            return std::pair(*first, *first);
        auto last = readValue(range.section(u'-', 1));
        if (!last)
            return last.error();
        if (m_isWeekday && *last == 0 && *first > 0)
            last = 7; // fri-sun
        if (*first > *last) {
            return wrong(ConfigText::tr("the range %1 begins after its end; write it as two, "
                                        "such as %2-%3,%4-%5")
                             .arg(oneLine(range, 20))
                             .arg(*first)
                             .arg(m_kind.most)
                             .arg(m_kind.least)
                             .arg(*last));
        }
        return std::pair(*first, *last);
    }

    Result<int> readStep(const QString &text, const QString &range) const
    {
        if (range != u"*"_s && !range.contains(u'-')) {
            return wrong(ConfigText::tr("a step needs a range; write %1-%2/%3")
                             .arg(oneLine(range, 20))
                             .arg(m_kind.most)
                             .arg(oneLine(text, 20)));
        }
        const int step = smallNumber(text).value_or(0), most = m_kind.most - m_kind.least + 1;
        if (step < 1 || step > most)
            return wrong(
                ConfigText::tr("the step after / must be a number from 1 to %1").arg(most));
        return step;
    }

    Result<int> readValue(const QString &text) const
    {
        if (const auto number = smallNumber(text)) {
            if (*number >= m_kind.least && *number <= highest())
                return *number;
            return wrong(ConfigText::tr("%1 is out of range; write %2 to %3")
                             .arg(oneLine(text, 20))
                             .arg(m_kind.least)
                             .arg(highest()));
        }
        const qsizetype word = m_kind.words.indexOf(text.toLower());
        if (word >= 0)
            return m_kind.least + int(word);
        const QString example = m_kind.words.isEmpty()
            ? QString()
            : ConfigText::tr(" or a name such as %1").arg(m_kind.words.last());
        return wrong(ConfigText::tr("'%1' is not understood; write *, a number from %2 to %3%4, a "
                                    "range a-b, a step */n, or a list of them")
                         .arg(oneLine(text, 20))
                         .arg(m_kind.least)
                         .arg(highest())
                         .arg(example));
    }

    const QString &m_text;
    const CronFieldKind &m_kind;
    bool m_isWeekday;
};

} // namespace

Result<CronField> parseCronField(const QString &text, const CronFieldKind &kind)
{
    return CronFieldReader(text, kind).read();
}

} // namespace Treewarden
