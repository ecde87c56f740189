// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/aclpasswords.h"
#include "console/cli/aclrules.h"
#include "console/cli/clitext.h"
#include "console/cli/verb.h"
#include "shared/core/ipaddress.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

#include <algorithm>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostAgents = 100'000;

/// The roles that --user names, in their own order; all without it. Nothing after an error, which
/// was told.
std::optional<QList<AclRole>> chosenRoles(const VerbCall &call)
{
    QList<AclRole> roles = allAclRoles();
    QStringList known;
    for (const AclRole role : std::as_const(roles))
        known << aclRoleName(role);
    const QStringList names = call.values(u"user"_s);
    for (const QString &name : names) {
        if (known.contains(name))
            continue;
        call.fail(
            CliText::tr("--user takes %1, not '%2'").arg(known.join(u", "_s), oneLine(name, 60)),
            ExitCode::Usage);
        return std::nullopt;
    }
    if (!names.isEmpty())
        roles.removeIf([&names](AclRole role) { return !names.contains(aclRoleName(role)); });
    return roles;
}

/// The addresses of --ip and, with --enrolled, of all servers, sorted.
std::optional<QStringList> chosenAgents(VerbCall &call, ExitCode &code)
{
    QStringList ips;
    const QStringList named = call.values(u"ip"_s);
    for (const QString &text : named) {
        const auto ip = canonicalIp(text);
        if (!ip) {
            code = call.fail(
                CliText::tr("'%1' is no IP address: write it like 10.0.0.7 or 2001:db8::7")
                    .arg(oneLine(text, 80)),
                ExitCode::Usage);
            return std::nullopt;
        }
        ips << *ip;
    }
    if (call.isSet(u"enrolled"_s)) {
        const auto reply = call.redis().request({"HKEYS", Keys::serversAlive});
        if (!reply) {
            code = call.fail(reply.failure());
            return std::nullopt;
        }
        for (const QByteArray &text : reply->toList().mid(0, mostAgents)) {
            if (const QString ip = QString::fromUtf8(text.left(64)); isCanonicalIp(ip))
                ips << ip;
        }
    }
    std::sort(ips.begin(), ips.end(), ipLessThan);
    ips.erase(std::unique(ips.begin(), ips.end()), ips.end());
    return ips;
}

QList<AclUser> usersOf(const QList<AclRole> &roles, const QStringList &ips)
{
    QList<AclUser> users;
    for (const AclRole role : roles) {
        if (role != AclRole::Agent)
            users << aclUser(role);
    }
    for (const QString &ip : ips)
        users << aclUser(AclRole::Agent, ip);
    return users;
}

void writeUser(JsonWriter &writer, const AclUser &user, const QByteArray &rule)
{
    const bool isHashed = rule.startsWith('#');
    writer.beginObject().member(u"user", QStringView(QString::fromUtf8(user.name)));
    writer.member(isHashed ? u"sha256" : u"password", QStringView(QString::fromUtf8(rule.mid(1))));
    writer.key(u"rules").beginArray();
    for (const QByteArray &word : user.rules)
        writer.value(QStringView(QString::fromUtf8(word)));
    writer.endArray().endObject();
}

void printUsers(VerbCall &call, const QList<AclUser> &users, AclPasswords &passwords, bool isHashed)
{
    JsonWriter writer(4096);
    writer.beginArray();
    for (const AclUser &user : users) {
        const QByteArray rule = aclPasswordRule(passwords.passwordOf(user.name), isHashed);
        if (call.wantsJson())
            writeUser(writer, user, rule);
        else
            call.out().printLine(QString::fromUtf8(aclLine(user, rule)));
    }
    if (call.wantsJson())
        call.out().printJson(writer.endArray().takeBytes());
    else if (!call.isSet(u"user"_s))
        call.out().printLine(QString::fromUtf8(aclDefaultLine));
}

ExitCode runAcl(VerbCall &call)
{
    const auto roles = chosenRoles(call);
    if (!roles)
        return ExitCode::Usage;
    ExitCode code = ExitCode::Usage;
    const auto ips = chosenAgents(call, code);
    if (!ips)
        return code;
    const bool wantsAgents = roles->contains(AclRole::Agent);
    if (!ips->isEmpty() && !wantsAgents)
        return call.fail(CliText::tr("--ip and --enrolled are for agents: add --user agent"),
                         ExitCode::Usage);
    const QList<AclUser> users = usersOf(*roles, *ips);
    if (users.isEmpty())
        return call.fail(CliText::tr("say which agents: --ip 10.0.0.7 (may be repeated), or "
                                     "--enrolled for all servers of the fleet"),
                         ExitCode::Usage);
    const QString path = call.value(u"passwords"_s);
    const bool hasFile = call.isSet(u"passwords"_s);
    auto passwords = hasFile ? AclPasswords::read(path) : Result<AclPasswords>(AclPasswords());
    if (!passwords)
        return call.fail(passwords.error().text, ExitCode::InputOutput);
    // A line whose password is lost would be of no use: the file goes first.
    for (const AclUser &user : users)
        passwords->passwordOf(user.name);
    if (hasFile) {
        if (const auto written = passwords->write(path); !written)
            return call.fail(written.error().text, ExitCode::InputOutput);
    }
    printUsers(call, users, *passwords, hasFile);
    if (!hasFile)
        call.warn(CliText::tr("the passwords are new and stand nowhere else: keep these lines for "
                              "yourself, or name a file with --passwords"));
    if (wantsAgents && ips->isEmpty())
        call.warn(CliText::tr("no agent is among them: add --ip 10.0.0.7 (may be repeated), or "
                              "--enrolled for all servers of the fleet"));
    return ExitCode::Done;
}

} // namespace

Verb acl()
{
    Verb verb{u"acl"_s, {}, {}, CliText::tr("Prints Redis users with no more rights than needed.")};
    verb.details = CliText::tr(
        "Lines for Redis 7.0's aclfile, or for ACL SETUSER after their first word; nothing is "
        "changed anywhere.\n"
        "Each agent has a user of its own. With --passwords the lines carry hashes, and FILE keeps "
        "the passwords:\n"
        "a user that stands there already keeps its own. docs/security.md says what each may "
        "do.\n\n"
        "Examples:\n"
        "  treewarden acl --enrolled --passwords ~/redis-users > users.acl\n"
        "  treewarden acl --user agent --ip 10.0.0.7 --passwords ~/redis-users |\n"
        "      sed 's/^user/ACL SETUSER/' | REDISCLI_AUTH=PASSWORD redis-cli --user admin");
    verb.options
        = {{u"user"_s,
            CliText::tr("admin, console, web, sweeper, enrol or agent; may be repeated. Without: "
                        "all, and the default user off."),
            u"NAME"_s},
           {u"ip"_s, CliText::tr("An agent of this address; may be repeated."), u"ADDR"_s},
           {u"enrolled"_s, CliText::tr("An agent of each enrolled server; asks Redis.")},
           {u"passwords"_s,
            CliText::tr("Print hashes, and keep the passwords in FILE (a line: name, space, "
                        "password)."),
            u"FILE"_s}};
    verb.run = runAcl;
    return verb;
}

} // namespace Treewarden::Verbs
