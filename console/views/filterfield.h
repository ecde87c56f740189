// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace Treewarden {

/// A line for a filter: magnifier at the left, the key that leads to it at the right. Esc clears
/// it, Down leaves it.
class FilterField : public QLineEdit
{
    Q_OBJECT
public:
    FilterField(const QString &placeholder, const QString &keyHint, QWidget *parent = nullptr);

    /// There is something to say about what may be typed here.
    void setHasHelp(bool hasHelp);

Q_SIGNALS:
    /// Down, or Esc in an empty field: the list below wants the focus.
    void left();
    /// F1 or `?` was pressed, or the `?` in the field clicked; only where setHasHelp().
    void helpRequested();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    QRectF hintRect(int fromRight) const;
    void paintHint(QPainter &painter, const QRectF &rect, const QString &text) const;

    QString m_keyHint;
    bool m_hasHelp = false;
};

} // namespace Treewarden
