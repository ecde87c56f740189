// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/console/paintwait.h"

#include <QTimer>
#include <QWidget>

namespace Treewarden {
using namespace std::chrono_literals;

PaintWait::PaintWait(const QList<QWidget *> &widgets)
{
    for (QWidget *widget : widgets)
        widget->installEventFilter(this);
}

void PaintWait::wait()
{
    if (m_isPainted)
        return;
    QTimer::singleShot(2min, &m_loop, &QEventLoop::quit);
    m_loop.exec();
}

bool PaintWait::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::Paint && !m_isPainted) {
        m_isPainted = true;
        QMetaObject::invokeMethod(&m_loop, &QEventLoop::quit, Qt::QueuedConnection);
    }
    return false;
}

} // namespace Treewarden
