// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/site.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"

#include <QLocale>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestSiteName = 60;

} // namespace

Site::Site(const QString &id, const QString &name, std::unique_ptr<FleetSource> source,
           std::unique_ptr<ActionDesk> desk)
    : m_id(id)
    , m_name(name)
    , m_source(std::move(source))
    , m_time(*m_source)
    , m_desk(std::move(desk))
    , m_actions(m_time, *m_desk)
    , m_counter(*m_source)
    , m_told(m_counter.tally())
{
    connect(&m_counter, &TallyCounter::counted, this, &Site::tell);
}

void Site::tell()
{
    if (m_told == m_counter.tally())
        return;
    m_told = m_counter.tally();
    Q_EMIT changed();
}

QString Site::name() const
{
    const QString name = m_name.isEmpty() ? shortAddress(m_source->address()) : m_name;
    return oneLine(name, longestSiteName);
}

void Site::setName(const QString &name)
{
    if (m_name == name)
        return;
    m_name = name;
    Q_EMIT changed();
}

QString tallyText(const SiteTally &tally)
{
    if (!tally.isKnown)
        return Site::tr("not connected");
    QStringList parts{serverCountText(tally.servers)};
    if (!tally.isLive)
        parts << Site::tr("not connected");
    else if (tally.problems == 1)
        parts << Site::tr("1 problem");
    else if (tally.problems > 1)
        parts << Site::tr("%1 problems").arg(QLocale().toString(tally.problems));
    return parts.join(Site::tr(", "));
}

} // namespace Treewarden
