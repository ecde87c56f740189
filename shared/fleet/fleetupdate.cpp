// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetupdate.h"

#include "shared/core/jsonscanner.h"
#include "shared/fleet/fleetreading.h"

#include <iterator>

namespace Treewarden {

namespace {

template<typename Text>
bool isNamed(const Text &text, const ServiceId &id)
{
    const qsizetype slash = id.role.size();
    return text.size() == slash + 1 + id.instance.size() && QChar(text[slash]) == u':'
        && text.startsWith(id.role) && text.endsWith(id.instance);
}

struct Applier
{
    FleetServer &server;
    LastTold &last;

    Effect operator()(const AliveMessage &m) const
    {
        if (last.isRepeat(m.told) || (server.alive == m.alive && !m.told))
            return Effect::None;
        last.remember(m.told);
        // The sweeper's repeats are known by their content.
        if (m.told && m.told->bySweeper && server.alive == m.alive)
            return Effect::None;
        if (server.alive != m.alive)
            server.since = m.timestamp;
        server.alive = m.alive;
        // A server that comes (again) has new facts; one that says so without a number may be
        // behind the keys.
        return m.alive || !m.told ? Effect::Doubtful : Effect::Changed;
    }

    Effect operator()(const WorkloadMessage &m) const
    {
        server.workload = {m.timestamp, m.info};
        return Effect::NewWorkload;
    }

    Effect operator()(const ServiceMessage &m) const
    {
        if (last.isRepeat(m.told) || m.service.instance == allInstances)
            return Effect::None;
        const auto found = server.services.constFind(m.service);
        if (found == server.services.cend() && server.services.size() >= maximumServices)
            return Effect::None;
        last.remember(m.told);
        FleetService service
            = found == server.services.cend() ? FleetService{m.service, {}, {}} : *found;
        const qint64 since = m.since > 0     ? m.since
            : service.state.alive == m.alive ? service.state.since
                                             : m.timestamp;
        const ServiceState state{
            m.alive,   since, m.reason, m.code, m.args, m.timestamp, service.state.session,
            m.flapping};
        const bool isNew = found == server.services.cend() || state.alive != service.state.alive
            || state.since != service.state.since || state.reason != service.state.reason
            || state.code != service.state.code || state.flapping != service.state.flapping;
        service.state = state;
        server.services.insert(m.service, service);
        return isNew ? Effect::Changed : Effect::None;
    }

    Effect operator()(const ServiceReasonMessage &m) const
    {
        const auto found = server.services.find(m.service);
        // About another state than ours: the keys know.
        if (found == server.services.end() || found->state.alive != m.alive)
            return Effect::Doubtful;
        ServiceState &state = found->state;
        if (state.reason == m.reason && state.code == m.code)
            return Effect::None;
        state.reason = m.reason;
        state.code = m.code;
        state.args = m.args;
        state.timestamp = m.timestamp;
        return Effect::Changed;
    }

    Effect operator()(const ServicesMessage &m) const
    {
        bool isSame = m.states.size() == server.services.size();
        auto next = server.services.cbegin(); // nearly always both are in the same order
        for (auto it = m.states.cbegin(); it != m.states.cend() && isSame; ++it) {
            auto known = next;
            if (known == server.services.cend() || !isNamed(it.key(), known.key())) {
                const auto id = ServiceId::parse(it.key());
                known = id ? server.services.constFind(*id) : server.services.cend();
            }
            isSame = known != server.services.cend() && known->state.alive == it.value();
            if (isSame)
                next = std::next(known);
        }
        return isSame ? Effect::None : Effect::Doubtful;
    }

    Effect operator()(const ServiceRemovedMessage &m) const
    {
        if (last.isRepeat(m.told))
            return Effect::None;
        last.remember(m.told);
        return server.services.remove(m.service) > 0 ? Effect::Changed : Effect::None;
    }

    Effect operator()(const ServiceWorkloadMessage &m) const
    {
        const auto found = server.services.find(m.service);
        if (found == server.services.end())
            return Effect::None;
        found->workload = m.info;
        return Effect::NewWorkload;
    }

    Effect operator()(const AddressMessage &m) const
    {
        if (last.isRepeat(m.told))
            return Effect::None;
        last.remember(m.told);
        if (server.info.addresses == m.addresses)
            return Effect::None;
        server.info.addresses = m.addresses;
        return Effect::Changed;
    }

    Effect operator()(const InfoMessage &) const { return Effect::Doubtful; }

    Effect operator()(const ConfigMessage &) const { return Effect::Doubtful; }

    Effect operator()(const CommandMessage &) const { return Effect::None; }

    Effect operator()(const EventMessage &) const { return Effect::None; }
};

} // namespace

LastTold LastTold::parse(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    return colon < 0 ? LastTold{} : LastTold{text.left(colon), text.mid(colon + 1).toLongLong()};
}

bool LastTold::isRepeat(const std::optional<Told> &told) const
{
    return told && !told->session.isEmpty() && told->session == session && told->n <= n;
}

void LastTold::remember(const std::optional<Told> &told)
{
    if (told && !told->session.isEmpty())
        *this = {told->session, told->n};
}

bool areAsTold(const FleetServer &server, QByteArrayView states)
{
    JsonScanner json(states);
    QByteArrayView name;
    auto service = server.services.cbegin(); // nearly always both are in the same order
    if (!json.beginObject())
        return false;
    while (json.nextMember(name)) {
        const auto number = json.number();
        if (service == server.services.cend() || !isNamed(QLatin1StringView(name), service.key())
            || (number && *number != 0 && *number != 1))
            return false;
        const auto alive = number ? std::optional(*number == 1) : std::nullopt;
        if (service->state.alive != alive)
            return false;
        ++service;
    }
    return json.isAtEnd() && service == server.services.cend();
}

Effect applyMessage(const UpdateMessage &message, FleetServer &server, LastTold &last)
{
    return std::visit(Applier{server, last}, message);
}

QString ipOf(const UpdateMessage &message)
{
    return std::visit([](const auto &m) { return m.ip; }, message);
}

} // namespace Treewarden
