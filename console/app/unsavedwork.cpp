// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/unsavedwork.h"

#include "console/models/fleettext.h"
#include "console/models/site.h"
#include "console/views/leavequestion.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNamed = 3, mostLines = 12;

/// The file's texts under one heading for translators.
struct WorkText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::UnsavedWork)
};

QString treeLine(const TreeEdit &edit)
{
    const QString id = oneLine(edit.id(), 40);
    if (edit.isNew())
        return WorkText::tr("the new service tree %1").arg(id);
    const auto changes = edit.changes().size();
    return changes == 1 ? WorkText::tr("1 change of the service tree %1").arg(id)
                        : WorkText::tr("%1 changes of the service tree %2").arg(changes).arg(id);
}

QString configLine(Site &site, const QStringList &ips)
{
    QStringList names;
    for (const QString &ip : ips.mid(0, mostNamed))
        names << oneLine(serverText(site.live().state(), ip), 40);
    if (ips.size() > mostNamed)
        names << WorkText::tr("%1 more").arg(ips.size() - mostNamed);
    return WorkText::tr("changed configurations: %1").arg(names.join(u", "_s));
}

} // namespace

QStringList unsavedWork(Site &site)
{
    QStringList lines;
    ActionCentre &actions = site.actions();
    if (actions.treeEdit().isChanged())
        lines << treeLine(actions.treeEdit());
    if (const QStringList ips = actions.drafts().unsaved(); !ips.isEmpty())
        lines << configLine(site, ips);
    if (actions.desk().rolling().isRunning)
        lines << WorkText::tr("a rolling action: what is under way is finished, the rest is not "
                              "begun");
    return lines;
}

QString lossOf(Site &site)
{
    TreeEdit &tree = site.actions().treeEdit();
    if (tree.isChanged())
        return WorkText::tr("Its service tree %1 has changes that are not saved: they are lost "
                            "with it.")
            .arg(oneLine(tree.id(), 40));
    if (!site.actions().drafts().unsaved().isEmpty())
        return WorkText::tr("Some of its configurations have changes that are not saved: they "
                            "are lost with it.");
    return {};
}

void dropUnsavedWork(Site &site)
{
    site.actions().treeEdit().end();
    site.actions().drafts().revertAll();
}

void askToLoseWork(QWidget *parent, const QList<Site *> &sites, const std::function<void()> &agreed)
{
    QStringList lines;
    for (Site *site : sites) {
        for (const QString &line : unsavedWork(*site))
            lines << WorkText::tr("%1: %2", "a site, what is not saved there")
                         .arg(site->name(), line);
    }
    if (const qsizetype more = lines.size() - mostLines; more > 0)
        lines = lines.mid(0, mostLines) << WorkText::tr("%1 more").arg(more);
    askToRemove(parent, WorkText::tr("Close Treewarden and lose what is not saved?"),
                lines.join(u'\n'), WorkText::tr("Close and lose it"), agreed);
}

} // namespace Treewarden
