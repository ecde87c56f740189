// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <functional>

class QWidget;

namespace Treewarden {

class Site;

/// What is not saved or not finished on a site and would go with the program, a line each.
QStringList unsavedWork(Site &site);

/// What goes with a site that is removed, a sentence; empty: nothing.
QString lossOf(Site &site);

/// Gives it up. A rolling action ends with the program.
void dropUnsavedWork(Site &site);

/// Asks once about several sites, naming what each would lose; `agreed` is called when all of it
/// may be lost.
void askToLoseWork(QWidget *parent, const QList<Site *> &sites,
                   const std::function<void()> &agreed);

} // namespace Treewarden
