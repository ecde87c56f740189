// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/trycheck.h"

#include <QWidget>

#include <memory>

class QPushButton;

namespace Treewarden {

struct ActionScope;
class HealthIcon;
class TonedLabel;

/// "Try this check now", and what the live agent says.
class TryCheckLine : public QWidget
{
    Q_OBJECT
public:
    explicit TryCheckLine(ActionCentre &centre, QWidget *parent = nullptr);

    void setSession(const std::shared_ptr<ConfigSession> &session);
    /// An entry of the services.
    void setEntry(const QStringList &entry);

    TryCheck &check() { return m_check; }

Q_SIGNALS:
    void actionRequested(const QString &action, const Treewarden::ActionScope &target);

private:
    void ask();
    void showAnswer();
    /// The server whose agent is asked: the one that is edited alone, else the first that has it.
    QString server() const;

    ActionCentre &m_centre;
    std::shared_ptr<ConfigSession> m_session;
    QStringList m_entry;
    TryCheck m_check;
    QPushButton *m_button;
    HealthIcon *m_icon;
    TonedLabel *m_sentence;
};

} // namespace Treewarden
