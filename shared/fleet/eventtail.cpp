// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/eventtail.h"

#include "shared/fleet/complaints.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostRounds = 20;
constexpr auto readPause = 250ms;

/// Ids of stream entries in their order: milliseconds, then a number.
bool isEarlierId(const QString &left, const QString &right)
{
    const auto parts = [](const QString &id) {
        return std::pair(id.section(u'-', 0, 0).toULongLong(), id.section(u'-', 1).toULongLong());
    };
    return parts(left) < parts(right);
}

} // namespace

EventTail::EventTail(KeyAsker &asker, Complaints &complaints, QObject *parent)
    : QObject(parent)
    , m_asker(asker)
    , m_complaints(complaints)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &EventTail::read);
    connect(&asker, &KeyAsker::failed, this, [this] { m_isReading = false; });
}

QList<Event> EventTail::begin(const RedisValue &newest)
{
    QList<Event> events = readEvents(newest, false);
    m_lastId = events.isEmpty() ? QString() : events.first().id;
    events.removeIf([](const Event &event) { return event.type.isEmpty(); });
    return events;
}

void EventTail::readSoon()
{
    m_mustRead = true;
    if (m_isPaused || m_isReading || m_timer.isActive())
        return;
    // The first at once; many that follow each other come together.
    const std::chrono::milliseconds rest = m_sinceRead.isValid()
        ? readPause - std::chrono::milliseconds(m_sinceRead.elapsed())
        : 0ms;
    m_timer.start(std::max<std::chrono::milliseconds>(rest, 20ms));
}

void EventTail::resume()
{
    m_isPaused = false;
    if (m_mustRead)
        readSoon();
}

void EventTail::pause()
{
    m_isPaused = true;
    m_isReading = m_mustRead = false;
    m_timer.stop();
}

void EventTail::read()
{
    m_isReading = true;
    m_mustRead = false;
    m_sinceRead.start();
    // Who is too far behind takes the newest and leaves the rest.
    const bool isBehind = ++m_rounds > mostRounds;
    m_asker.ask({isBehind ? newestEventsCommand() : laterEventsCommand(m_lastId)},
                [this, isBehind](const QList<RedisReply> &replies) {
                    QList<Event> events = readEvents(replies.first().value, !isBehind);
                    const bool isMore = events.size() >= maximumEvents && !isBehind;
                    std::reverse(events.begin(), events.end());
                    take(events);
                    m_isReading = false;
                    m_rounds = isMore ? m_rounds : 0;
                    if (isMore)
                        m_sinceRead.invalidate();
                    if (isMore || m_mustRead)
                        readSoon();
                });
}

void EventTail::take(QList<Event> oldestFirst)
{
    QList<Event> news;
    for (const Event &event : oldestFirst) {
        if (!m_lastId.isEmpty() && !isEarlierId(m_lastId, event.id))
            continue;
        m_lastId = event.id;
        if (event.type.isEmpty())
            m_complaints.complain(u"event"_s,
                                  u"the event %1 cannot be read: it is left out"_s.arg(event.id));
        else
            news << event;
    }
    if (!news.isEmpty())
        Q_EMIT added(news);
}

void EventTail::check(const RedisValue &newest)
{
    const QList<Event> events = readEvents(newest, false);
    const QString id = events.isEmpty() ? QString() : events.first().id;
    if (!m_lastId.isEmpty() && isEarlierId(id, m_lastId)) {
        m_lastId.clear();
        Q_EMIT restarted();
    }
    if (id != m_lastId)
        readSoon();
}

} // namespace Treewarden
