// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configsession.h"

#include <memory>

namespace Treewarden {

class KeyRing;
class RedisConnection;

/// Saves the configurations of a session, one server after another, and keeps what became of each.
/// What is not saved stays in its draft.
class ConfigSaver : public QObject
{
    Q_OBJECT
public:
    struct Turn
    {
        enum class State { Waiting, Saving, Saved, Conflict, Failed };

        QString ip;
        State state = State::Waiting;
        QString sentence; ///< what became of it
    };

    enum class Signing { Signed, Unsigned };

    /// The session outlives the saver's work.
    ConfigSaver(std::shared_ptr<ConfigSession> session, KeyRing &keys, QObject *parent = nullptr);

    /// Why a save can't begin, a sentence; empty: it can. Errors, conflicts, a Redis that is away;
    /// a standing signature, for Unsigned.
    QString whyNot(Signing signing) const;
    /// The servers with changes, in the session's order.
    QStringList changedServers() const;

    void start(Signing signing);

    bool isRunning() const { return m_isRunning; }

    const QList<Turn> &turns() const { return m_turns; }

    int savedCount() const;

Q_SIGNALS:
    void progressed();
    void finished();

private:
    void next();
    void giveUp();
    void save(const QString &ip);
    void answered(const QString &ip, const ConfigFields &fields, qint64 base,
                  const RedisReply &reply);
    void lookWhatStands(const QString &ip, const ConfigFields &fields);
    void end(Turn::State state, const QString &sentence);

    std::shared_ptr<ConfigSession> m_session;
    KeyRing &m_keys;
    Signing m_signing = Signing::Signed;
    QList<Turn> m_turns;
    qsizetype m_current = -1;
    bool m_isRunning = false;
};

/// The configuration `fields` bound to the machine that reports under its address, or why it must
/// not be signed: another machine reports there than the one it is bound to.
Result<ConfigFields> boundToMachine(ConfigFields fields, const QString &ip,
                                    const QByteArray &machineId);

} // namespace Treewarden
