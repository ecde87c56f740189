// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/transition.h"

#include "agent/reporting/roundreport.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/commandrequest.h"
#include "shared/protocol/event.h"
#include "shared/protocol/keys.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

using Words = RedisConnection::Words;

QByteArray noticeJson(const AgentNotice &notice)
{
    JsonWriter writer;
    writer.beginObject()
        .member(u"type", QStringView(notice.type))
        .member(u"ip", QStringView(notice.ip));
    for (auto it = notice.details.begin(); it != notice.details.end(); ++it) {
        writer.key(it.key());
        if (it.value().isDouble())
            writer.value(it.value().toInteger());
        else
            writer.value(QStringView(it.value().toString()));
    }
    writer.member(u"timestamp", notice.timestamp);
    if (notice.told)
        writer.member(u"session", QStringView(notice.told->session)).member(u"n", notice.told->n);
    writer.endObject();
    return writer.takeBytes();
}

/// The words after XADD's key that store the outcome of a command.
Words commandWords(const CommandMessage &m, const QByteArray &json)
{
    return {"MAXLEN",
            "~",
            QByteArray::number(Keys::commandsLength),
            "*",
            "ip",
            m.ip.toUtf8(),
            "id",
            m.id.toUtf8(),
            "state",
            commandStateWord(m.state).toUtf8(),
            "json",
            json};
}

/// Appends what one transition writes and publishes.
class CommandAppender
{
public:
    CommandAppender(QList<Words> &commands, const QString &ip, const Transition &transition)
        : m_commands(commands)
        , m_ip(ip)
        , m_transition(transition)
    {
    }

    void operator()(const AliveMessage &m)
    {
        const QByteArray alive = m.alive ? "1" : "0", ip = m_ip.toUtf8();
        if (m.alive)
            m_commands << Words{"SET", Keys::serverAlive(m_ip), "1", "PX",
                                QByteArray::number(m_transition.lease.count())};
        else
            m_commands << Words{"SET", Keys::serverAlive(m_ip), "0"};
        m_commands << Words{"HSET", Keys::serversAlive, ip, alive};
        m_commands << Words{m_transition.hasEvent ? "HSET" : "HSETNX", Keys::serversSince, ip,
                            QByteArray::number(m.timestamp)};
        tell("alive", toJson(UpdateMessage(m)));
        m_commands << Words{"PUBLISH", Channels::serverAlive(m_ip), alive};
    }

    void operator()(const ServiceMessage &m)
    {
        const ServiceState state{m.alive,
                                 m.since,
                                 m.reason,
                                 m.code,
                                 m.args,
                                 m.timestamp,
                                 m.told ? m.told->session : QString(),
                                 m.flapping};
        m_commands << serviceStateCommands(m_ip, m.service, state);
        tell("service", toJson(UpdateMessage(m)));
    }

    void operator()(const ServiceRemovedMessage &m)
    {
        m_commands << Words{"DEL", Keys::serviceAlive(m_ip, m.service),
                            Keys::serviceWorkload(m_ip, m.service)}
                   << Words{"HDEL", Keys::services(m_ip), m.service.text().toUtf8()};
        tell("service-removed", toJson(UpdateMessage(m)));
    }

    void operator()(const AddressMessage &m) { tell("address", toJson(UpdateMessage(m))); }

    void operator()(const CommandMessage &m)
    {
        const QByteArray json = toJson(UpdateMessage(m));
        m_commands << Words{"XADD", Keys::commands} + commandWords(m, json);
        tell("command", json);
    }

    void operator()(const AgentNotice &notice)
    {
        remember(notice.type.toUtf8(), noticeJson(notice));
    }

private:
    void tell(const QByteArray &type, const QByteArray &json)
    {
        if (m_transition.hasEvent)
            remember(type, json);
        m_commands << Words{"PUBLISH", Channels::updateInfo, json};
    }

    void remember(const QByteArray &type, const QByteArray &json)
    {
        m_commands << Words{"XADD", Keys::events} + eventWords(type, m_ip, json);
    }

    QList<Words> &m_commands;
    const QString &m_ip;
    const Transition &m_transition;
};

} // namespace

Told Transition::told() const
{
    return std::visit([](const auto &message) { return message.told.value_or(Told{}); }, content);
}

void Transition::setTold(const Told &told)
{
    std::visit([&](auto &message) { message.told = told; }, content);
}

Transition commandTransition(const CommandMessage &message)
{
    return {message, !(isFinal(message.state) && isBuiltInAction(message.action))};
}

QByteArray contentJson(const Transition &transition)
{
    return std::visit(
        [](const auto &content) {
            if constexpr (std::is_same_v<std::decay_t<decltype(content)>, AgentNotice>)
                return noticeJson(content);
            else
                return toJson(UpdateMessage(content));
        },
        transition.content);
}

QByteArray toldText(const Told &told)
{
    return told.session.toUtf8() + ':' + QByteArray::number(told.n);
}

std::optional<Told> parseTold(const QByteArray &text)
{
    const qsizetype colon = text.lastIndexOf(':');
    const bool isPrintable
        = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
    if (colon <= 0 || colon > 64 || !isPrintable)
        return std::nullopt;
    bool isNumber = false;
    const qint64 n = text.mid(colon + 1, 20).toLongLong(&isNumber);
    if (!isNumber || n < 0 || text.size() > colon + 20)
        return std::nullopt;
    return Told{QString::fromUtf8(text.left(colon)), n};
}

QList<Words> transitionCommands(const QString &ip, const QList<Transition> &transitions)
{
    QList<Words> commands;
    bool hasEvent = false;
    for (const Transition &transition : transitions) {
        std::visit(CommandAppender(commands, ip, transition), transition.content);
        hasEvent |= transition.hasEvent;
    }
    const Told last = transitions.isEmpty() ? Told{} : transitions.last().told();
    commands << Words{"HSET", Keys::serverInfo(ip), "told", toldText(last)};
    if (hasEvent)
        commands << Words{"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(EventMessage{ip}))};
    return commands;
}

} // namespace Treewarden
