// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace Treewarden {

/// The tabs below a page's head: words on a line, the chosen one bold and underlined in the accent.
class PageTabs : public QTabBar
{
    Q_OBJECT
public:
    explicit PageTabs(const QStringList &titles, QWidget *parent = nullptr);

protected:
    QSize tabSizeHint(int index) const override;
    void paintEvent(QPaintEvent *event) override;
};

/// Two or more choices in one frame, one of them chosen.
class SegmentedChoice : public QTabBar
{
    Q_OBJECT
public:
    explicit SegmentedChoice(const QStringList &titles, QWidget *parent = nullptr);

protected:
    QSize tabSizeHint(int index) const override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Treewarden
