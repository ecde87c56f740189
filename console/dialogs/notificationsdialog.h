// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QCheckBox;
class QTimeEdit;

namespace Treewarden {

struct QuietHours;
class Preferences;

/// Whether and when new problems are told by the desktop, and what the tray is for.
class NotificationsDialog : public QDialog
{
    Q_OBJECT
public:
    /// Without a tray its choices are grey and say so. `quietUntil`: ms until which somebody wished
    /// for quiet already, or 0.
    NotificationsDialog(Preferences &preferences, bool hasTray, qint64 quietUntil = 0,
                        QWidget *parent = nullptr);

Q_SIGNALS:
    /// Quiet for an hour, or no longer.
    void quietRequested(bool isQuiet);

private:
    QWidget *makeQuietNow(qint64 quietUntil);
    QCheckBox *makeChoice(const QString &text, const QString &name, bool isOn);
    QWidget *makeQuiet(const QuietHours &hours);
    QWidget *makeDays(const QuietHours &hours);
    void showQuiet();
    QuietHours quietHours() const;
    void submit();

    Preferences &m_preferences;
    QCheckBox *m_show, *m_quiet, *m_tray, *m_close;
    QTimeEdit *m_from = nullptr, *m_to = nullptr;
    QWidget *m_times = nullptr;
    QList<QCheckBox *> m_days; ///< Monday first
};

} // namespace Treewarden
