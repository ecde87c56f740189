// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configsaver.h"
#include "shared/fleet/fleetstate.h"

#include <QDialog>

class QProgressBar;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace Treewarden {

class TonedLabel;

/// Before a save: what changes where, and what a signature lets run. While and after it: what
/// became of each server.
class ConfigSaveDialog : public QDialog
{
    Q_OBJECT
public:
    ConfigSaveDialog(std::shared_ptr<ConfigSession> session, KeyRing &keys,
                     QWidget *parent = nullptr);

    ConfigSaver &saver() { return m_saver; }

    QStringList sentences() const; ///< that stand in its middle

    void reject() override;

Q_SIGNALS:
    /// The key is wanted.
    void keyRequested();

private:
    QWidget *makeFooter();
    void showQuestion();
    void addChanges();
    void addPermissions();
    QStringList newPermissions(const ConfigDraft &draft) const;
    void showKey();
    void showTurns();
    void addLine(const QString &text, bool isStrong, std::optional<Health> health = {});
    void fit();
    void clearLines();
    void sign();

    std::shared_ptr<ConfigSession> m_session;
    KeyRing &m_keys;
    ConfigSaver m_saver;
    TonedLabel *m_title, *m_key;
    QScrollArea *m_scroll;
    QVBoxLayout *m_lines;
    QProgressBar *m_progress;
    QPushButton *m_cancel, *m_unsigned, *m_sign;
};

} // namespace Treewarden
