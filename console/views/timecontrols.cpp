// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/timecontrols.h"

#include "console/models/pasttext.h"
#include "console/models/timesource.h"
#include "console/views/momentpopup.h"
#include "console/views/pastbanner.h"
#include "console/views/timebar.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>

namespace Treewarden {
using namespace Qt::StringLiterals;

TimeControls::TimeControls(TimeSource &source, Preferences &preferences, QWidget *window)
    : QObject(window)
    , m_source(source)
    , m_window(window)
    , m_banner(new PastBanner(source, window))
    , m_bar(new TimeBar(source, preferences))
{
    window->installEventFilter(this);
    connect(m_banner, &PastBanner::problemsRequested, this, [this] {
        m_source.goLive();
        Q_EMIT problemsRequested();
    });
    connect(&source, &FleetSource::momentChanged, this, &TimeControls::refresh);
    connect(&source, &TimeSource::wantedChanged, this, &TimeControls::refresh);
    connect(&source, &TimeSource::playingChanged, this, &TimeControls::refresh);
    refresh();
}

void TimeControls::fillMenu(QMenu *menu)
{
    m_live = menu->addAction(tr("Return to &live"), &m_source, &TimeSource::goLive);
    m_live->setShortcut(QKeySequence(u"L"_s));
    menu->addSeparator();
    QAction *previous
        = menu->addAction(tr("&Previous event"), &m_source, [this] { m_source.stepEvent(false); });
    previous->setShortcut(QKeySequence(u","_s));
    QAction *next
        = menu->addAction(tr("&Next event"), &m_source, [this] { m_source.stepEvent(true); });
    next->setShortcut(QKeySequence(u"."_s));
    m_play = menu->addAction(QString(), m_bar, &TimeBar::togglePlay);
    menu->addMenu(m_bar->speedMenu());
    menu->addSeparator();
    QAction *ask = menu->addAction(tr("&Go to time…"), this, &TimeControls::askForMoment);
    ask->setShortcut(QKeySequence(u"Ctrl+G"_s));
    m_known
        = menu->addAction(tr("What is &known of this moment"), m_banner, &PastBanner::showDetails);
    menu->addMenu(m_bar->spanMenu());
    refresh();
}

void TimeControls::goTo(qint64 moment)
{
    m_source.pause();
    m_source.goTo(moment);
}

void TimeControls::askForMoment()
{
    if (!m_source.hasState())
        return;
    auto *popup = new MomentPopup(m_source.live().now(), m_source.now(), m_window);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    connect(popup, &MomentPopup::chosen, this, &TimeControls::goTo);
    popup->open();
}

void TimeControls::refresh()
{
    const qint64 wanted = m_source.wantedMoment();
    const QString program = tr("Treewarden");
    m_window->setWindowTitle(
        wanted > 0 ? tr("%1, the past - %2").arg(clockText(wanted, m_source.live().now()), program)
                   : program);
    if (!m_live)
        return;
    m_live->setEnabled(wanted > 0);
    m_known->setEnabled(m_source.isPast());
    m_play->setText(m_source.isPlaying() ? tr("P&ause")
                        : wanted > 0     ? tr("Pl&ay")
                                         : tr("&Hold this moment"));
}

bool TimeControls::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && m_source.isPast()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            m_bar->togglePlay();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Treewarden
