// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <utility>

namespace Treewarden {

class MainWindow;

/// The windows of the sites that were left last, hidden, so that whoever comes back finds them at
/// once and as they were. A few: each follows its fleet.
class KeptWindows
{
public:
    static constexpr qsizetype mostWindows = 3;

    /// What is one too many is deleted later.
    void keep(const QString &site, MainWindow *window);
    /// No longer kept; nullptr when there is none of this site.
    MainWindow *take(const QString &site);
    void drop(const QString &site);
    void clear();

private:
    QList<std::pair<QString, MainWindow *>> m_windows; ///< the one left last comes first
};

/// Later, for it may be what asks for another; until then it says nothing any more.
void deleteWindow(MainWindow *window);

} // namespace Treewarden
