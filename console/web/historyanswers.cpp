// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/historyanswers.h"

#include "shared/fleet/historyfetch.h"

#include <QTimer>

namespace Treewarden {

using namespace std::chrono_literals;

namespace {

constexpr auto historyType = "application/json";
constexpr size_t mostAnswers = 64;
constexpr auto longestWait = 6s;

constexpr qint64 minute = 60'000, hour = 60 * minute, day = 24 * hour;

/// What a visitor may see: the figures that every server has, and how full its mounts are.
bool isForVisitors(const QByteArray &metric)
{
    static const QList<QByteArray> more{"cpu.steal",       "disk.busy",   "pressure.cpu",
                                        "pressure.memory", "pressure.io", "memory.total"};
    const int number = knownMetricNumber(metric);
    return (number > 0 && number <= 15) || more.contains(metric)
        || (metric.startsWith("filesystems.") && metric.endsWith(".used"));
}

} // namespace

struct HistoryAnswers::Range
{
    const char *name;
    qint64 length; ///< ms
    qint64 lasts; ///< ms that an answer is good for
};

const HistoryAnswers::Range *HistoryAnswers::rangeOf(QByteArrayView name)
{
    static constexpr Range ranges[] = {
        {"1h", hour, 5'000},
        {"6h", 6 * hour, 15'000},
        {"24h", day, 30'000},
        {"7d", 7 * day, 2 * minute},
        {"30d", 30 * day, 10 * minute},
        {"90d", 90 * day, 10 * minute},
        {"1y", 365 * day, 10 * minute},
    };
    for (const Range &range : ranges) {
        if (name == range.name)
            return &range;
    }
    return nullptr;
}

HistoryAnswers::HistoryAnswers(const RedisUrl &url, Now now, QObject *parent)
    : QObject(parent)
    , m_connection(url)
    , m_now(std::move(now))
    , m_wrongRange("{\"error\":\"say how far back: ?range=1h, 6h, 24h, 7d, 30d, 90d or 1y\"}\n",
                   historyType, Representation::Caching::NoStore)
    , m_busy("{\"error\":\"too many histories are being read; try again later\"}\n", historyType,
             Representation::Caching::NoStore)
    , m_away("{\"error\":\"Redis does not tell this history now; try again later\"}\n", historyType,
             Representation::Caching::NoStore)
{
    connect(&m_connection, &RedisConnection::retrying, this, &HistoryAnswers::giveUp);
}

HistoryAnswers::~HistoryAnswers() = default;

WebContent::Found HistoryAnswers::find(const QString &ip, QByteArrayView rangeName)
{
    const Range *range = rangeOf(rangeName);
    if (!range)
        return {&m_wrongRange, 400};
    const Key key{ip, range};
    const qint64 now = m_now();
    const auto known = m_answers.find(key);
    if (known != m_answers.end()) {
        const Answer &answer = known->second;
        if (answer.isOut)
            return {nullptr, 200, false, true};
        // Clocks are set: an answer that is good for longer than its time is not.
        if (now < answer.expires && answer.expires - now <= range->lasts)
            return answer.representation ? WebContent::Found{answer.representation.get()}
                                         : WebContent::Found{&m_away, 503};
    }
    makeRoom();
    if (m_answers.size() >= mostAnswers && known == m_answers.end())
        return {&m_busy, 503};
    ask(key);
    return {nullptr, 200, false, true};
}

/// The answer that is stale longest goes, unless it is being read.
void HistoryAnswers::makeRoom()
{
    if (m_answers.size() < mostAnswers)
        return;
    auto oldest = m_answers.end();
    for (auto answer = m_answers.begin(); answer != m_answers.end(); ++answer) {
        if (!answer->second.isOut
            && (oldest == m_answers.end() || answer->second.expires < oldest->second.expires))
            oldest = answer;
    }
    if (oldest != m_answers.end())
        m_answers.erase(oldest);
}

void HistoryAnswers::ask(const Key &key)
{
    m_answers[key].isOut = true;
    if (m_connection.state() == RedisConnection::State::Closed)
        m_connection.open();
    const qint64 now = m_now();
    const HistoryQuery query{now - key.second->length, now, 600, {}};
    m_connection.transaction(historyCommands(key.first, query), this,
                             [this, key, now](const RedisReply &reply) { take(key, reply, now); });
    QTimer::singleShot(longestWait, this, [this, key] {
        if (m_answers[key].isOut)
            giveUp();
    });
}

void HistoryAnswers::take(const Key &key, const RedisReply &reply, qint64 asked)
{
    Answer &answer = m_answers[key];
    answer.isOut = false;
    answer.representation.reset();
    answer.expires = m_now() + 1000;
    if (reply.isOk()) {
        const HistoryQuery query{asked - key.second->length, asked, 600, {}};
        FetchedHistory history = readHistory(query, reply.value.elements);
        history.slice.series.removeIf(
            [](const HistorySeries &series) { return !isForVisitors(series.metric); });
        answer.representation
            = std::make_unique<Representation>(historyJson(key.first, history.slice), historyType);
        answer.expires = m_now() + key.second->lasts;
    }
    Q_EMIT ready();
}

/// Redis is away: whoever waits is told so.
void HistoryAnswers::giveUp()
{
    for (auto &[key, answer] : m_answers) {
        if (std::exchange(answer.isOut, false)) {
            answer.representation.reset();
            answer.expires = m_now() + 1000;
        }
    }
    Q_EMIT ready();
}

} // namespace Treewarden
