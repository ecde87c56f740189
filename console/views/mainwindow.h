// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/pacedwork.h"
#include "console/models/pagehistory.h"

#include <QMainWindow>
#include <QVariantMap>

#include <functional>

class QGridLayout;
class QMenu;

namespace Treewarden {

class ActionCentre;
class ActionMenu;
class ActionStrip;
struct ActionScope;
class FleetSource;
class OfflineBanner;
class Page;
class PageStack;
class Preferences;
enum class Preference;
class Sidebar;
class SiteList;
class StateBar;
struct WindowPlace;
class TimeControls;

/// The console's window: sidebar, pages, and at the bottom how the source stands. Pages are known
/// by a key; those with a title stand in the sidebar.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// Without `actions` it only shows; with a TimeSource it travels in time.
    MainWindow(FleetSource &source, Preferences &preferences, ActionCentre *actions = nullptr,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    /// `make` is called when the page is needed first.
    void addPage(const QString &key, const std::function<Page *()> &make, const QString &title = {},
                 const QString &iconName = {});
    /// Brings a page to the front and lets it open `what` (see Page::open).
    void showPage(const QString &key, const QString &what = {});
    QString currentPage() const;
    /// Through the pages that were shown before.
    void goBack();
    void goForward();

    const PageHistory &history() const { return m_history; }

    /// Puts the focus where work on the page in front begins: its list, else its first field.
    void focusPage();
    /// The name of the page's drawing; empty for one that does not stand in the sidebar.
    QString pageIcon(const QString &key) const;

    /// Makes it when it was never needed; nullptr for a key that is none.
    Page *page(const QString &key) const;
    /// Those that were needed.
    QList<Page *> pages() const;

    /// Lists these in the sidebar and in a menu; the one in front is the source's.
    void setSites(SiteList &sites);

    /// Where one is, and how the pages are divided: for the same window built anew.
    WindowPlace place() const;
    void setPlace(const WindowPlace &place);
    QVariantMap layouts() const; ///< by page
    void setLayouts(const QVariantMap &layouts);

    /// Stands over all pages, where the banner of a lost Redis would be.
    void setNotice(QWidget *notice);

    /// Shown instead of the pages while no Redis is configured.
    void setFirstStart(QWidget *widget);

    /// Whoever closes it has been asked about everything already.
    void askNoMore() { m_isCloseWarned = true; }

    /// What closes it once more when a question about closing is answered later.
    void setCloseAgain(const std::function<void()> &closeAgain) { m_closeAgain = closeAgain; }

    /// Says a sentence about an action, above the last line.
    void say(const QString &sentence);

Q_SIGNALS:
    void actionRequested(const QString &action, const Treewarden::ActionScope &target);
    void maintenanceRequested(const Treewarden::ActionScope &target);
    void configSaveRequested(const QStringList &ips);
    void enrolRequested(const QStringList &ips);
    void keyRequested();
    void connectionRequested();
    /// Another page came to the front, or the same one with something else.
    void pageShown(const QString &key);
    /// A page was needed for the first time; it is not shown yet.
    void pageMade(Treewarden::Page &page);
    void siteChosen(const QString &id);
    void layoutResetRequested();
    void notificationsRequested();
    void quitRequested();
    /// It agreed to be closed.
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void createPages();
    void connectPage(Page &page);
    void bringToFront(const PageHistory::Place &place);
    void createMenus();
    void addViewChoices(QMenu *view);
    void createActionMenu();
    void editConfiguration(const QStringList &ips);
    void showActionTarget();
    void addChoices(QMenu *menu, Preference preference,
                    const QList<std::pair<QString, QString>> &choices);
    void showAbout();
    void watchSource();
    void showLive();
    void countAgain();
    void showCounts();
    void showRunning();

    FleetSource &m_source;
    Preferences &m_preferences;
    ActionCentre *m_actions;
    Sidebar *m_sidebar;
    OfflineBanner *m_banner;
    PageStack *m_stack;
    StateBar *m_stateBar;
    ActionStrip *m_strip = nullptr;
    ActionMenu *m_actionMenu = nullptr;
    TimeControls *m_time = nullptr;
    QHash<QString, QString> m_pageIcons;
    PageHistory m_history;
    QGridLayout *m_grid;
    QWidget *m_firstStart = nullptr;
    std::function<void()> m_closeAgain = [this] { window()->close(); };
    bool m_isCloseWarned = false; ///< of what is lost or still runs, as it is now
    PacedWork m_counting;
};

} // namespace Treewarden
