// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/trycheck.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"
#include "shared/protocol/keys.h"
#include "shared/protocol/servicestate.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

TryCheck::TryCheck(ActionCentre &centre, QObject *parent)
    : QObject(parent)
    , m_centre(centre)
{
    connect(&centre, &ActionCentre::sentChanged, this, &TryCheck::look);
}

QString TryCheck::whyNot(const ConfigSession &session, const QString &ip, const ServiceId &service)
{
    const ConfigDraft *draft = session.draft(ip);
    if (!draft || !draft->isReady())
        return tr("The configuration has not been read yet.");
    if (service.instance == allInstances)
        return tr("What is true of all instances is checked with each of them.");
    const QList<ConfigChange> changes
        = draft->isChanged() ? draft->changes() : QList<ConfigChange>();
    for (const ConfigChange &change : changes) {
        if (change.path.value(0) != u"services"
            || change.path.value(1, service.role) != service.role)
            continue;
        const QString instance = change.path.value(2, service.instance);
        if (instance == service.instance || instance == allInstances)
            return tr("The agent knows only checks that are saved: sign and save first.");
    }
    return {};
}

void TryCheck::await(const QString &ip, const ServiceId &service)
{
    m_ip = ip;
    m_service = service;
    m_isWaiting = true;
    m_isSent = false;
    m_answer = {};
    m_known.clear();
    for (const ActionCentre::Sent &sent : m_centre.sent())
        m_known << sent.progress.id;
    Q_EMIT changed();
}

void TryCheck::forget()
{
    m_isWaiting = m_isSent = false;
    m_answer = {};
    Q_EMIT changed();
}

void TryCheck::look()
{
    if (!m_isWaiting)
        return;
    for (const ActionCentre::Sent &sent : m_centre.sent()) {
        if (sent.order.action != u"refresh" || sent.order.ip != m_ip
            || sent.order.service != m_service || m_known.contains(sent.progress.id))
            continue;
        const CommandProgress &progress = sent.progress;
        if (progress.stage == CommandProgress::Stage::Told && progress.state == CommandState::Done)
            return ask(progress.took);
        if (sent.isOver())
            return end(std::nullopt,
                       progress.stage == CommandProgress::Stage::NoAnswer
                           ? tr("The agent did not answer.")
                           : tr("The agent was not asked: %1").arg(oneLine(progress.detail, 200)));
        if (!m_isSent) {
            m_isSent = true;
            Q_EMIT changed();
        }
        return;
    }
}

/// The agent has looked; what it found stands in Redis.
void TryCheck::ask(qint64 took)
{
    RedisConnection *connection = m_centre.source().connection();
    if (!connection)
        return end(std::nullopt, tr("No Redis is configured any more."));
    m_isWaiting = false;
    m_isSent = false;
    connection->command({"HGET", Keys::services(m_ip), m_service.text().toUtf8()}, this,
                        [this, took, service = m_service](const RedisReply &reply) {
                            if (service != m_service)
                                return;
                            if (reply.isOk())
                                take(reply.value.toBytes(), took);
                            else
                                end(std::nullopt, oneLine(reply.error, 200));
                        });
}

void TryCheck::take(const QByteArray &json, qint64 took)
{
    if (json.isEmpty())
        return end(std::nullopt, tr("The agent does not know this service."));
    const auto state = parseServiceState(json);
    if (!state)
        return end(std::nullopt, oneLine(state.error().text, 200));
    const Health health = !state->alive ? Health::Unknown
        : *state->alive                 ? Health::Alive
                                        : Health::Died;
    const QString time = tr("%1 s").arg(double(took) / 1000, 0, 'f', 1);
    const QString reason = reasonText(*state);
    end(health,
        reason.isEmpty()
            ? tr("%1 (%2)", "state, time").arg(healthText(health), time)
            : tr("%1: %2 (%3)", "state, reason, time").arg(healthText(health), reason, time));
}

void TryCheck::end(std::optional<Health> health, const QString &sentence)
{
    m_isWaiting = m_isSent = false;
    m_answer = {health, sentence};
    Q_EMIT changed();
}

} // namespace Treewarden
