// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;

namespace Treewarden {

/// One of several, side by side in one frame: the arrow keys move among them.
class SegmentBar : public QWidget
{
    Q_OBJECT
public:
    explicit SegmentBar(const QStringList &texts, QWidget *parent = nullptr);

    /// -1: none is chosen.
    void setCurrent(int index);
    int current() const;

Q_SIGNALS:
    /// Somebody chose it, also when it was chosen already.
    void chosen(int index);

private:
    QButtonGroup *m_buttons;
};

} // namespace Treewarden
