// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/stateicon.h"

#include <QWidget>

namespace Treewarden {

/// The shape of a state as a small widget; its accessible name is the state's word.
class HealthIcon : public QWidget
{
    Q_OBJECT
public:
    explicit HealthIcon(int size, QWidget *parent = nullptr);

    void setHealth(Health health);
    void setStale();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Health> m_health = Health::Alive;
};

/// An icon beside a text of one or more lines: in the middle of the first one's height.
QWidget *levelled(QWidget *icon);

/// The badge of a state: its shape and words on its tint.
class HealthBadge : public QWidget
{
    Q_OBJECT
public:
    explicit HealthBadge(QWidget *parent = nullptr);

    /// Without `text` the state's own word stands in it.
    void setHealth(Health health, const QString &text = {});

    QString text() const { return m_text; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Health m_health = Health::Alive;
    QString m_text;
};

} // namespace Treewarden
