// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace Treewarden {

class KeyRing;
class Preferences;
class TonedLabel;

/// Unlocks the administrator's signing key: which file, its passphrase, how long it stays unlocked.
/// The passphrase is kept nowhere.
class KeyDialog : public QDialog
{
    Q_OBJECT
public:
    KeyDialog(KeyRing &keys, Preferences &preferences, QWidget *parent = nullptr);

private:
    QWidget *makeFileRow();
    QWidget *makeButtons();
    void chooseFile();
    void unlock();
    void finish();
    void say(const QString &sentence);
    void showProblem(const QString &sentence);

    KeyRing &m_keys;
    Preferences &m_preferences;
    QLineEdit *m_file, *m_passphrase;
    QComboBox *m_keeping;
    TonedLabel *m_message;
    QPushButton *m_unlock;
};

/// How long an unused key stays, as the preferences say it.
void applyKeyKeeping(KeyRing &keys, const Preferences &preferences);

} // namespace Treewarden
