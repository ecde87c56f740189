// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/eventlog.h"

#include "console/models/fleetsource.h"
#include "console/models/streampages.h"
#include "shared/core/textformat.h"
#include "shared/fleet/fleetreading.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int leastMatches = 200; ///< a filter that leaves fewer reads on by itself

} // namespace

EventLog::EventLog(FleetSource &source, QObject *parent)
    : QAbstractTableModel(parent)
    , m_source(source)
{
    connect(&source, &FleetSource::reset, this, &EventLog::catchUp);
    connect(&source, &FleetSource::eventsAdded, this, &EventLog::take);
    connect(&source, &FleetSource::momentChanged, this, &EventLog::catchUp);
    rebuild();
}

/// After a gap: what came meanwhile stands above what is held, unless nothing of it is known any
/// more or it is another stream.
void EventLog::catchUp()
{
    ++m_generation; // an answer that is still owed may never come
    m_isReading = false;
    const QList<Event> &events = m_source.state().events;
    const auto known = std::find_if(events.begin(), events.end(), [this](const Event &event) {
        return !m_records.empty() && event.id == m_records.front().id;
    });
    if (known == events.end()) {
        rebuild();
        return;
    }
    QList<Event> later(events.begin(), known);
    std::reverse(later.begin(), later.end());
    take(later);
}

void EventLog::rebuild()
{
    ++m_generation;
    m_isReading = m_isComplete = false;
    m_trouble.clear();
    beginResetModel();
    m_records.clear();
    m_groups = {};
    m_died = m_waiting = 0;
    m_bytes = 0;
    const QList<Event> &events = m_source.state().events;
    for (auto event = events.crbegin(); event != events.crend(); ++event)
        push(eventRecord(*event, m_source.state()), true);
    m_shown = m_newest;
    m_readTo = m_records.empty() ? QByteArray() : m_records.back().id.toLatin1();
    fillRows();
    endResetModel();
    Q_EMIT changed();
}

void EventLog::push(const EventRecord &record, bool isNewest)
{
    if (isNewest) {
        m_records.push_front(record);
        ++m_newest;
    } else {
        m_records.push_back(record);
    }
    count(record, 1);
}

void EventLog::count(const EventRecord &record, int change)
{
    m_groups[size_t(record.group)] += change;
    m_died += record.health == Health::Died ? change : 0;
    m_bytes += change * record.json.size();
}

void EventLog::take(const QList<Event> &oldestFirst)
{
    for (const Event &event : oldestFirst) {
        const auto place = streamPlace(event.id.toLatin1());
        const auto last = m_records.empty() ? std::pair<quint64, quint64>()
                                            : streamPlace(m_records.front().id.toLatin1());
        if (!m_records.empty() && place < last) { // the stream began anew
            rebuild();
            return;
        }
        if (!m_records.empty() && place == last)
            continue;
        push(eventRecord(event, m_source.state()), true);
        m_waiting += m_filter.matches(m_records.front()) ? 1 : 0;
    }
    if (m_isFollowing)
        showWaiting();
    shrink();
    Q_EMIT changed();
}

void EventLog::setFilter(const EventFilter &filter)
{
    beginResetModel();
    m_filter = filter;
    m_shown = m_newest;
    m_waiting = 0;
    fillRows();
    endResetModel();
    if (m_matches < leastMatches && !m_filter.isEmpty())
        fetchMore({});
    Q_EMIT changed();
}

bool EventLog::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_isReading && !m_isComplete && m_source.isLive()
        && m_source.connection() && m_records.size() < size_t(mostEvents) && m_bytes < mostBytes / 2
        && (m_records.empty() || m_records.back().time >= m_filter.earliest());
}

void EventLog::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_wanted = m_matches + leastMatches;
    readOlder();
}

void EventLog::readOlder()
{
    m_isReading = true;
    m_source.connection()->command(
        pageBefore(Keys::events, m_readTo, sliceSize), this,
        [this, generation = m_generation](const RedisReply &reply) {
            if (generation == m_generation)
                takeOlder(reply);
        },
        RedisConnection::Queueing::Never);
    Q_EMIT changed();
}

void EventLog::takeOlder(const RedisReply &reply)
{
    m_isReading = false;
    m_trouble = reply.isOk() ? QString() : oneLine(reply.error);
    if (!reply.isOk()) {
        Q_EMIT changed();
        return;
    }
    const bool wasEmpty = m_records.empty();
    const qint64 newest = oldest() - 1;
    for (const Event &event : readEvents(reply.value, false)) {
        if (!event.type.isEmpty())
            push(eventRecord(event, m_source.state()), false);
    }
    if (const QByteArray last = lastIdOf(reply.value); !last.isEmpty())
        m_readTo = last;
    m_isComplete = reply.value.elements.size() < sliceSize;
    if (wasEmpty)
        m_shown = m_newest;
    if (oldest() <= newest)
        insertBelow(newest);
    if (m_matches < m_wanted && canFetchMore({}))
        readOlder();
    Q_EMIT changed();
}

const EventRecord *EventLog::record(int row) const
{
    if (row < 0 || row >= m_rows.size() || m_rows[row].isDay)
        return nullptr;
    return &at(m_rows[row].number);
}

int EventLog::rowOf(const QString &id) const
{
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (!m_rows[row].isDay && at(m_rows[row].number).id == id)
            return int(row);
    }
    return -1;
}

int EventLog::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int EventLog::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QDate EventLog::dayOf(qint64 number) const
{
    return QDateTime::fromMSecsSinceEpoch(at(number).time).date();
}

QString EventLog::dayText(qint64 number) const
{
    const QDate day = dayOf(number);
    const QString name = QLocale().toString(day, QLocale::LongFormat);
    const qint64 ago = day.daysTo(QDateTime::fromMSecsSinceEpoch(m_source.now()).date());
    if (ago == 0)
        return tr("Today, %1").arg(name);
    return ago == 1 ? tr("Yesterday, %1").arg(name) : name;
}

QString EventLog::text(const EventRecord &record, int column) const
{
    switch (column) {
    case TimeColumn:
        return QDateTime::fromMSecsSinceEpoch(record.time).toString(u"HH:mm:ss"_s);
    case EventColumn:
        return record.sentence;
    case WhereColumn:
        return record.where;
    case WhoColumn:
        return record.who;
    default:
        return {};
    }
}

QVariant EventLog::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    if (role == IsDayRole)
        return row.isDay;
    if (role == DayRole)
        return dayText(row.number);
    if (row.isDay) {
        const bool isText = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
        return isText && index.column() == TimeColumn ? QVariant(dayText(row.number)) : QVariant();
    }
    const EventRecord &record = at(row.number);
    switch (role) {
    case Qt::DisplayRole:
        return text(record, index.column());
    case Qt::ToolTipRole:
        return text(record, index.column()).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return index.column() == EventColumn && !record.detail.isEmpty()
            ? record.sentence + u". "_s + record.detail
            : text(record, index.column());
    case HealthRole:
        return record.health ? QVariant(int(*record.health)) : QVariant();
    case GroupRole:
        return int(record.group);
    case DetailRole:
        return record.detail;
    default:
        return {};
    }
}

QVariant EventLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return {};
    const QString titles[] = {tr("Time"), tr("Event"), tr("Where"), tr("Who")};
    return titles[section];
}

/// A heading is nothing that could be chosen.
Qt::ItemFlags EventLog::flags(const QModelIndex &index) const
{
    if (!index.isValid() || m_rows[index.row()].isDay)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace Treewarden
