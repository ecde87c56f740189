// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/consoleapp.h"

#include "console/views/mainwindow.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"

#include <QApplication>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<QSettings> openPreferences(const QString &file)
{
    if (!file.isEmpty())
        return std::make_unique<QSettings>(file, QSettings::IniFormat);
    return std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, u"treewarden"_s,
                                       u"console"_s);
}

} // namespace

ConsoleApp::ConsoleApp(const QString &preferencesFile)
    : m_settings(openPreferences(preferencesFile))
    , m_preferences(*m_settings)
{
}

ConsoleApp::~ConsoleApp() = default;

Result<void> ConsoleApp::start(const ProgramOptions &options)
{
    const Result<RedisUrl> url = RedisUrl::fromSettings(options.settings());
    if (!url)
        return url.error();
    applyTheme();
    m_window = std::make_unique<MainWindow>(m_source, m_preferences);
    m_source.watch(*url);
    m_window->show();
    return {};
}

void ConsoleApp::applyTheme()
{
    const QString choice = m_preferences.text(Preference::Theme);
    const bool isDark = choice == u"dark"
        || (choice == u"system" && qApp->palette().color(QPalette::Window).lightness() < 128);
    QApplication::setStyle(new ThemeStyle);
    QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
    QApplication::setFont(uiFont());
}

} // namespace Treewarden
