// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/workloadpairs.h"

#include "shared/core/textformat.h"

#include <QLocale>

#include <cmath>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int deepestPair = 3;

QString pairValue(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"1"_s : u"0"_s;
    if (value.isString())
        return oneLine(value.toString(), 60);
    const double number = value.toDouble();
    const bool isWhole = std::nearbyint(number) == number;
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(number, 'f', isWhole ? 0 : 2);
}

void collect(const QString &path, const QJsonObject &object, int depth, qsizetype maximum,
             QStringList *pairs)
{
    for (auto it = object.begin(); it != object.end() && pairs->size() < maximum; ++it) {
        const QString name = path + oneLine(it.key(), 60);
        if (it->isObject() && depth < deepestPair)
            collect(name + u'.', it->toObject(), depth + 1, maximum, pairs);
        else if (it->isDouble() || it->isString() || it->isBool())
            *pairs << name + u' ' + pairValue(*it);
    }
}

} // namespace

QStringList workloadPairs(const QJsonObject &workload, qsizetype maximum)
{
    QStringList pairs;
    collect({}, workload, 1, maximum, &pairs);
    return pairs;
}

} // namespace Treewarden
