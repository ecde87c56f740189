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

Q_SIGNALS:
    /// Down, or Esc in an empty field: the list below wants the focus.
    void left();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_keyHint;
};

} // namespace Treewarden
