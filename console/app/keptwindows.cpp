// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/keptwindows.h"

#include "console/views/mainwindow.h"

#include <algorithm>

namespace Treewarden {

void deleteWindow(MainWindow *window)
{
    if (!window)
        return;
    window->hide();
    window->disconnect();
    window->deleteLater();
}

void KeptWindows::keep(const QString &site, MainWindow *window)
{
    drop(site);
    m_windows.prepend({site, window});
    while (m_windows.size() > mostWindows)
        deleteWindow(m_windows.takeLast().second);
}

MainWindow *KeptWindows::take(const QString &site)
{
    const auto found = std::find_if(m_windows.begin(), m_windows.end(),
                                    [&](const auto &kept) { return kept.first == site; });
    if (found == m_windows.end())
        return nullptr;
    MainWindow *window = found->second;
    m_windows.erase(found);
    return window;
}

void KeptWindows::drop(const QString &site)
{
    if (MainWindow *window = take(site))
        deleteWindow(window);
}

void KeptWindows::clear()
{
    while (!m_windows.isEmpty())
        deleteWindow(m_windows.takeLast().second);
}

} // namespace Treewarden
