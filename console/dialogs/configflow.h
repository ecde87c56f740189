// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QDialog;
class QWidget;

namespace Treewarden {

class ActionCentre;
class Preferences;

/// From a wish to a saved configuration: shows what is saved and what a signature means, and asks
/// for the key while it is locked. One question at a time.
class ConfigFlow : public QObject
{
    Q_OBJECT
public:
    /// Dialogs belong to `window`.
    ConfigFlow(ActionCentre &centre, Preferences &preferences, QWidget *window);

    /// Saves what was changed in the configurations of these servers, which are edited together.
    void save(const QStringList &ips);

    /// Asks what becomes of servers that ask to be enrolled.
    void decide(const QStringList &ips);

    /// The dialog that stands now, or nullptr.
    QDialog *dialog() const { return m_dialog; }

Q_SIGNALS:
    /// A sentence for the window's line.
    void said(const QString &sentence);

private:
    void open(QDialog *dialog);
    void askForKey();

    ActionCentre &m_centre;
    Preferences &m_preferences;
    QWidget *m_window;
    QPointer<QDialog> m_dialog;
};

} // namespace Treewarden
