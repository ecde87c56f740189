// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/commandprogress.h"
#include "console/models/configsession.h"
#include "shared/fleet/fleetstate.h"

namespace Treewarden {

class ActionCentre;

/// What the live agent says of a service when it is asked to look now: a signed `refresh`, whose
/// end the agent tells, and then the state that it wrote.
class TryCheck : public QObject
{
    Q_OBJECT
public:
    struct Answer
    {
        std::optional<Health> health; ///< absent: the sentence is about the question
        QString sentence;
    };

    explicit TryCheck(ActionCentre &centre, QObject *parent = nullptr);

    /// Why it can't be tried, a sentence: the service as it is here is not what the agent knows.
    /// Empty: it can.
    static QString whyNot(const ConfigSession &session, const QString &ip,
                          const ServiceId &service);

    /// Waits for the answer to a refresh that is asked for from now on.
    void await(const QString &ip, const ServiceId &service);
    void forget();

    /// The agent was asked and has not answered yet.
    bool isAsking() const { return m_isWaiting && m_isSent; }

    const Answer &answer() const { return m_answer; }

Q_SIGNALS:
    void changed();

private:
    void look();
    void ask(qint64 took);
    void take(const QByteArray &json, qint64 took);
    void end(std::optional<Health> health, const QString &sentence);

    ActionCentre &m_centre;
    QString m_ip;
    ServiceId m_service;
    bool m_isWaiting = false, m_isSent = false;
    QStringList m_known; ///< ids of orders that were sent before
    Answer m_answer;
};

} // namespace Treewarden
