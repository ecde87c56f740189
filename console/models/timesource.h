// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/archivereader.h"
#include "console/models/discardedstates.h"
#include "console/models/fleetsource.h"
#include "console/models/pastfleet.h"
#include "console/models/pastgaps.h"
#include "console/models/pastworkloads.h"
#include "console/models/problemcount.h"
#include "console/models/timeplayer.h"

namespace Treewarden {

/// Stands between the live source and everything that shows a fleet: live, it hands on what the
/// other says; in the past, it answers for a moment, while the live source goes on underneath.
class TimeSource : public FleetSource
{
    Q_OBJECT
public:
    static constexpr int speeds[] = {1, 10, 60, 600};

    explicit TimeSource(FleetSource &live, QObject *parent = nullptr);
    ~TimeSource() override;

    const FleetState &state() const override;
    bool hasState() const override;
    bool isLive() const override;
    qint64 staleSince() const override;
    QString trouble() const override;
    qint64 retryIn() const override;
    qint64 messageCount() const override;
    QString address() const override;
    qint64 now() const override;
    RedisConnection *connection() override;
    void retryNow() override;

    bool isPast() const override { return m_isPast; }

    qint64 moment() const override;

    void wantWorkload(const QObject *who, const QStringList &ips) override;

    /// The present, whatever is shown.
    FleetSource &live() const { return m_live; }

    ArchiveReader &events() { return m_reader; }

    /// Shows the fleet as it was then (Unix ms). What is not known yet is read first; a moment
    /// before all that events tell is their begin, one that has not come yet is now. Many calls
    /// within a blink are one.
    void goTo(qint64 moment);
    void goLive();
    /// To the next event after, or the last before the moment that is shown.
    void stepEvent(bool isForward);

    /// Where goTo() was asked to go; differs from moment() until the picture of it is made. 0 while
    /// live.
    qint64 wantedMoment() const { return m_wanted; }

    bool isReading() const { return m_wanted > 0 && m_reader.isReading(); }

    /// Lets the moment go on, `speed` times as fast as it did, until it is now.
    void play(int speed);

    void pause() { m_player.pause(); }

    bool isPlaying() const { return m_player.isPlaying(); }

    int speed() const { return m_player.speed(); }

    void setSpeed(int speed) { m_player.setSpeed(speed); }

    /// How many problems there are now, while the past is shown.
    int problemsNow() const { return m_problems.count(); }

    /// What is not known of the moment that is shown.
    PastGaps gaps() const;

Q_SIGNALS:
    void playingChanged();
    /// wantedMoment() or isReading() changed.
    void wantedChanged();
    void problemsNowChanged();

private:
    /// What is shown while another picture is made.
    struct Held
    {
        FleetState state;
        qint64 moment;
    };

    void forwardSignals();
    void move();
    void show(qint64 moment);
    void beginPicture(qint64 moment);
    void moveOn();
    void goOn();
    void arrive();
    void hold();
    void dropHeld();
    void dropPicture();
    void discardPicture();
    void leave();
    void startAgain();
    void takeTrees(const TreeHistory &history);
    void tell(const PastChange &change);
    void tellServers();
    void tellSome(const QStringList &ips);
    void readTrees();
    void advance(qint64 time);
    void takeWorkload(const QString &ip, const WorkloadSample &sample);
    void dropWorkloads();

    FleetSource &m_live;
    ArchiveReader m_reader;
    PastFleet m_past;
    PastWorkloads m_workloads;
    QSet<QString> m_loaded; ///< ips whose load of the moment is known
    TreeHistory m_trees;
    TreeHistoryReader m_treeReader;
    QStringList m_treesRead; ///< ids
    bool m_isPast = false;
    bool m_isMoving = false; ///< m_past is of no moment
    bool m_isMade = false; ///< it is, and is told in the next turn
    bool m_isOld = false; ///< older events came: m_past has to be made anew
    bool m_isNew = false; ///< m_past was made anew: nothing stays
    std::optional<Held> m_held;
    DiscardedStates m_discarded;
    QTimer m_slices;
    QSet<QString> m_untold; ///< ips of servers that are others than before; they are told soon
    QTimer m_telling;
    qint64 m_wanted = 0;
    QTimer m_pace; ///< so many moves a second are shown
    TimePlayer m_player;
    ProblemCount m_problems; ///< of the live source
    QString m_address;
};

} // namespace Treewarden
