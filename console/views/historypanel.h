// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/confighistory.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;
class QTableView;

namespace Treewarden {

class DifferencePanel;
class EmptyState;
class TonedLabel;

/// The versions of a configuration: one that is chosen is compared with the one before it, two with
/// each other, and one can be brought back.
class HistoryPanel : public QWidget
{
    Q_OBJECT
public:
    explicit HistoryPanel(FleetSource &source, QWidget *parent = nullptr);

    void setServer(const QString &ip);

    ConfigHistory &model() { return m_model; }

    DifferencePanel &difference() { return *m_difference; }

Q_SIGNALS:
    /// What a version held is to stand again, as a new version.
    void rollbackRequested(qint64 version, const Treewarden::ConfigFields &fields);

private:
    QWidget *makeTable();
    void showContent();
    void showDifference();
    QList<int> chosenRows() const;
    void rollBack();

    ConfigHistory m_model;
    QTableView *m_table;
    QStackedWidget *m_content;
    EmptyState *m_empty;
    DifferencePanel *m_difference;
    TonedLabel *m_compared;
    QPushButton *m_rollback;
};

} // namespace Treewarden
