// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/enroller.h"

#include <QDialog>

class QCheckBox;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace Treewarden {

class TonedLabel;

/// Servers that ask to be enrolled: what each tells of itself, the services that it found, what to
/// beware of; they are accepted together, or sent away.
class EnrolDialog : public QDialog
{
    Q_OBJECT
public:
    EnrolDialog(FleetSource &source, KeyRing &keys, const QStringList &ips,
                QWidget *parent = nullptr);

    Enroller &enroller() { return m_enroller; }

    void reject() override;

Q_SIGNALS:
    /// The key is wanted.
    void keyRequested();

private:
    QWidget *makeServers();
    QWidget *makeFooter();
    void showServers();
    void showDetails();
    void addFacts(const EnrolmentCandidate &candidate);
    void addWarnings(const EnrolmentCandidate &candidate);
    void addServices(const EnrolmentCandidate &candidate);
    void addPermissions(const EnrolmentCandidate &candidate);
    void takeServerItem(QListWidgetItem *item);
    void takeServiceItem(QListWidgetItem *item);
    void showFooter();
    EnrolmentCandidate *shownCandidate();

    KeyRing &m_keys;
    Enroller m_enroller;
    QListWidget *m_servers;
    QScrollArea *m_scroll;
    QVBoxLayout *m_details = nullptr;
    TonedLabel *m_key;
    QPushButton *m_cancel, *m_unlock, *m_reject, *m_accept;
    bool m_isShowing = false;
};

} // namespace Treewarden
