// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/loadingline.h"

#include "console/views/theme.h"

#include <QPainter>

namespace Treewarden {
using namespace std::chrono_literals;

LoadingLine::LoadingLine(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(2);
    setAccessibleName(tr("Loading"));
    m_patience.setSingleShot(true);
    m_patience.setInterval(300ms);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_isShown = m_isLoading;
        update();
    });
}

void LoadingLine::setProgress(bool isLoading, double progress)
{
    m_progress = qBound(0., progress, 1.);
    if (isLoading != m_isLoading) {
        m_isLoading = isLoading;
        m_isShown = false;
        isLoading ? m_patience.start() : m_patience.stop();
    }
    setAccessibleDescription(m_isShown ? tr("%1 %").arg(qRound(100 * m_progress)) : QString());
    update();
}

void LoadingLine::paintEvent(QPaintEvent *)
{
    if (!m_isShown)
        return;
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.line);
    painter.fillRect(0, 0, qMax(24, int(m_progress * width())), height(), theme.accent);
}

} // namespace Treewarden
