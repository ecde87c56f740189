// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QAbstractButton>

namespace Treewarden {

/// One total of the overview: how many are alive of how many, a bar by state, and the exceptions in
/// words.
class TotalsTile : public QAbstractButton
{
    Q_OBJECT
public:
    struct Part
    {
        Health health;
        int count;
        QString note; ///< beside the state's shape; empty for what is alive
        friend bool operator==(const Part &, const Part &) = default;
    };

    explicit TotalsTile(const QString &title, QWidget *parent = nullptr);

    /// The first part is what is alive.
    void setParts(const QList<Part> &parts);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int total() const;
    void paintBar(QPainter &painter, const QRect &rect) const;
    void paintNotes(QPainter &painter, const QRect &rect) const;

    QList<Part> m_parts;
};

} // namespace Treewarden
