// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/actionrunner.h"
#include "agent/executor/keeper.h"

#include <QSocketNotifier>
#include <QTimer>

namespace Treewarden {

/// The words that start `program` as a keeper of the request's command.
QStringList keeperWords(const ActionRequest &request, std::chrono::milliseconds grace);

/// What a keeper's report says of a request, in words for the operator.
ActionOutcome outcomeOf(const ActionRequest &request, const KeeperReport &report,
                        const QByteArray &output);

/// One that never ran.
ActionOutcome failedOutcome(const QString &detail);

/// Waits for the report of one keeper, however long its command runs, but not for a keeper that is
/// lost. Deletes itself after it called `done`.
class KeeperLink : public QObject
{
public:
    /// Owns `descriptor`, the end of the report's pipe to read from.
    KeeperLink(int descriptor, const ActionRequest &request, std::chrono::milliseconds grace,
               ActionRunner::Done done, QObject *parent);
    ~KeeperLink() override;

    /// Ends it with what is known from elsewhere.
    void finish(const ActionOutcome &outcome);

private:
    void read();
    void loseKeeper(const QString &why);

    const int m_descriptor;
    const ActionRequest m_request;
    ActionRunner::Done m_done;
    QByteArray m_said;
    QSocketNotifier m_notifier;
    QTimer m_deadline;
};

} // namespace Treewarden
