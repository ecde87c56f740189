// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/consoleapp.h"

#include "console/dialogs/notificationsdialog.h"
#include "console/dialogs/windowtools.h"
#include "console/models/examplesource.h"
#include "console/views/mainwindow.h"

#include <QApplication>
#include <QFileInfo>
#include <QSystemTrayIcon>

#include <malloc.h>

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

const QString exampleSite = u"example"_s; ///< its id

} // namespace

ConsoleApp::ConsoleApp(const QString &preferencesFile, std::unique_ptr<Passwords> passwords)
    : m_settings(openPreferences(preferencesFile))
    , m_preferences(*m_settings)
    , m_book(*m_settings)
    , m_passwords(passwords ? std::move(passwords)
                            : systemPasswords(QFileInfo(m_settings->fileName()).path()))
    , m_saver(m_book, *m_passwords)
    , m_keeper(m_book, *m_passwords, m_sites)
    , m_appearance(m_preferences)
    , m_windows(m_sites, m_saver, m_preferences)
    , m_asker(m_windows.frame())
    , m_teller(m_sites, m_preferences,
               [this](const QString &site) {
                   return frame().isActiveWindow() && !frame().isMinimized() && m_sites.current()
                       && m_sites.current()->id() == site;
               })
    , m_tray(m_sites, m_teller, m_preferences)
{
    connectParts();
    connectNotices();
}

ConsoleApp::~ConsoleApp() = default;

/// Every message of more than 1 KiB makes glibc join all small pieces that were freed and not yet
/// joined. Joining them as they are freed costs an eighth less.
void ConsoleApp::tuneMemory()
{
#ifdef __GLIBC__
    mallopt(M_MXFAST, 0);
#endif
}

void ConsoleApp::connectParts()
{
    connect(&m_saver, &SiteSaver::saved, &m_keeper, &SiteKeeper::follow);
    connect(&m_keeper, &SiteKeeper::passwordWanted, &m_asker, &PasswordAsker::ask);
    connect(&m_asker, &PasswordAsker::told, &m_keeper, &SiteKeeper::tellPassword);
    connect(&m_windows, &WindowKeeper::exampleRequested, this, &ConsoleApp::showExample,
            Qt::QueuedConnection);
    connect(&m_windows, &WindowKeeper::exampleLeft, this, &ConsoleApp::leaveExample);
    connect(&m_windows, &WindowKeeper::notificationsRequested, this,
            &ConsoleApp::setUpNotifications);
    connect(&m_windows, &WindowKeeper::built, this, &ConsoleApp::equip);
    connect(&m_windows, &WindowKeeper::siteShown, this,
            [this](Site &site) { m_sharing.offer(site.live()); });
    m_appearance.follow(frame());
    connect(&m_appearance, &Appearance::languageChanged, &m_windows, &WindowKeeper::rebuild);
}

/// By the desktop's service, else by the tray, else by the window's entry in the task bar.
void ConsoleApp::connectNotices()
{
    connect(&m_teller, &ProblemTeller::toTell, &m_notifier, &DesktopNotifier::show);
    connect(&m_notifier, &DesktopNotifier::chosen, &m_windows,
            [this](const ProblemNotice &notice) { m_windows.show(notice.site, notice.ip); });
    connect(&m_notifier, &DesktopNotifier::undelivered, this, [this](const ProblemNotice &notice) {
        m_tray.showMessage(notice);
        QApplication::alert(&frame());
    });
    connect(&m_tray, &TrayKeeper::openRequested, &frame(), &ConsoleFrame::bringToFront);
    connect(&m_tray, &TrayKeeper::problemChosen, &m_windows, &WindowKeeper::show);
    connect(&m_tray, &TrayKeeper::quitRequested, &m_windows, &WindowKeeper::quit);
    connect(&m_windows, &WindowKeeper::wentToTray, &m_tray, &TrayKeeper::sayThatItGoesOn);
    m_windows.setTray([this] { return m_tray.keepsProgram(); });
}

/// What the window has beside its pages.
void ConsoleApp::equip(MainWindow &window, Site &site)
{
    auto *tools = new WindowTools(site.source(), &site.actions(), m_preferences, window);
    tools->addSharing(m_sharing);
}

void ConsoleApp::setUpNotifications()
{
    auto *dialog = new NotificationsDialog(m_preferences, QSystemTrayIcon::isSystemTrayAvailable(),
                                           m_teller.quietUntil(), &frame());
    connect(dialog, &NotificationsDialog::quietRequested, &m_teller,
            &ProblemTeller::setQuietForAnHour);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ConsoleApp::showExample()
{
    m_sites.add(std::make_unique<Site>(exampleSite, tr("Example"),
                                       std::make_unique<ExampleSource>(),
                                       std::make_unique<ExampleDesk>()));
}

void ConsoleApp::leaveExample()
{
    m_sites.remove(exampleSite);
}

Result<void> ConsoleApp::start(const ProgramOptions &options)
{
    const bool isNamed = isRedisNamed(options);
    const Result<RedisUrl> url = RedisUrl::fromSettings(options.settings());
    if (!url && isNamed)
        return url.error();
    m_appearance.apply();
    if (isNamed)
        m_keeper.watchForNow(*url);
    else
        m_keeper.follow();
    if (m_sites.sites().empty())
        m_windows.rebuild();
    frame().show();
    return {};
}

} // namespace Treewarden
