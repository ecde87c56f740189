// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/consoleapp.h"

#include "console/dialogs/actionflow.h"
#include "console/dialogs/configflow.h"
#include "console/dialogs/connectiondialog.h"
#include "console/dialogs/firststart.h"
#include "console/views/mainwindow.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/core/translation.h"

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

/// The Redis was named by somebody, not merely the last default of all programs.
bool isRedisNamed(const ProgramOptions &options)
{
    return options.settings().redisUrl != Settings().redisUrl || options.parser().isSet(u"redis"_s)
        || options.settings().values.contains(u"redis/url"_s)
        || qEnvironmentVariableIsSet("TREEWARDEN_REDIS");
}

Result<RedisUrl> rememberedUrl(const Preferences &preferences)
{
    Result<RedisUrl> parsed = RedisUrl::parse(preferences.text(Preference::RedisAddress));
    if (!parsed)
        return parsed;
    parsed->user = preferences.text(Preference::RedisUser);
    parsed->caFile = preferences.text(Preference::CaFile);
    parsed->certificateFile = preferences.text(Preference::CertificateFile);
    parsed->keyFile = preferences.text(Preference::KeyFile);
    return parsed;
}

} // namespace

ConsoleApp::ConsoleApp(const QString &preferencesFile)
    : m_settings(openPreferences(preferencesFile))
    , m_preferences(*m_settings)
    , m_desk(m_source)
    , m_actions(m_source, m_desk)
    , m_systemPalette(QApplication::palette())
{
    // Queued: a menu of the window that may be built anew is what changes them.
    connect(&m_preferences, &Preferences::changed, this, &ConsoleApp::react, Qt::QueuedConnection);
}

ConsoleApp::~ConsoleApp() = default;

Result<void> ConsoleApp::start(const ProgramOptions &options)
{
    const bool isNamed = isRedisNamed(options);
    const bool isRemembered = !m_preferences.text(Preference::RedisAddress).isEmpty();
    const Result<RedisUrl> url = isNamed || !isRemembered
        ? RedisUrl::fromSettings(options.settings())
        : rememberedUrl(m_preferences);
    if (!url && isNamed)
        return url.error();
    applyTheme();
    applyLanguage();
    const bool isFirstStart = !isNamed && (!isRemembered || !url);
    buildWindow();
    if (!isFirstStart)
        watch(*url);
    return {};
}

void ConsoleApp::buildWindow()
{
    if (m_window)
        m_window->close(); // remembers where it was and what it showed
    m_window = std::make_unique<MainWindow>(m_source, m_preferences, &m_actions);
    connect(m_window.get(), &MainWindow::connectionRequested, this, &ConsoleApp::askForConnection);
    connectActions();
    if (m_source.address().isEmpty()) {
        auto *firstStart = new FirstStart(m_preferences);
        connect(firstStart, &FirstStart::chosen, this, &ConsoleApp::watch, Qt::QueuedConnection);
        m_window->setFirstStart(firstStart);
    }
    m_window->show();
}

/// What pages wish for goes through the questions, which live and die with the window.
void ConsoleApp::connectActions()
{
    auto *flow = new ActionFlow(m_actions, m_preferences, m_window.get());
    connect(m_window.get(), &MainWindow::actionRequested, flow, &ActionFlow::request);
    connect(m_window.get(), &MainWindow::maintenanceRequested, flow,
            &ActionFlow::requestMaintenance);
    connect(m_window.get(), &MainWindow::keyRequested, flow, &ActionFlow::chooseKey);
    connect(flow, &ActionFlow::said, m_window.get(), &MainWindow::say);
    auto *configFlow = new ConfigFlow(m_actions, m_preferences, m_window.get());
    connect(m_window.get(), &MainWindow::configSaveRequested, configFlow, &ConfigFlow::save);
    connect(m_window.get(), &MainWindow::enrolRequested, configFlow, &ConfigFlow::decide);
    connect(configFlow, &ConfigFlow::said, m_window.get(), &MainWindow::say);
}

void ConsoleApp::watch(const RedisUrl &url)
{
    m_source.watch(url);
    m_window->setFirstStart(nullptr);
}

void ConsoleApp::askForConnection()
{
    auto *dialog = new ConnectionDialog(m_preferences, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConnectionDialog::chosen, this, &ConsoleApp::watch);
    dialog->open();
}

void ConsoleApp::applyTheme()
{
    const QString choice = m_preferences.text(Preference::Theme);
    const bool isSystemDark = m_systemPalette.color(QPalette::Window).lightness() < 128;
    const bool isDark = choice == u"dark" || (choice != u"light" && isSystemDark);
    if (!qobject_cast<ThemeStyle *>(QApplication::style()))
        QApplication::setStyle(new ThemeStyle);
    QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
    QApplication::setFont(uiFont());
}

void ConsoleApp::applyLanguage()
{
    const QString choice = m_preferences.text(Preference::Language);
    useLanguage(choice == u"system" ? QString() : choice);
}

void ConsoleApp::react(Preference preference)
{
    if (preference == Preference::Theme)
        applyTheme();
    if (preference != Preference::Language)
        return;
    applyLanguage();
    const bool isQuittingOnClose = QApplication::quitOnLastWindowClosed();
    QApplication::setQuitOnLastWindowClosed(false);
    buildWindow();
    QApplication::setQuitOnLastWindowClosed(isQuittingOnClose);
}

} // namespace Treewarden
