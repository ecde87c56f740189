// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/commandprogress.h"
#include "shared/protocol/updatemessage.h"

#include <QAbstractTableModel>

#include <deque>

namespace Treewarden {

class FleetSource;
struct RedisValue;

/// The commands of everybody, newest first: the newest of the stream `commands`, and what is told
/// since. A command is one row, whatever is told of it.
class CommandLog : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        WhenColumn,
        ServerColumn,
        ServiceColumn,
        ActionColumn,
        StateColumn,
        WhoColumn,
        WhyColumn,
        TookColumn,
        DetailColumn,
        ColumnCount
    };

    enum Role {
        HealthRole = Qt::UserRole, ///< int of Health; nothing while it is under way
        IpRole,
        SearchRole, ///< everything that a person may look for, one text
    };

    /// One state of a command, as it was told.
    struct Step
    {
        CommandState state;
        qint64 time = 0; ///< ms, by the server's clock
        qint64 took = 0; ///< ms
        std::optional<int> exit;
        QString detail;
    };

    /// A command as far as it is known.
    struct Record
    {
        CommandMessage newest; ///< of the last state
        qint64 begun = 0; ///< ms, by the server's clock: the first that was told
        qint64 heard = 0; ///< ms, by ours: when it was last told; 0: read from the stream
        qint64 took = 0; ///< ms
        QList<Step> steps; ///< each state once, in their order

        bool isRunning() const;
        CommandOrder order() const;
    };

    static constexpr int mostRecords = 10'000; ///< the stream keeps about as many

    explicit CommandLog(FleetSource &source, QObject *parent = nullptr);

    /// What is said of a command, live.
    void take(const CommandMessage &message);
    /// The entries of XREVRANGE commands, newest first.
    void takeStream(const RedisValue &entries);

    /// The commands that somebody's server carries out now, the oldest first.
    QList<Record> running() const;
    QList<Record> running(const QString &ip) const;

    const Record &record(int row) const { return m_records[size_t(row)]; }

    /// Nothing older is in the stream.
    bool isComplete() const { return m_isComplete; }

    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// Another command runs, or one less.
    void runningChanged();

private:
    qsizetype size() const { return qsizetype(m_records.size()); }

    void read();
    void takeOlder(const RedisValue &entries);
    void noteRead(const RedisValue &entries);
    int rowOf(const CommandMessage &message) const;
    static Record recordOf(const CommandMessage &message, qint64 heard);
    static void merge(Record &record, const CommandMessage &message);
    static void addStep(Record &record, const CommandMessage &message);
    QString text(const Record &record, int column) const;

    FleetSource &m_source;
    std::deque<Record> m_records; ///< newest first; a list would double its room at its begin
    QByteArray m_readTo; ///< id of the oldest entry that was read
    int m_generation = 0; ///< of readings: an answer to an earlier one is too late
    bool m_isReading = false, m_isComplete = false;
};

} // namespace Treewarden
