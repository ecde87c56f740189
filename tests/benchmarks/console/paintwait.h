// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEventLoop>
#include <QObject>

class QWidget;

namespace Treewarden {

/// Ends a loop as soon as one of some widgets was painted.
class PaintWait : public QObject
{
public:
    explicit PaintWait(const QList<QWidget *> &widgets);

    void wait();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QEventLoop m_loop;
    bool m_isPainted = false;
};

} // namespace Treewarden
