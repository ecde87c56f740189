// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/commandlog.h"
#include "console/views/card.h"

class QPushButton;

namespace Treewarden {

class ActionCentre;
struct ActionScope;
class DetailsText;

/// One command in full: who, why, each state with its time, and the way to ask for it again.
class CommandDetails : public Card
{
    Q_OBJECT
public:
    explicit CommandDetails(ActionCentre &centre, QWidget *parent = nullptr);

    /// nullptr: none is chosen.
    void show(const CommandLog::Record *record);

    DetailsText &text() { return *m_text; }

Q_SIGNALS:
    void actionRequested(const QString &action, const Treewarden::ActionScope &target);
    void serverChosen(const QString &ip);

private:
    ActionScope scope() const;
    void showChoices();
    void showText();

    ActionCentre &m_centre;
    DetailsText *m_text;
    QWidget *m_buttons;
    QPushButton *m_repeat, *m_server, *m_copy;
    std::optional<CommandLog::Record> m_record;
};

} // namespace Treewarden
