// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/enrolling.h"
#include "shared/fleet/fleetstate.h"

#include <QObject>

namespace Treewarden {

class FleetSource;
class KeyRing;

/// A server that asks to be enrolled, while somebody decides about it.
struct EnrolmentCandidate
{
    enum class State { Reading, Open, Waiting, Working, Done, Failed };

    struct Service
    {
        ServiceId id;
        QString check; ///< safe to show
        bool isChosen = true;
    };

    QString ip;
    State state = State::Reading;
    QString sentence; ///< what became of it, or why it can't be decided about
    EnrolmentStanding standing;
    QList<Service> services; ///< that it found running, sorted
    bool isChosen = true; ///< it is to be accepted
    bool mayReplace = false; ///< said by a person: the machine that is enrolled there gives way

    /// What it says of itself: a caption and a value, safe to show.
    QList<std::pair<QString, QString>> facts(qint64 now) const;
    /// What a person has to know before: sentences.
    QStringList warnings(qint64 now) const;
    /// It may be accepted as things stand.
    bool isAcceptable() const;
    /// The configuration that accepting it stores, bound to its machine.
    ConfigFields configuration() const;
};

/// Accepts servers that ask to be enrolled, one after another, or sends them away.
class Enroller : public QObject
{
    Q_OBJECT
public:
    Enroller(FleetSource &source, KeyRing &keys, QObject *parent = nullptr);

    FleetSource &source() const { return m_source; }

    /// Reads how these addresses stand.
    void read(const QStringList &ips);
    void take(const QString &ip, const EnrolmentStanding &standing);

    QList<EnrolmentCandidate> &candidates() { return m_candidates; }

    const QList<EnrolmentCandidate> &candidates() const { return m_candidates; }

    /// Why nothing can be accepted now, a sentence; empty: it can.
    QString whyNot() const;
    /// Accepts those that are chosen; signed while the key is unlocked.
    void accept();
    /// Forgets that those that are chosen asked.
    void reject();

    bool isRunning() const { return m_current >= 0; }

    int doneCount() const;

Q_SIGNALS:
    void changed();
    void finished();

private:
    void next();
    void enrol(EnrolmentCandidate &candidate);
    void replace(EnrolmentCandidate &candidate);
    void end(EnrolmentCandidate::State state, const QString &sentence);
    void giveUp();
    EnrolmentCandidate *find(const QString &ip);

    FleetSource &m_source;
    KeyRing &m_keys;
    QList<EnrolmentCandidate> m_candidates;
    qsizetype m_current = -1;
};

} // namespace Treewarden
