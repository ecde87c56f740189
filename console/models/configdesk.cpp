// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configdesk.h"

#include <algorithm>

namespace Treewarden {

ConfigDesk::ConfigDesk(FleetSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
}

ConfigDesk::~ConfigDesk() = default;

std::shared_ptr<ConfigSession> ConfigDesk::session(const QStringList &ips)
{
    const auto found = std::find_if(m_sessions.begin(), m_sessions.end(),
                                    [&](const auto &session) { return session->ips() == ips; });
    if (found != m_sessions.end())
        return *found;
    m_sessions.removeIf([](const auto &session) {
        return session.use_count() == 1 && !session->isChanged() && !session->refusal();
    });
    m_sessions << std::make_shared<ConfigSession>(m_source, ips);
    connect(m_sessions.last().get(), &ConfigSession::changed, this, &ConfigDesk::changed);
    return m_sessions.last();
}

void ConfigDesk::revertAll()
{
    for (const auto &session : std::as_const(m_sessions)) {
        if (session->isChanged())
            session->revert();
    }
}

QStringList ConfigDesk::unsaved() const
{
    QStringList ips;
    for (const auto &session : m_sessions) {
        for (const ConfigDraft &draft : session->drafts()) {
            if (draft.isChanged() && !ips.contains(draft.ip))
                ips << draft.ip;
        }
    }
    return ips;
}

} // namespace Treewarden
