// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/menuentries.h"

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

void collect(const QMenu &menu, const QString &way, bool isNested, QList<MenuEntry> &entries)
{
    const QString title = plainTitle(menu.title());
    for (QAction *action : menu.actions()) {
        if (action->isSeparator() || !action->isVisible() || action->text().isEmpty())
            continue;
        const QString here = way + u'/' + plainTitle(action->text());
        if (action->menu())
            collect(*action->menu(), here, true, entries);
        else
            entries.append({action, plainTitle(action->text()), title, isNested,
                            action->objectName().isEmpty() ? here : action->objectName()});
    }
}

} // namespace

QList<MenuEntry> menuEntries(const QMenuBar &bar)
{
    QList<MenuEntry> entries;
    for (const QAction *action : bar.actions()) {
        if (action->menu() && action->isVisible())
            collect(*action->menu(), plainTitle(action->text()), false, entries);
    }
    return entries;
}

QString plainTitle(const QString &text)
{
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'(' && text.mid(i, 2) == u"(&" && text.mid(i + 3, 1) == u")") {
            i += 3; // "文件(&F)": the letter says nothing without its mark
            continue;
        }
        if (text[i] == u'&' && ++i == text.size())
            break;
        plain += text[i];
    }
    return plain.section(u'\t', 0, 0).trimmed();
}

QString shortcutText(const QAction &action)
{
    QStringList keys;
    for (const QKeySequence &key : action.shortcuts())
        keys << key.toString(QKeySequence::NativeText);
    const QString also = action.property("alsoKey").toString();
    if (!also.isEmpty())
        keys << also;
    return keys.join(QCoreApplication::translate("MenuEntries", " or ", "between two keys"));
}

} // namespace Treewarden
