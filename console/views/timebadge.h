// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Treewarden {

/// What time is shown, in one word on its tint: Live, Stale or Past.
class TimeBadge : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { Live, Stale, Past };

    explicit TimeBadge(QWidget *parent = nullptr);

    void setKind(Kind kind);

    Kind kind() const { return m_kind; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString word() const;

    Kind m_kind = Kind::Live;
};

} // namespace Treewarden
