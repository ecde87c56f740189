// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/problemtext.h"
#include "console/views/card.h"

namespace Treewarden {

class ActionCentre;
struct ActionScope;
class FleetSource;
class LinkButton;
class TonedLabel;

/// What is wrong at the source's moment, one block a cause, worst first; or that nothing needs
/// anybody.
class ProblemList : public Card
{
    Q_OBJECT
public:
    /// With `actions` a service that died offers its restart.
    explicit ProblemList(ActionCentre *actions, QWidget *parent = nullptr);

    static constexpr qsizetype mostProblems = 12; ///< that are shown

    void refresh(const FleetSource &source, const ProblemOverview &overview);

    /// How many problems there are, more than are shown perhaps.
    qsizetype count() const { return m_count; }

Q_SIGNALS:
    void serverChosen(const QString &ip);
    void treeChosen(const QString &id);
    void allChosen();
    void actionRequested(const QString &action, const Treewarden::ActionScope &target);

private:
    class Row;

    bool showInPlace(const ProblemOverview &overview);
    void rebuild(const QList<ProblemText> &problems);
    QString moreText() const;
    void showCalm(const FleetSource &source);
    void showCures();
    QWidget *moreRow();

    ActionCentre *m_actions;
    QWidget *m_rows = nullptr;
    QList<Row *> m_shown;
    QList<ProblemText> m_problems;
    qsizetype m_count = -1;
    TonedLabel *m_title, *m_quiet = nullptr;
    LinkButton *m_more = nullptr;
};

} // namespace Treewarden
