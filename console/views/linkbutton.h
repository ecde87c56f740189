// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace Treewarden {

/// Words that do something, in the accent; underlined under the mouse and with the focus.
class LinkButton : public QAbstractButton
{
    Q_OBJECT
public:
    explicit LinkButton(const QString &text = {}, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    /// A name of any length may not widen the window: it is cut where there is no room.
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// A filter that is one click away: a round chip with a count; checked while its filter is set.
class ChipButton : public QAbstractButton
{
    Q_OBJECT
public:
    explicit ChipButton(const QString &title, QWidget *parent = nullptr);

    void setCount(int count);
    /// It adds a chip instead of being a filter: dashed, without a count.
    void setIsAddition(bool isAddition);
    QSize sizeHint() const override;

    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString label() const;
    void askForWidth();

    int m_count = 0, m_width = 0;
    bool m_isAddition = false;
};

} // namespace Treewarden
