// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/commandlog.h"

#include "console/models/actiontext.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"

#include <QDateTime>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestSilence = 10 * 60'000; ///< ms; a command of which nothing is told any more

/// Later states of a command have a higher one; what comes late changes nothing.
int rankOf(CommandState state)
{
    switch (state) {
    case CommandState::Accepted:
        return 0;
    case CommandState::Running:
        return 1;
    case CommandState::Verified:
    case CommandState::Unverified:
        return 3;
    default:
        return 2;
    }
}

QString whenText(qint64 time, qint64 now)
{
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(time);
    const bool isToday = then.date() == QDateTime::fromMSecsSinceEpoch(now).date();
    return then.toString(isToday ? u"HH:mm:ss"_s : u"yyyy-MM-dd HH:mm:ss"_s);
}

} // namespace

bool CommandLog::Record::isRunning() const
{
    return rankOf(newest.state) < 2;
}

CommandOrder CommandLog::Record::order() const
{
    return {newest.ip, newest.service, newest.action, newest.reason};
}

CommandLog::CommandLog(FleetSource &source, QObject *parent)
    : QAbstractTableModel(parent)
    , m_source(source)
{
    connect(&source, &FleetSource::commandChanged, this, &CommandLog::take);
    connect(&source, &FleetSource::reset, this, &CommandLog::read);
    connect(&source, &FleetSource::momentChanged, this, [this] {
        if (m_source.isPast())
            read();
    });
    read();
}

int CommandLog::rowOf(const CommandMessage &message) const
{
    const auto found = std::find_if(m_records.begin(), m_records.end(), [&](const Record &record) {
        return record.newest.id == message.id && record.newest.ip == message.ip;
    });
    return found == m_records.end() ? -1 : int(found - m_records.begin());
}

CommandLog::Record CommandLog::recordOf(const CommandMessage &message, qint64 heard)
{
    Record record{message, message.timestamp, heard, isFinal(message.state) ? message.took : 0, {}};
    addStep(record, message);
    return record;
}

void CommandLog::addStep(Record &record, const CommandMessage &message)
{
    qsizetype place = record.steps.size();
    for (qsizetype i = 0; i < record.steps.size(); ++i) {
        if (record.steps[i].state == message.state)
            return;
        if (place > i && rankOf(record.steps[i].state) > rankOf(message.state))
            place = i;
    }
    record.steps.insert(
        place, {message.state, message.timestamp, message.took, message.exit, message.detail});
}

/// The word that comes last wins; who and why are not taken away by one that does not say them.
void CommandLog::merge(Record &record, const CommandMessage &message)
{
    const CommandMessage before = record.newest;
    if (rankOf(message.state) >= rankOf(before.state))
        record.newest = message;
    if (isFinal(message.state) && message.took > 0)
        record.took = message.took;
    record.begun = std::min(record.begun, message.timestamp);
    addStep(record, message);
    for (const auto field : {&CommandMessage::by, &CommandMessage::reason, &CommandMessage::key,
                             &CommandMessage::schedule}) {
        if ((record.newest.*field).isEmpty())
            record.newest.*field = (before.*field).isEmpty() ? message.*field : before.*field;
    }
}

void CommandLog::take(const CommandMessage &message)
{
    if (message.id.isEmpty())
        return;
    if (const int row = rowOf(message); row >= 0) {
        merge(m_records[size_t(row)], message);
        m_records[size_t(row)].heard = m_source.now();
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    } else {
        beginInsertRows({}, 0, 0);
        m_records.push_front(recordOf(message, m_source.now()));
        endInsertRows();
        if (size() > mostRecords) {
            beginRemoveRows({}, mostRecords, int(size()) - 1);
            m_records.resize(mostRecords);
            endRemoveRows();
        }
    }
    Q_EMIT runningChanged();
}

QList<CommandLog::Record> CommandLog::running() const
{
    QList<Record> found;
    for (const Record &record : m_records) {
        if (record.isRunning() && m_source.now() - record.heard < longestSilence)
            found.prepend(record);
    }
    return found;
}

QList<CommandLog::Record> CommandLog::running(const QString &ip) const
{
    QList<Record> found = running();
    found.removeIf([&](const Record &record) { return record.newest.ip != ip; });
    return found;
}

int CommandLog::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(size());
}

int CommandLog::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant CommandLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole && section == TookColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("When"), tr("Server"), tr("Service"), tr("Action"), tr("State"),
                              tr("Who"),  tr("Why"),    tr("Took"),    tr("Detail")};
    return titles[section];
}

QString CommandLog::text(const Record &record, int column) const
{
    const CommandMessage &command = record.newest;
    const bool isOfServer = command.service.role == u"system";
    switch (column) {
    case WhenColumn:
        return whenText(record.begun, m_source.now());
    case ServerColumn:
        return serverText(m_source.state(), command.ip);
    case ServiceColumn:
        return isOfServer ? QString() : serviceName(command.service.role, command.service.instance);
    case ActionColumn:
        return actionName(command.action, isOfServer);
    case StateColumn:
        return outcomeText(command.state);
    case WhoColumn:
        return command.schedule.isEmpty() ? oneLine(command.by, 64)
                                          : tr("schedule %1").arg(oneLine(command.schedule, 64));
    case WhyColumn:
        return oneLine(command.reason, 200);
    case TookColumn:
        return record.took > 0 ? spentText(record.took) : QString();
    case DetailColumn:
        return oneLine(command.detail, 300);
    default:
        return {};
    }
}

QVariant CommandLog::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Record &record = m_records[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: {
        const QString words = text(record, index.column());
        return words.isEmpty() ? u"–"_s : words;
    }
    case Qt::ToolTipRole: {
        const QString words = text(record, index.column());
        return words.isEmpty() ? QVariant() : words.toHtmlEscaped();
    }
    case Qt::TextAlignmentRole:
        return index.column() == TookColumn ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                                            : QVariant();
    case HealthRole: {
        const auto health = outcomeHealth(record.newest.state);
        return health ? QVariant(int(*health)) : QVariant();
    }
    case IpRole:
        return record.newest.ip;
    case SearchRole: {
        QStringList texts{record.newest.ip, record.newest.service.text(), record.newest.action,
                          commandStateWord(record.newest.state)};
        for (int column = ServerColumn; column < ColumnCount; ++column)
            texts << text(record, column);
        return texts.join(u'\n');
    }
    default:
        return {};
    }
}

} // namespace Treewarden
