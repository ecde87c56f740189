// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/loadingbar.h"

#include "console/models/fleetsource.h"
#include "console/views/theme.h"

#include <QEvent>
#include <QPainter>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr int barHeight = 3;

} // namespace

LoadingBar::LoadingBar(FleetSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Loading the fleet"));
    hide();
    parent->installEventFilter(this);
    m_patience.setSingleShot(true);
    m_patience.setInterval(300ms);
    m_move.setInterval(33ms);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        show();
        raise();
        m_move.start();
    });
    connect(&m_move, &QTimer::timeout, this, [this] {
        m_at = (m_at + 17) % 1000;
        raise();
        update();
    });
    connect(&source, &FleetSource::liveChanged, this, &LoadingBar::follow);
    connect(&source, &FleetSource::reset, this, &LoadingBar::follow);
    follow();
}

/// Without a trouble: then the banner speaks.
bool LoadingBar::isLoading() const
{
    return !m_source.address().isEmpty() && !m_source.hasState() && m_source.trouble().isEmpty();
}

void LoadingBar::follow()
{
    if (isLoading() == (m_patience.isActive() || isVisibleTo(parentWidget())))
        return;
    if (isLoading()) {
        m_patience.start();
        return;
    }
    m_patience.stop();
    m_move.stop();
    hide();
}

bool LoadingBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show)
        setGeometry(0, 0, parentWidget()->width(), barHeight);
    else if (event->type() == QEvent::ChildAdded && isVisible())
        raise();
    return QWidget::eventFilter(watched, event);
}

void LoadingBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.line);
    const int length = width() / 4;
    painter.fillRect(m_at * (width() + length) / 1000 - length, 0, length, height(), theme.accent);
}

} // namespace Treewarden
