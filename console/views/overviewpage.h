// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/pacedwork.h"
#include "console/models/problemreview.h"
#include "console/views/page.h"

#include <QTimer>

class QStackedWidget;

namespace Treewarden {

class ActionCentre;
class EmptyState;
class HealthBadge;
class PageHeader;
class PaasMatrix;
class ProblemList;
class TotalsTile;

/// The first page: does anything need a person? Totals, what is wrong by cause, all trees by role,
/// what happened lately.
class OverviewPage : public Page
{
    Q_OBJECT
public:
    explicit OverviewPage(FleetSource &source, ActionCentre *actions = nullptr,
                          QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *body(bool canAccept);
    QWidget *emptyPage();
    QWidget *eventsCard();
    void refreshSoon();
    void refresh();
    void showProblems();
    void showTotals();
    void showContent();

    HealthBadge *m_badge;
    TotalsTile *m_servers, *m_services, *m_trees;
    ProblemList *m_problems;
    QWidget *m_matrixCard;
    PaasMatrix *m_matrix;
    QStackedWidget *m_content;
    QWidget *m_eventsCard;
    EmptyState *m_empty;
    QWidget *m_firstSteps; ///< how the first server comes in
    ProblemReview m_review;
    PacedWork m_refreshing;
    QTimer m_ages;
};

} // namespace Treewarden
