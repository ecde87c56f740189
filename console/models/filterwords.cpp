// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/filterwords.h"

#include "shared/core/nearestname.h"
#include "shared/core/textformat.h"
#include "shared/fleet/fleetstate.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostCompletions = 12, mostTypos = 2;

const QStringList stateWords{u"alive"_s, u"degraded"_s, u"died"_s, u"unknown"_s, u"maintenance"_s};
const QStringList fieldKeys{u"role:"_s, u"paas:"_s, u"state:"_s, u"name:"_s, u"ip:"_s};
const QStringList numberKeys{u"cpu"_s, u"memory"_s, u"load"_s, u"disk"_s, u"services"_s};

/// The translation context of the sentences about a filter.
struct FilterText
{
    Q_DECLARE_TR_FUNCTIONS(FilterText)
};

/// All that may stand where a word begins.
QStringList firstWords()
{
    QStringList words{u"down"_s, u"up"_s};
    words += fieldKeys;
    for (const QString &key : numberKeys)
        words << key + (key == u"services" ? u"<"_s : u">"_s);
    return words + stateWords;
}

QString complaintAboutField(const QString &key, const QString &value)
{
    if (!fieldKeys.contains(key + u':')) {
        QStringList keys = fieldKeys;
        for (QString &known : keys)
            known.chop(1);
        const QString meant = nearestName(key, keys);
        // "fe80::1" begins like a key and is an address.
        return key.size() < 3 || editDistance(key, meant) > mostTypos
            ? QString()
            : FilterText::tr("There is no \"%1:\", it is looked for as text. Is \"%2:\" meant?")
                  .arg(oneLine(key, 30), meant);
    }
    const bool isState = key != u"state" || value.isEmpty()
        || std::any_of(stateWords.begin(), stateWords.end(),
                       [&value](const QString &state) {
                           return state.startsWith(value, Qt::CaseInsensitive);
                       })
        || value.front().unicode() > 127; // a state in the language of the program
    return isState
        ? QString()
        : FilterText::tr(
              "There is no state \"%1\": it is alive, degraded, died, unknown or maintenance.")
              .arg(oneLine(value, 30));
}

QString complaintAboutNumber(const QString &key, const QString &value)
{
    if (key != u"mem" && !numberKeys.contains(key))
        return FilterText::tr(
                   "There is no number \"%1\": compare cpu, memory, load, disk or services.")
            .arg(oneLine(key, 30));
    static const QRegularExpression number(
        QRegularExpression::anchoredPattern(u"(-?\\d+(\\.\\d*)?)?%?"_s));
    return number.match(value).hasMatch()
        ? QString()
        : FilterText::tr("\"%1\" is no number to compare %2 with: write a figure like 80 or 0.5.")
              .arg(oneLine(value, 30), key);
}

QString complaintAbout(const QString &word)
{
    static const QRegularExpression field(
        QRegularExpression::anchoredPattern(u"([A-Za-z]+):(.*)"_s));
    static const QRegularExpression comparison(
        QRegularExpression::anchoredPattern(u"([A-Za-z]+)(?:<=|>=|<|>|=)(.*)"_s));
    if (const auto match = field.match(word); match.hasMatch())
        return complaintAboutField(match.captured(1).toLower(), match.captured(2));
    if (const auto match = comparison.match(word); match.hasMatch())
        return complaintAboutNumber(match.captured(1).toLower(), match.captured(2));
    return {};
}

} // namespace

QStringList filterCompletions(const QString &word, const FilterNames &names)
{
    const QString sign = word.startsWith(u'-') ? u"-"_s : QString();
    const QString part = word.mid(sign.size());
    if (part.isEmpty())
        return {};
    const QString key = part.section(u':', 0, 0).toLower() + u':';
    QStringList candidates;
    if (!part.contains(u':'))
        candidates = firstWords();
    else if (key == u"role:" || key == u"paas:" || key == u"state:")
        for (const QString &name : key == u"role:" ? names.roles
                 : key == u"paas:"                 ? names.trees
                                                   : stateWords)
            candidates << key + name;
    QStringList fitting;
    for (const QString &candidate : std::as_const(candidates)) {
        if (candidate.compare(part, Qt::CaseInsensitive) == 0)
            return {};
        if (candidate.startsWith(part, Qt::CaseInsensitive) && fitting.size() < mostCompletions)
            fitting << sign + candidate;
    }
    return fitting;
}

QString filterComplaint(const QString &filter)
{
    static const QRegularExpression spaces(u"\\s+"_s);
    const QStringList words = filter.left(500).split(spaces, Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const QString complaint = complaintAbout(word.startsWith(u'-') ? word.mid(1) : word);
        if (!complaint.isEmpty())
            return complaint;
    }
    return {};
}

} // namespace Treewarden
