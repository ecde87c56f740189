// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

namespace Treewarden {

/// Sets its items side by side and begins another line where the width ends.
class FlowLayout : public QLayout
{
    Q_OBJECT
public:
    explicit FlowLayout(int spacing, QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override { m_items.append(item); }

    int count() const override { return int(m_items.size()); }

    QLayoutItem *itemAt(int index) const override { return m_items.value(index); }

    QLayoutItem *takeAt(int index) override;

    bool hasHeightForWidth() const override { return true; }

    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }

    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

    Qt::Orientations expandingDirections() const override { return {}; }

private:
    int arrange(const QRect &rect, bool isApplied) const;

    QList<QLayoutItem *> m_items;
};

} // namespace Treewarden
