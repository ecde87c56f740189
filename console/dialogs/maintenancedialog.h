// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QDialog>

class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QPushButton;

namespace Treewarden {

class TonedLabel;

/// Declares a maintenance, changes its end, or ends it.
class MaintenanceDialog : public QDialog
{
    Q_OBJECT
public:
    /// `what`: "db-01", "mysql 3306 on db-01". `present`: the one that runs, if any. `now`: ms.
    MaintenanceDialog(const QString &what, const std::optional<Maintenance> &present, qint64 now,
                      QWidget *parent = nullptr);

    /// ms; by the choices of the person.
    qint64 until() const;
    QString reason() const;

    /// The person wants the present one ended instead.
    bool isEnding() const { return m_isEnding; }

private:
    QWidget *makeButtons(bool hasPresent);
    void showUntil();

    qint64 m_now;
    QComboBox *m_span;
    QDateTimeEdit *m_until;
    QLineEdit *m_reason;
    TonedLabel *m_end;
    QPushButton *m_start;
    bool m_isEnding = false;
};

} // namespace Treewarden
