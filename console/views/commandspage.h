// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/page.h"

class QStackedWidget;

namespace Treewarden {

class ActingLine;
class ActionCentre;
class CommandTable;
class EmptyState;
class FilterField;

/// What everybody asked of the servers, and what became of it.
class CommandsPage : public Page
{
    Q_OBJECT
public:
    explicit CommandsPage(ActionCentre &centre, QWidget *parent = nullptr);

    /// `what` is a filter.
    void open(const QString &what) override;

    CommandTable &table() { return *m_table; }

private:
    void showContent();

    CommandTable *m_table;
    FilterField *m_filter;
    EmptyState *m_empty;
    QStackedWidget *m_content;
};

} // namespace Treewarden
