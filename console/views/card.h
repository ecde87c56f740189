// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace Treewarden {

/// A surface with a thin edge and round corners that things stand on.
class Card : public QWidget
{
    Q_OBJECT
public:
    explicit Card(QWidget *parent = nullptr);

    QVBoxLayout *column() const { return m_column; }

    /// The line of a card's head: title in bold, a caption beside it; gives the row to add more at
    /// its right.
    QHBoxLayout *addHead(const QString &title, const QString &caption = {});

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_column;
};

/// A divider of one pixel.
class Divider : public QWidget
{
    Q_OBJECT
public:
    explicit Divider(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// A list in a card, and at its right the details of what is chosen in it, `detailsWidth` px wide
/// at first; people move the border.
QWidget *listWithDetails(QWidget *list, QWidget *details, int detailsWidth);

} // namespace Treewarden
