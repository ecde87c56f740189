// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/schedulemodel.h"

#include <QTimer>
#include <QWidget>

class QStackedWidget;
class QTableView;

namespace Treewarden {

class EmptyState;

/// What a server does by itself, and when.
class SchedulePanel : public QWidget
{
    Q_OBJECT
public:
    explicit SchedulePanel(ActionCentre &centre, QWidget *parent = nullptr);

    void setServer(const QString &ip);

    ScheduleModel &model() { return m_model; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showContent();
    void fitColumns();

    ScheduleModel m_model;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_content;
    QString m_ip;
    QTimer m_ages;
};

} // namespace Treewarden
