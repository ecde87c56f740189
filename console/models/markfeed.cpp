// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/markfeed.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/models/historylink.h"
#include "console/models/streampages.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int entriesOfPage = 1000;

/// Words of an entry's `ip` field, without reading all of it: most are another server's.
bool isOf(const RedisValue &fields, const QByteArray &ip)
{
    for (qsizetype i = 0; i + 1 < fields.elements.size(); i += 2) {
        if (fields.elements[i].text == "ip")
            return fields.elements[i + 1].text == ip;
    }
    return false;
}

} // namespace

std::optional<ChartMark> markOf(const Event &event, const FleetState &state)
{
    const qint64 time = eventTime(event);
    if (time <= 0)
        return {};
    ChartMark mark{time, ChartMark::Kind::State, Health::Alive, {}};
    if (const auto health = eventHealth(event)) {
        mark.health = *health;
    } else if (event.type == u"command") {
        const QString word = event.json.value(u"state").toString();
        if (word == u"accepted" || word == u"running" || word == u"verified")
            return {};
        mark.kind = ChartMark::Kind::Command;
    } else if (event.type == u"config") {
        mark.kind = ChartMark::Kind::Config;
    } else if (event.type == u"machine") {
        mark.kind = ChartMark::Kind::Start;
    } else {
        return {};
    }
    mark.text = eventText(event, state);
    return mark;
}

MarkFeed::MarkFeed(FleetSource &source, HistoryLink &link, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_link(link)
{
    connect(&source, &FleetSource::eventsAdded, this, [this](const QList<Event> &events) {
        const qsizetype before = m_marks.size();
        add(events);
        sort();
        if (m_marks.size() != before)
            Q_EMIT changed();
    });
    connect(&source, &FleetSource::reset, this, [this] {
        add(m_source.state().events);
        sort();
        Q_EMIT changed();
    });
    connect(&link, &HistoryLink::restarted, this, &MarkFeed::restart);
}

void MarkFeed::follow(const QString &ip)
{
    if (m_ip == ip)
        return;
    m_ip = ip;
    m_isWanted = false;
    restart();
}

void MarkFeed::restart()
{
    ++m_round;
    m_isOut = m_isWhole = false;
    m_marks.clear();
    m_ids.clear();
    m_before.clear();
    m_entries = 0;
    m_seenFrom = 0;
    add(m_source.state().events);
    sort();
    Q_EMIT changed();
    next();
}

void MarkFeed::show(qint64 from)
{
    if (m_isWanted && from >= m_from)
        return;
    m_from = from;
    m_isWanted = true;
    next();
}

void MarkFeed::next()
{
    RedisConnection *connection = m_ip.isEmpty() || !m_isWanted ? nullptr : m_link.connection();
    if (!connection || m_isOut || m_isWhole || m_entries >= mostEntries
        || m_marks.size() >= mostMarks || (m_seenFrom > 0 && m_seenFrom <= m_from))
        return;
    m_isOut = true;
    connection->command(pageBefore(Keys::events, m_before, entriesOfPage), this,
                        [this, round = m_round](const RedisReply &reply) {
                            if (round == m_round)
                                takePage(reply);
                        });
}

void MarkFeed::takePage(const RedisReply &reply)
{
    m_isOut = false;
    if (!reply.isOk())
        return; // the history says why; the next look asks again
    const QByteArray ip = m_ip.toUtf8();
    QList<Event> events;
    for (const RedisValue &entry : reply.value.elements) {
        if (entry.elements.size() != 2)
            continue;
        m_before = entry.elements[0].text.left(64);
        if (!isOf(entry.elements[1], ip))
            continue;
        if (auto event = parseEvent(m_before, entry.elements[1].toList()))
            events << *std::move(event);
    }
    const qsizetype count = reply.value.elements.size();
    m_entries += int(count);
    m_isWhole = count < entriesOfPage;
    // The id's first part is Redis' clock: near enough to say where to stop.
    m_seenFrom = m_before.split('-').first().toLongLong();
    const qsizetype before = m_marks.size();
    add(events);
    sort();
    if (m_marks.size() != before || m_isWhole)
        Q_EMIT changed();
    next();
}

void MarkFeed::add(const QList<Event> &events)
{
    for (const Event &event : events) {
        if (event.ip != m_ip || m_ip.isEmpty() || m_marks.size() >= mostMarks)
            continue;
        if (!event.id.isEmpty() && m_ids.contains(event.id))
            continue;
        m_ids.insert(event.id);
        if (const auto mark = markOf(event, m_source.state()))
            m_marks << *mark;
    }
}

void MarkFeed::sort()
{
    std::stable_sort(m_marks.begin(), m_marks.end(),
                     [](const ChartMark &a, const ChartMark &b) { return a.time < b.time; });
}

} // namespace Treewarden
