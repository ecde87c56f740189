// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/idiomprobes.h"

#include "agent/checks/infopairs.h"
#include "agent/checks/listenercount.h"
#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/parameters.h"
#include "agent/probes/passwdfile.h"
#include "agent/probes/processcount.h"
#include "agent/probes/processrights.h"
#include "agent/probes/redisanswer.h"
#include "agent/probes/socketprobe.h"
#include "shared/core/textformat.h"

#include <QFile>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// The helpers of somebody's pipeline: never what the author of a check meant to count.
bool isPipelineHelper(const Process &process)
{
    for (const char *helper : {"grep", "egrep", "fgrep", "ps", "wc", "pgrep"}) {
        if (process.runs(helper))
            return true;
    }
    const bool isShell = process.runs("sh") || process.runs("bash") || process.runs("dash");
    return isShell && process.arguments.contains(QByteArrayView("\0-c\0", 4))
        && process.commandLine.contains("grep ");
}

/// The names by which `ps -e`, pgrep and pidof know a process: the kernel's, and the whole one
/// where the kernel's is cut off.
QByteArrayList namesOf(const Process &process)
{
    constexpr qsizetype longestName = 15;
    QByteArrayList names{process.name};
    const QByteArrayView program = process.programName();
    if (process.name.size() == longestName && program.startsWith(process.name))
        names << program.toByteArray();
    return names;
}

QByteArrayList shownLinesOf(const Process &process, ShellIdiom::Line line)
{
    if (line == ShellIdiom::Line::UserAndCommand)
        return {process.user + ' ' + process.commandLine};
    return line == ShellIdiom::Line::Command ? QByteArrayList{process.commandLine}
                                             : namesOf(process);
}

bool hasName(const Process &process, const QByteArrayList &programs)
{
    const QByteArrayList names = namesOf(process);
    return std::any_of(programs.begin(), programs.end(), [&](const QByteArray &program) {
        return names.contains(program) || process.runs(program);
    });
}

/// Users may be given by number.
QByteArrayList namesOfUsers(const QByteArrayList &users)
{
    QHash<uid_t, QByteArray> known;
    QByteArrayList names;
    for (const QByteArray &user : users) {
        const auto number = numberOf<uid_t>(user);
        if (number && known.isEmpty())
            known = parsePasswd(HostFile(u"/etc/passwd"_s, 1 << 20).read());
        names << (number ? known.value(*number, user) : user);
    }
    return names;
}

QString describedProcesses(const ShellIdiom &idiom)
{
    QStringList shown;
    for (const GrepFilter &filter : idiom.filters) {
        if (filter.shown != u"not \"grep\""_s)
            shown << filter.shown;
    }
    QStringList parts;
    if (!idiom.programs.isEmpty())
        parts << u"named "_s + QString::fromUtf8(idiom.programs.join(" or "));
    if (!idiom.users.isEmpty())
        parts << u"of "_s + QString::fromUtf8(idiom.users.join(" or "));
    if (!shown.isEmpty())
        parts << u"matching "_s + shown.join(u" and "_s);
    return parts.isEmpty() ? u"of any kind"_s : parts.join(u' ');
}

std::unique_ptr<ServiceProbe> makeProcessCount(const ShellIdiom &idiom, const QString &procRoot)
{
    const auto fits = [idiom, users = namesOfUsers(idiom.users),
                       self = ownPid(QFile::encodeName(procRoot))](const Process &process) {
        if (process.pid == self || (!users.isEmpty() && !users.contains(process.user))
            || (!idiom.programs.isEmpty() && !hasName(process, idiom.programs)))
            return false;
        const QByteArrayList lines = shownLinesOf(process, idiom.line);
        return std::all_of(idiom.filters.begin(), idiom.filters.end(),
                           [&lines](const GrepFilter &filter) { return filter.passesOne(lines); })
            && !isPipelineHelper(process);
    };
    return std::make_unique<ProcessCount>(fits, describedProcesses(idiom));
}

int countLines(QByteArrayView text, const QList<GrepFilter> &filters)
{
    int count = 0;
    while (!text.isEmpty())
        count += passesAll(filters, takeLine(&text).trimmed()) ? 1 : 0;
    return count;
}

std::optional<CheckResult> judgeRedisText(QByteArrayView bytes, const ShellIdiom &idiom,
                                          const QString &where)
{
    const auto reply = parseRespReply(bytes);
    if (!reply)
        return std::nullopt;
    if (const auto error = judgeRedisError(*reply, where))
        return error;
    CheckResult result = CheckResult::isAlive();
    result.info = infoPairs(reply->text, idiom.filters);
    if (idiom.isCount && countLines(reply->text, idiom.filters) == 0) {
        QStringList shown;
        for (const GrepFilter &filter : idiom.filters)
            shown << filter.shown;
        const QString what = shown.join(u" and "_s);
        return CheckResult::died(u"what Redis at %1 answers to %2 has no line with %3"_s.arg(
                                     where, QString::fromUtf8(idiom.command), what),
                                 u"redis.text"_s, {{u"target"_s, where}, {u"what"_s, what}});
    }
    return result;
}

Result<std::unique_ptr<ServiceProbe>> makeRedisText(const ServiceDefinition &service,
                                                    const ShellIdiom &idiom)
{
    const ProbeCheck check{u"redis-cli"_s, idiom.parameters};
    Parameters parameters(service, check);
    const auto socket = readSocketParameters(&parameters, service, check, 0);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    SocketDialogue dialogue{
        u"Redis"_s, u"answers %1 as the text check wants"_s.arg(QString::fromUtf8(idiom.command)),
        idiom.command + "\r\n", [idiom, where = socket.target.text()](QByteArrayView reply, bool) {
            return judgeRedisText(reply, idiom, where);
        }};
    dialogue.longestReply = 1 << 20;
    dialogue.holdsConnection = true;
    return std::unique_ptr<ServiceProbe>(
        std::make_unique<SocketProbe>(socket.target, dialogue, socket.owner));
}

/// The original's `… | grep error | wc -l` asked whether the server can be reached: its greeting
/// tells that.
Result<std::unique_ptr<ServiceProbe>> makeMysqlText(const ServiceDefinition &service,
                                                    const ShellIdiom &idiom,
                                                    const ProbeContext &context)
{
    for (const NamedServiceProbe &row : serviceProbes()) {
        if (QByteArrayView(row.name) == "mysql")
            return row.make(service, {u"mysql"_s, idiom.parameters}, context);
    }
    return Error{u"there is no probe mysql"_s};
}

} // namespace

Result<std::unique_ptr<ServiceProbe>> makeIdiomProbe(const ServiceDefinition &service,
                                                     const ShellIdiom &idiom,
                                                     const ProbeContext &context)
{
    switch (idiom.source) {
    case ShellIdiom::Source::Redis:
        return makeRedisText(service, idiom);
    case ShellIdiom::Source::Mysql:
        return makeMysqlText(service, idiom, context);
    case ShellIdiom::Source::Netstat:
    case ShellIdiom::Source::Ss:
        return std::unique_ptr<ServiceProbe>(std::make_unique<ListenerCount>(idiom, context));
    case ShellIdiom::Source::Processes:
        break;
    }
    return makeProcessCount(idiom, context.procRoot);
}

} // namespace Treewarden
