// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/traykeeper.h"

#include "console/app/problemteller.h"
#include "console/models/sitelist.h"
#include "console/models/traytext.h"
#include "console/views/stateicon.h"

#include <QPainter>
#include <QSystemTrayIcon>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostInMenu = 10;

const QString staleShape = u"stale"_s;

/// The word of the state; empty: the program's own icon.
QString shapeOf(const SiteList &sites)
{
    const SiteTally total = sites.total();
    if (total.problems > 0)
        return healthWord(total.worst);
    return sites.sites().empty() || total.isLive ? QString() : staleShape;
}

QString programDrawing(int size)
{
    return u":/icons/treewarden-%1.png"_s.arg(size <= 16 ? 16 : size <= 32 ? 32 : 128);
}

/// A panel may be light or dark, and nobody tells which: outlines get their own ground.
QPixmap onPlate(const QPixmap &shape, int size)
{
    QPixmap plate(size, size);
    plate.fill(Qt::transparent);
    QPainter painter(&plate);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(lightTheme().surface);
    painter.drawRoundedRect(plate.rect(), size / 6.0, size / 6.0);
    painter.drawPixmap((size - shape.width()) / 2, (size - shape.height()) / 2, shape);
    return plate;
}

QString menuText(QString text)
{
    return text.replace(u'&', u"&&"_s);
}

} // namespace

QIcon trayIcon(const SiteList &sites)
{
    const QString shape = shapeOf(sites);
    const Health worst = sites.total().worst;
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48}) {
        if (shape.isEmpty())
            icon.addFile(programDrawing(size), QSize(size, size));
        else if (shape == staleShape)
            icon.addPixmap(onPlate(stalePixmap(size * 3 / 4, 1, lightTheme()), size));
        else if (worst == Health::Died)
            icon.addPixmap(statePixmap(worst, size, 1, lightTheme())); // fills its place
        else
            icon.addPixmap(onPlate(statePixmap(worst, size * 3 / 4, 1, lightTheme()), size));
    }
    return icon;
}

TrayKeeper::TrayKeeper(SiteList &sites, ProblemTeller &teller, Preferences &preferences)
    : m_sites(sites)
    , m_teller(teller)
    , m_preferences(preferences)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(500ms);
    connect(&m_soon, &QTimer::timeout, this, &TrayKeeper::showState);
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&sites, &SiteList::siteChanged, this, soon);
    connect(&sites, &SiteList::siteCounted, this, soon);
    connect(&sites, &SiteList::changed, this, soon);
    connect(&teller, &ProblemTeller::quietChanged, this, soon);
    connect(&preferences, &Preferences::changed, this, [this, soon] {
        applyPreferences();
        soon();
    });
    connect(&m_retry, &QTimer::timeout, this, &TrayKeeper::applyPreferences);
    m_retry.start(30s);
    applyPreferences();
    showState();
}

TrayKeeper::~TrayKeeper() = default;

void TrayKeeper::applyPreferences()
{
    const bool isWanted
        = m_preferences.isOn(Preference::TrayIcon) && QSystemTrayIcon::isSystemTrayAvailable();
    if (isWanted == isShown())
        return;
    m_icon.reset();
    if (!isWanted)
        return;
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setContextMenu(&m_menu);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                    Q_EMIT openRequested();
            });
    showState();
    m_icon->show();
}

bool TrayKeeper::keepsProgram() const
{
    return isShown() && m_preferences.isOn(Preference::CloseToTray);
}

void TrayKeeper::showState()
{
    rebuildMenu();
    if (!m_icon)
        return;
    // Every setting goes to the desktop, with all pictures.
    if (const QString shape = shapeOf(m_sites); m_icon->icon().isNull() || shape != m_shape) {
        m_shape = shape;
        m_icon->setIcon(trayIcon(m_sites));
    }
    if (const QString text = trayToolTip(m_sites); text != m_icon->toolTip())
        m_icon->setToolTip(text);
}

void TrayKeeper::rebuildMenu()
{
    if (m_menu.isVisible())
        return; // nothing moves under the mouse
    m_menu.clear();
    m_menu.addAction(tr("&Open Treewarden"), this, &TrayKeeper::openRequested);
    m_menu.addSeparator();
    const QList<TrayLine> lines = trayProblems(m_sites, mostInMenu);
    for (const TrayLine &line : lines) {
        const QIcon shape(statePixmap(line.health, 16, 1, themeOf(&m_menu)));
        m_menu.addAction(shape, menuText(line.text), this,
                         [this, line] { Q_EMIT problemChosen(line.site, line.ip); });
    }
    if (lines.isEmpty())
        m_menu.addAction(tr("No problem"))->setEnabled(false);
    m_menu.addSeparator();
    QAction *quiet = m_menu.addAction(tr("Quiet for 1 h"));
    quiet->setCheckable(true);
    quiet->setChecked(m_teller.quietUntil() > 0);
    connect(quiet, &QAction::triggered, &m_teller, &ProblemTeller::setQuietForAnHour);
    m_menu.addSeparator();
    m_menu.addAction(tr("&Quit"), this, &TrayKeeper::quitRequested);
}

void TrayKeeper::sayThatItGoesOn()
{
    if (!m_icon || m_preferences.text(Preference::TraySaid) == u"yes")
        return;
    m_preferences.setValue(Preference::TraySaid, u"yes"_s);
    m_icon->showMessage(tr("Treewarden goes on watching"),
                        tr("Its window is closed, the icon in the tray opens it again. Quit ends "
                           "it."));
}

void TrayKeeper::showMessage(const ProblemNotice &notice)
{
    if (m_icon)
        m_icon->showMessage(notice.title, notice.text, trayIcon(m_sites));
}

} // namespace Treewarden
