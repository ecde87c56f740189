// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configsession.h"

#include <QWidget>

#include <memory>

class QPushButton;

namespace Treewarden {

class LinkButton;
class TonedLabel;

/// The line below a configuration that is edited: what was changed, what is wrong and where, and
/// what can be done with it.
class ConfigBar : public QWidget
{
    Q_OBJECT
public:
    explicit ConfigBar(QWidget *parent = nullptr);

    void setSession(const std::shared_ptr<ConfigSession> &session);
    /// Which views stand in place of form and text: their buttons lead back.
    void setShown(bool isDifference, bool isHistory);

Q_SIGNALS:
    void errorRequested(const QString &ip, int line);
    void differenceRequested();
    void historyRequested();
    void saveRequested();

private:
    void showState();
    void showErrors();
    void goToError();

    std::shared_ptr<ConfigSession> m_session;
    bool m_isDifference = false; ///< it is shown
    TonedLabel *m_changes;
    LinkButton *m_errors;
    QPushButton *m_undo, *m_redo, *m_discard, *m_difference, *m_history, *m_save;
};

} // namespace Treewarden
