// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/sitelist.h"

#include <algorithm>

namespace Treewarden {

SiteList::~SiteList() = default;

Site *SiteList::find(const QString &id) const
{
    const auto found = std::find_if(m_sites.begin(), m_sites.end(),
                                    [&](const auto &site) { return site->id() == id; });
    return found == m_sites.end() ? nullptr : found->get();
}

void SiteList::setCurrent(const QString &id)
{
    Site *site = find(id);
    if (!site || site == m_current)
        return;
    m_current = site;
    Q_EMIT currentChanged();
}

Site &SiteList::add(std::unique_ptr<Site> site)
{
    Site &added = *m_sites.emplace_back(std::move(site));
    connect(&added, &Site::changed, this, &SiteList::siteChanged);
    connect(&added.counter(), &TallyCounter::counted, this,
            [this, id = added.id()] { Q_EMIT siteCounted(id); });
    Q_EMIT changed();
    if (!m_current)
        setCurrent(added.id());
    return added;
}

void SiteList::remove(const QString &id)
{
    const auto found = std::find_if(m_sites.begin(), m_sites.end(),
                                    [&](const auto &site) { return site->id() == id; });
    if (found == m_sites.end())
        return;
    Site *gone = found->release();
    const auto next = m_sites.erase(found);
    gone->disconnect(this);
    gone->counter().disconnect(this);
    if (gone == m_current) {
        m_current = m_sites.empty() ? nullptr
            : next == m_sites.end() ? m_sites.back().get()
                                    : next->get();
        Q_EMIT currentChanged();
    }
    Q_EMIT siteRemoved(id);
    Q_EMIT changed();
    gone->deleteLater();
}

void SiteList::setOrder(const QStringList &ids)
{
    const auto place = [&](const std::unique_ptr<Site> &site) {
        const qsizetype index = ids.indexOf(site->id());
        return index < 0 ? ids.size() : index;
    };
    const auto isBefore = [&](const auto &a, const auto &b) { return place(a) < place(b); };
    if (std::is_sorted(m_sites.begin(), m_sites.end(), isBefore))
        return;
    std::stable_sort(m_sites.begin(), m_sites.end(), isBefore);
    Q_EMIT changed();
}

SiteTally SiteList::total() const
{
    SiteTally total;
    total.isLive = total.isKnown = !m_sites.empty();
    for (const auto &site : m_sites) {
        const SiteTally &tally = site->tally();
        total.isLive = total.isLive && tally.isLive;
        total.isKnown = total.isKnown && tally.isKnown;
        total.servers += tally.servers;
        total.problems += tally.problems;
        total.worst = std::max(total.worst, tally.worst);
    }
    return total;
}

} // namespace Treewarden
