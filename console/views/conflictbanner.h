// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configsession.h"

#include <QWidget>

#include <memory>

class QVBoxLayout;

namespace Treewarden {

/// "chen saved version 7 meanwhile", for each server of a session where that is so, with what can
/// be done. Hidden while there is none.
class ConflictBanner : public QWidget
{
    Q_OBJECT
public:
    explicit ConflictBanner(QWidget *parent = nullptr);

    void setSession(const std::shared_ptr<ConfigSession> &session);

Q_SIGNALS:
    /// What somebody else saved beside what was changed here.
    void compareRequested(const QString &ip);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuild();
    void addRow(const ConfigDraft &draft);

    std::shared_ptr<ConfigSession> m_session;
    QVBoxLayout *m_column;
    QStringList m_shown; ///< what stands here, so that it is not built anew at every key
};

} // namespace Treewarden
