// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/commandwords.h"

#include "console/models/pasttext.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

CommandWords::CommandWords(const QString &text, qint64 now)
    : m_text(text.trimmed())
{
    const QStringList words = m_text.left(500).simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const bool isNegated = word.size() > 1 && word.startsWith(u'-');
        const Term term = termOf(isNegated ? word.mid(1) : word, now);
        m_terms << (isNegated
                        ? Term([term](const CommandLog &log, int row) { return !term(log, row); })
                        : term);
    }
}

bool CommandWords::matches(const CommandLog &log, int row) const
{
    return std::all_of(m_terms.begin(), m_terms.end(),
                       [&](const Term &term) { return term(log, row); });
}

CommandWords::Term CommandWords::termOf(const QString &word, qint64 now)
{
    if (Term state = stateOf(word.toLower()))
        return state;
    const QString name = word.section(u':', 0, 0).toLower(), part = word.section(u':', 1);
    if (word.contains(u':') && (name == u"since" || name == u"until")) {
        const auto moment = parseMoment(part, now);
        const bool isSince = name == u"since";
        return [moment, isSince](const CommandLog &log, int row) {
            const qint64 begun = log.record(row).begun;
            return !moment || (isSince ? begun >= *moment : begun <= *moment);
        };
    }
    if (word.contains(u':')) {
        if (Term field = fieldOf(name, part))
            return field;
    }
    return [word](const CommandLog &log, int row) {
        return log.index(row, 0)
            .data(CommandLog::SearchRole)
            .toString()
            .contains(word, Qt::CaseInsensitive);
    };
}

CommandWords::Term CommandWords::stateOf(const QString &word)
{
    if (word == u"running")
        return [](const CommandLog &log, int row) { return log.record(row).isRunning(); };
    if (word == u"scheduled")
        return [](const CommandLog &log, int row) {
            return !log.record(row).newest.schedule.isEmpty();
        };
    static const QHash<QString, QList<CommandState>> states{
        {u"done"_s, {CommandState::Done, CommandState::Verified}},
        {u"failed"_s, {CommandState::Failed, CommandState::Unverified}},
        {u"refused"_s, {CommandState::Refused}},
        {u"expired"_s, {CommandState::Expired}},
    };
    const QList<CommandState> wanted = states.value(word);
    if (wanted.isEmpty())
        return {};
    return [wanted](const CommandLog &log, int row) {
        return wanted.contains(log.record(row).newest.state);
    };
}

CommandWords::Term CommandWords::fieldOf(const QString &name, const QString &part)
{
    using Record = CommandLog::Record;
    static const QHash<QString, QString (*)(const Record &)> fields{
        {u"action"_s, [](const Record &record) { return record.newest.action; }},
        {u"role"_s, [](const Record &record) { return record.newest.service.role; }},
        {u"why"_s, [](const Record &record) { return record.newest.reason; }},
        {u"key"_s, [](const Record &record) { return record.newest.key; }},
        {u"id"_s, [](const Record &record) { return record.newest.id; }},
        {u"state"_s, [](const Record &record) { return commandStateWord(record.newest.state); }},
    };
    if (const auto field = fields.value(name))
        return [field, part](const CommandLog &log, int row) {
            return field(log.record(row)).contains(part, Qt::CaseInsensitive);
        };
    if (name == u"ip")
        return [part](const CommandLog &log, int row) {
            return log.record(row).newest.ip.startsWith(part, Qt::CaseInsensitive);
        };
    const int column = name == u"who"          ? CommandLog::WhoColumn
        : name == u"name" || name == u"server" ? CommandLog::ServerColumn
                                               : -1;
    if (column < 0)
        return {};
    return [column, part](const CommandLog &log, int row) {
        return log.index(row, column).data().toString().contains(part, Qt::CaseInsensitive);
    };
}

} // namespace Treewarden
