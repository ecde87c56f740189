// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/web/representation.h"
#include "console/web/webserver.h"
#include "shared/core/now.h"
#include "shared/fleet/fleetstate.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <optional>

namespace Treewarden {

/// What visitors are told of a FleetState: the answers of /api/v1/…, /metrics and /healthz, and the
/// messages of the stream. Changes are noted one by one and become visible all at once with
/// nextGeneration(); an answer is built when somebody asks for it first in a generation and then
/// sent to all, so that requests cost the same however many come.
class FleetSnapshot : public WebContent
{
public:
    /// Whether the state is true now.
    struct Liveness
    {
        bool hasState = false; ///< false: nothing was read yet
        bool isLive = false;
        qint64 staleSince = 0; ///< ms; 0 while live

        friend bool operator==(const Liveness &, const Liveness &) = default;
    };

    /// Numbers of the server itself for /metrics, by name.
    struct SelfNumbers
    {
        qint64 requests = 0;
        int connections = 0, listeners = 0;
    };

    /// `state` must outlive this.
    FleetSnapshot(const FleetState &state, const QString &title, Now now = systemNow());

    /// Where /metrics asks for the server's own numbers.
    void setSelfNumbers(std::function<SelfNumbers()> numbers)
    {
        m_selfNumbers = std::move(numbers);
    }

    void setLiveness(const Liveness &liveness);
    void noteReset();
    void noteServer(const QString &ip);
    void noteWorkload(const QString &ip);
    void noteTrees();
    void noteEvents(const QList<Event> &events);

    /// True when something but workloads was noted since the last generation.
    bool hasChanges() const;

    bool hasWorkloads() const { return !m_workloads.isEmpty(); }

    /// Makes what was noted visible. Workloads wait for `withWorkloads`. Gives the stream's message
    /// for those who have the last generation; nothing when they need the whole state, or when
    /// `isWanted` is false.
    std::optional<QByteArray> nextGeneration(bool withWorkloads, bool isWanted);
    /// The stream's message for those who join: everything.
    QByteArray wholeState() const;

    Found find(QByteArrayView path) override;

private:
    struct Cached
    {
        quint64 generation = 0;
        std::unique_ptr<Representation> representation;
    };

    Found fleet(QByteArrayView rest);
    Found cached(Cached &entry, quint64 generation, const std::function<QByteArray()> &build);
    Found metrics();
    Found health();
    QByteArray withLiveness(QByteArray object) const;
    QByteArray changeMessage(bool withWorkloads);
    void writeChangedTrees(JsonWriter &writer);
    void forgetNotes(bool withWorkloads);

    const FleetState &m_state;
    QString m_title;
    Now m_now;
    std::function<SelfNumbers()> m_selfNumbers;
    Liveness m_liveness;

    quint64 m_generation = 1;
    QSet<QString> m_servers, m_workloads; ///< noted, by ip
    QList<Event> m_events; ///< noted, oldest first
    bool m_isReset = true, m_haveTreesChanged = false, m_hasLivenessChanged = false;
    QHash<QString, QByteArray> m_toldTrees; ///< by id, as the stream told them last

    Cached m_fleet, m_trees, m_eventList, m_metrics;
    QHash<QString, quint64> m_changed; ///< the generation in which a server changed last, by ip
    std::map<QString, Cached> m_serverAnswers, m_treeAnswers;
    qint64 m_metricsTime = 0;
    Representation m_ok, m_notOk;
    Representation m_streamHead; ///< what HEAD gets: a stream without its messages
    Representation m_noState;
};

} // namespace Treewarden
