// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/grouptext.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace Treewarden {

namespace {

constexpr const char *groupTitles[] = {
    QT_TRANSLATE_NOOP("Group", "Load balancing / reverse proxy"),
    QT_TRANSLATE_NOOP("Group", "Web server"),
    QT_TRANSLATE_NOOP("Group", "Cache"),
    QT_TRANSLATE_NOOP("Group", "Data"),
    QT_TRANSLATE_NOOP("Group", "VFS"),
    QT_TRANSLATE_NOOP("Group", "RPC"),
    QT_TRANSLATE_NOOP("Group", "SCM"),
    QT_TRANSLATE_NOOP("Group", "Management"),
};

} // namespace

QString groupText(const QString &group)
{
    const auto known = std::ranges::find_if(
        groupTitles, [&](const char *title) { return group == QLatin1StringView(title); });
    return known == std::end(groupTitles) ? group : QCoreApplication::translate("Group", *known);
}

} // namespace Treewarden
