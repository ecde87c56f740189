// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pagehistory.h"

namespace Treewarden {

void PageHistory::visit(const Place &place)
{
    if (m_at >= 0 && m_places[m_at] == place)
        return;
    m_places.resize(m_at + 1);
    m_places.append(place);
    if (m_places.size() > mostPlaces)
        m_places.removeFirst();
    m_at = m_places.size() - 1;
}

std::optional<PageHistory::Place> PageHistory::back()
{
    if (!canGoBack())
        return {};
    return m_places[--m_at];
}

std::optional<PageHistory::Place> PageHistory::forward()
{
    if (!canGoForward())
        return {};
    return m_places[++m_at];
}

} // namespace Treewarden
