// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionscope.h"
#include "console/models/commandlog.h"
#include "console/models/configbook.h"
#include "console/models/configdesk.h"
#include "console/models/keyring.h"
#include "console/models/treeedit.h"

#include <deque>

namespace Treewarden {

class ActionDesk;
class FleetSource;

/// Everything that pages need in order to act: what can be done, with which key, and what becomes
/// of it.
class ActionCentre : public QObject
{
    Q_OBJECT
public:
    /// One order that was sent from here.
    struct Sent
    {
        CommandOrder order;
        CommandProgress progress;

        bool isOver() const { return progress.isOver(); }
    };

    /// More than this many services or servers are not acted on in one step.
    static constexpr qsizetype mostPlaces = 500;

    ActionCentre(FleetSource &source, ActionDesk &desk, QObject *parent = nullptr);

    FleetSource &source() const { return m_source; }

    ActionDesk &desk() const { return m_desk; }

    ConfigBook &configs() { return m_configs; }

    /// The configurations that are edited here.
    ConfigDesk &drafts() { return m_drafts; }

    CommandLog &log() { return m_log; }

    KeyRing &keys() { return m_keys; }

    /// The service tree that is changed, over all windows that show it.
    TreeEdit &treeEdit() { return m_treeEdit; }

    /// The usual actions and all others that the configurations name, with why not where not.
    QList<ActionChoice> choices(const ActionScope &target);
    ActionChoice choice(const ActionScope &target, const QString &action);

    /// Signs and sends one order; nothing while the key is locked.
    void send(const CommandOrder &order);
    /// One after another; what follows a failure is not sent. Or all at once.
    void send(const QList<CommandOrder> &orders, bool isOneByOne);

    /// The orders sent from here, newest first; those that were dismissed are gone.
    const QList<Sent> &sent() const { return m_sent; }

    /// How many wait until those before them are done.
    qsizetype waitingCount() const { return qsizetype(m_waiting.size()); }

    /// Those that are over need not be shown any more.
    void dismissOver();

Q_SIGNALS:
    /// What can be done may be another thing now.
    void choicesChanged();
    void sentChanged();
    /// The rest of a row of orders was dropped since one failed: a sentence.
    void rowEnded(const QString &sentence);

private:
    void tellChoices();
    QString whyNot(const ActionTarget &place, const QString &action);
    QString whyNotOf(const BookedConfig &config, const ActionTarget &place,
                     const QString &action) const;
    QStringList actionsOf(const ActionScope &target);
    void take(const CommandProgress &progress);
    void goOn(const Sent &sent);
    void sendNext();

    FleetSource &m_source;
    ActionDesk &m_desk;
    ConfigBook m_configs;
    ConfigDesk m_drafts;
    CommandLog m_log;
    KeyRing m_keys;
    TreeEdit m_treeEdit;
    QList<Sent> m_sent;
    std::deque<CommandOrder> m_waiting; ///< the rest of a row
    bool m_mustTell = false; ///< when m_soon runs out
    QTimer m_soon; ///< a burst of changes is told once
    QString m_awaited; ///< id of the command after which the row goes on
};

} // namespace Treewarden
