// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"

#include "console/models/actiondesk.h"
#include "console/models/actiontext.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"
#include "shared/protocol/commandrequest.h"

#include <algorithm>
#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostSent = 200;

/// Done, and where it is asked alive again; or it need not be.
bool hasSucceeded(const CommandProgress &progress)
{
    return progress.state == CommandState::Done || progress.state == CommandState::Verified;
}

} // namespace

ActionCentre::ActionCentre(FleetSource &source, ActionDesk &desk, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_desk(desk)
    , m_configs(source)
    , m_drafts(source)
    , m_log(source)
    , m_treeEdit(source)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        if (std::exchange(m_mustTell, false))
            tellChoices();
    });
    connect(&m_configs, &ConfigBook::changed, this, &ActionCentre::tellChoices);
    connect(&source, &FleetSource::liveChanged, this, &ActionCentre::choicesChanged);
    connect(&source, &FleetSource::momentChanged, this, &ActionCentre::tellChoices);
    connect(&source, &FleetSource::serverChanged, this, &ActionCentre::tellChoices);
    connect(&desk, &ActionDesk::progressed, this, &ActionCentre::take);
}

/// At once, and when more follows ten times a second.
void ActionCentre::tellChoices()
{
    m_mustTell = m_soon.isActive();
    if (m_mustTell)
        return;
    m_soon.start();
    Q_EMIT choicesChanged();
}

/// The usual ones in their order, then what else every one of the places has.
QStringList ActionCentre::actionsOf(const ActionScope &target)
{
    QStringList usual = target.isServers()
        ? QStringList{u"refresh"_s, u"restart"_s, u"shutdown"_s}
        : QStringList{u"start"_s, u"stop"_s, u"restart"_s, u"reload"_s, u"refresh"_s};
    QStringList others;
    if (target.places.size() > mostPlaces || m_source.isPast())
        return usual;
    for (const ActionTarget &place : target.places) {
        const BookedConfig *config = m_configs.of(place.ip);
        const QStringList named = config ? config->actionsOf(place.service) : QStringList();
        for (const QString &action : named) {
            if (!usual.contains(action) && !others.contains(action) && isValidName(action))
                others << action;
        }
    }
    others.sort();
    return usual + others;
}

QList<ActionChoice> ActionCentre::choices(const ActionScope &target)
{
    QList<ActionChoice> choices;
    if (target.isEmpty())
        return choices;
    const QStringList actions = actionsOf(target);
    for (const QString &action : actions)
        choices << choice(target, action);
    return choices;
}

ActionChoice ActionCentre::choice(const ActionScope &target, const QString &action)
{
    ActionChoice choice{action, actionName(action, target.isServers()), {}};
    if (m_source.isPast()) {
        choice.whyNot = FleetSource::pastSentence();
        return choice;
    }
    if (target.isEmpty())
        choice.whyNot = tr("Nothing is chosen.");
    if (target.places.size() > mostPlaces)
        choice.whyNot = tr("That is too much for one step: choose at most %1.").arg(mostPlaces);
    for (const ActionTarget &place : target.places) {
        if (choice.whyNot.isEmpty())
            choice.whyNot = whyNot(place, action);
    }
    return choice;
}

QString ActionCentre::whyNot(const ActionTarget &place, const QString &action)
{
    const QString server = serverText(m_source.state(), place.ip);
    if (!m_source.isLive())
        return tr("Redis does not answer: nothing can be sent now.");
    const auto found = m_source.state().servers.constFind(place.ip);
    if (found == m_source.state().servers.cend())
        return tr("The server %1 is not enrolled.").arg(oneLine(place.ip, 64));
    if (!found->alive.value_or(false))
        return tr("%1 is not alive: nobody there would carry it out.").arg(server);
    const BookedConfig *config = m_configs.of(place.ip);
    if (isBuiltInAction(action))
        return {};
    if (!config)
        return tr("The configuration of %1 has not been read yet.").arg(server);
    return whyNotOf(*config, place, action);
}

QString ActionCentre::whyNotOf(const BookedConfig &config, const ActionTarget &place,
                               const QString &action) const
{
    const QString server = serverText(m_source.state(), place.ip);
    const QString service = serviceName(place.service.role, place.service.instance);
    if (!config.config)
        return tr("The configuration of %1 cannot be used: %2").arg(server, config.trouble);
    if (isForbiddenWhenProtected(action) && config.isProtected(place.service))
        return tr("%1 on %2 is protected: nobody can stop or restart it from here.")
            .arg(service, server);
    if (!config.controls(place.service, action))
        return place.service.role == u"system"
            ? tr("The configuration of %1 does not say how: add it to controlled, role system.")
                  .arg(server)
            : tr("The configuration of %1 does not say how for %2: add it to controlled.")
                  .arg(server, service);
    if (!config.isSigned)
        return tr("The configuration of %1 is not signed, so its server runs nothing of it. Sign "
                  "it with: treewarden config sign %2")
            .arg(server, oneLine(place.ip, 64));
    return {};
}

void ActionCentre::send(const CommandOrder &order)
{
    const SigningKey *key = m_keys.use();
    if (!key)
        return;
    CommandProgress progress;
    progress.id = m_desk.send(order, *key);
    if (progress.id.isEmpty()) {
        progress.stage = CommandProgress::Stage::NotSent;
        progress.detail = tr("no Redis is configured");
    }
    m_sent.prepend({order, progress});
    while (m_sent.size() > mostSent)
        m_sent.removeLast();
    Q_EMIT sentChanged();
}

void ActionCentre::send(const QList<CommandOrder> &orders, bool isOneByOne)
{
    if (!isOneByOne) {
        for (const CommandOrder &order : orders)
            send(order);
        return;
    }
    m_waiting.insert(m_waiting.end(), orders.begin(), orders.end());
    if (m_awaited.isEmpty())
        sendNext();
}

void ActionCentre::sendNext()
{
    if (m_waiting.empty() || !m_keys.isUnlocked())
        return;
    const CommandOrder next = m_waiting.front();
    m_waiting.pop_front();
    send(next);
    m_awaited = m_sent.first().progress.id;
}

void ActionCentre::take(const CommandProgress &progress)
{
    const auto sent = std::find_if(m_sent.begin(), m_sent.end(),
                                   [&](const Sent &one) { return one.progress.id == progress.id; });
    if (sent == m_sent.end() || sent->isOver())
        return;
    sent->progress = progress;
    const Sent copy = *sent;
    if (copy.isOver() && copy.progress.id == m_awaited)
        goOn(copy);
    Q_EMIT sentChanged();
}

void ActionCentre::goOn(const Sent &sent)
{
    m_awaited.clear();
    if (m_waiting.empty())
        return;
    const auto left = qsizetype(m_waiting.size());
    if (!hasSucceeded(sent.progress) || !m_keys.isUnlocked()) {
        m_waiting.clear();
        const QString why = hasSucceeded(sent.progress)
            ? tr("The key was locked")
            : tr("%1 did not succeed").arg(actionPhrase(m_source.state(), {sent.order}));
        Q_EMIT rowEnded(left == 1 ? tr("%1: the one after it was not begun.").arg(why)
                                  : tr("%1: the %2 after it were not begun.").arg(why).arg(left));
        return;
    }
    sendNext();
}

void ActionCentre::dismissOver()
{
    m_sent.removeIf([](const Sent &one) { return one.isOver(); });
    Q_EMIT sentChanged();
}

} // namespace Treewarden
