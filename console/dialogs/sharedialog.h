// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>

class QFormLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace Treewarden {

class LinkButton;
class PageSharing;
class Preferences;
class TonedLabel;

/// Starts and stops the read-only web page, and shows its link. The place is remembered; it never
/// starts by itself.
class ShareDialog : public QDialog
{
    Q_OBJECT
public:
    ShareDialog(PageSharing &sharing, Preferences &preferences, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Wants to see it in the desktop's browser.
    void linkOpened(const QString &url);

private:
    QWidget *makeLink();
    QWidget *makeButtons();
    void toggle();
    void showState();
    void showWarning();

    PageSharing &m_sharing;
    Preferences &m_preferences;
    QFormLayout *m_form;
    QLineEdit *m_address, *m_proxies, *m_hosts;
    QSpinBox *m_port;
    TonedLabel *m_warning, *m_message, *m_visitors;
    QWidget *m_linkRow;
    LinkButton *m_link;
    QPushButton *m_toggle;
    QTimer m_timer;
};

} // namespace Treewarden
