// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionscope.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QDialog;
class QWidget;

namespace Treewarden {

class ActionCentre;
class Preferences;

/// From a wish to an order: asks for the key while it is locked, asks whether it is really meant,
/// and sends. One question at a time.
class ActionFlow : public QObject
{
    Q_OBJECT
public:
    /// Dialogs belong to `window`.
    ActionFlow(ActionCentre &centre, Preferences &preferences, QWidget *window);

    void request(const QString &action, const ActionScope &target);
    void requestMaintenance(const ActionScope &target);
    /// Asks for the key, whatever it is wanted for.
    void chooseKey();

    /// The question that stands now, or nullptr.
    QDialog *dialog() const { return m_dialog; }

Q_SIGNALS:
    /// Why a wish was not followed, a sentence.
    void said(const QString &sentence);

private:
    void withKey(std::function<void()> goOn);
    void confirm(const QList<CommandOrder> &orders);
    void confirmRolling(const QString &action, const ActionScope &target);
    void open(QDialog *dialog, std::function<void()> accepted);
    QString by() const;

    ActionCentre &m_centre;
    Preferences &m_preferences;
    QWidget *m_window;
    QPointer<QDialog> m_dialog;
};

} // namespace Treewarden
