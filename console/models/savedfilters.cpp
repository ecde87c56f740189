// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/savedfilters.h"

#include "shared/core/textformat.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace Treewarden {

namespace {

constexpr int longestFilter = 500;

} // namespace

QString savedFiltersText(const QList<SavedFilter> &filters)
{
    QJsonArray list;
    for (const SavedFilter &saved : filters)
        list.append(QJsonArray{saved.name, saved.filter});
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

QList<SavedFilter> parseSavedFilters(const QString &text)
{
    QList<SavedFilter> filters;
    QSet<QString> names;
    const QJsonArray list = QJsonDocument::fromJson(text.left(100'000).toUtf8()).array();
    for (const QJsonValue &entry : list) {
        const SavedFilter saved{oneLine(entry[0].toString().trimmed(), SavedFilter::longestName),
                                entry[1].toString().trimmed().left(longestFilter)};
        if (saved.name.isEmpty() || saved.filter.isEmpty() || names.contains(saved.name)
            || filters.size() == SavedFilter::mostFilters)
            continue;
        names.insert(saved.name);
        filters << saved;
    }
    return filters;
}

} // namespace Treewarden
