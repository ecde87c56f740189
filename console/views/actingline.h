// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/tonedlabel.h"

#include <QTimer>

namespace Treewarden {

class ActionCentre;

/// Who is acting right now: "chen restarts mysql 3306 on db-01 (3 s)". Hidden while nobody is.
class ActingLine : public TonedLabel
{
    Q_OBJECT
public:
    /// Shows and hides itself, so it needs a parent from the first.
    ActingLine(ActionCentre &centre, QWidget *parent, int pixelSize = TextSize::body);

    /// Only what happens on this server; empty: anywhere.
    void setServer(const QString &ip);

private:
    void refresh();

    ActionCentre &m_centre;
    QString m_ip;
    QTimer m_seconds;
};

} // namespace Treewarden
