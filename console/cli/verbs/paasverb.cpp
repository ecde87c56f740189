// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/configfile.h"
#include "console/cli/configsaving.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/config/paastree.h"
#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/fleet/grouptext.h"
#include "shared/fleet/treefilling.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/event.h"
#include "shared/protocol/keys.h"
#include "shared/protocol/serviceid.h"

#include <QJsonDocument>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

RedisFailure noSuchTree(const QString &id)
{
    return {ExitCode::BadInput,
            CliText::tr("there is no tree '%1': treewarden paas list names all").arg(id)};
}

/// The stored text of the tree, empty when there is none.
RedisAnswer<QByteArray> readStoredTree(VerbCall &call, const QString &id)
{
    const auto reply = call.redis().request({"GET", Keys::paas(id)});
    if (!reply)
        return reply.failure();
    return reply->toBytes();
}

qsizetype instanceCount(const PaasTree &tree)
{
    qsizetype count = 0;
    for (const PaasRole &role : tree.roles)
        count += role.instances.size();
    return count;
}

ExitCode listTrees(VerbCall &call)
{
    const auto ids = call.redis().request({"SMEMBERS", Keys::paasList});
    if (!ids)
        return call.fail(ids.failure());
    QList<QByteArray> sorted = ids->toList();
    std::sort(sorted.begin(), sorted.end());
    TextTable table({{CliText::tr("ID")},
                     {CliText::tr("TITLE")},
                     {CliText::tr("VERSION"), TextTable::Align::Right},
                     {CliText::tr("ROLES"), TextTable::Align::Right},
                     {CliText::tr("INSTANCES"), TextTable::Align::Right}});
    JsonWriter writer;
    writer.beginArray();
    for (const QByteArray &name : std::as_const(sorted)) {
        const QString id = QString::fromUtf8(name);
        const auto stored = readStoredTree(call, id);
        if (!stored)
            return call.fail(stored.failure());
        const auto parsed = parsePaasTree(*stored);
        if (!parsed.tree) {
            call.warn(CliText::tr("the tree %1 cannot be read: %2")
                          .arg(oneLine(id, 64), parsed.errorText()));
            continue;
        }
        const PaasTree &tree = *parsed.tree;
        table.addRow({{tree.id, Tone::Heading},
                      {tree.title},
                      {QString::number(tree.version)},
                      {QString::number(tree.roles.size())},
                      {QString::number(instanceCount(tree))}});
        writer.beginObject()
            .member(u"id", QStringView(tree.id))
            .member(u"title", QStringView(tree.title));
        writer.member(u"version", tree.version).member(u"roles", qint64(tree.roles.size()));
        writer.member(u"instances", qint64(instanceCount(tree))).endObject();
    }
    if (call.wantsJson())
        call.out().printJson(writer.endArray().takeBytes());
    else if (table.isEmpty())
        call.out().printLine(
            CliText::tr("No tree yet. treewarden paas set dev --template makes one to fill."));
    else
        table.print(call.out());
    return ExitCode::Done;
}

void printRoles(const PaasTree &tree, VerbCall &call)
{
    TextTable table({{CliText::tr("GROUP")},
                     {CliText::tr("ROLE")},
                     {CliText::tr("NEEDS")},
                     {CliText::tr("LEAST"), TextTable::Align::Right},
                     {CliText::tr("INSTANCES")}});
    QString group;
    for (const PaasRole &role : tree.roles) {
        QStringList places;
        for (const PaasInstance &instance : role.instances)
            places << instance.ip + u' ' + instance.instance;
        table.addRow({{role.group == group ? QString() : groupText(role.group)},
                      {role.role, Tone::Heading},
                      {role.needs.isEmpty() ? notKnown : role.needs.join(u", "_s)},
                      {QString::number(role.least)},
                      {places.isEmpty() ? notKnown : places.join(u", "_s)}});
        group = role.group;
    }
    call.out().printLine(
        CliText::tr("%1  %2, version %3")
            .arg(tree.id, oneLine(tree.title, 100), QString::number(tree.version)));
    table.print(call.out());
}

ExitCode showTree(VerbCall &call, const QString &id)
{
    const auto stored = readStoredTree(call, id);
    if (!stored)
        return call.fail(stored.failure());
    if (stored->isEmpty())
        return call.fail(noSuchTree(id));
    const auto parsed = parsePaasTree(*stored, id);
    if (!parsed.tree)
        return call.fail(CliText::tr("the tree %1 cannot be read: %2").arg(id, parsed.errorText()),
                         ExitCode::BadInput);
    if (call.wantsJson())
        call.out().print(
            QString::fromUtf8(QJsonDocument::fromJson(*stored).toJson(QJsonDocument::Indented)));
    else
        printRoles(*parsed.tree, call);
    return ExitCode::Done;
}

QString titleOf(const VerbCall &call, const QString &id)
{
    return call.isSet(u"title"_s) ? call.value(u"title"_s) : id;
}

RedisAnswer<QByteArray> templateJson(VerbCall &call, const QString &id)
{
    const PaasTree tree = paasTemplate(id, titleOf(call, id));
    if (!call.isSet(u"from-fleet"_s))
        return toJson(tree);
    const auto fleet = call.redis().fleet();
    if (!fleet)
        return fleet.failure();
    return toJson(filledFromFleet(tree, **fleet));
}

ExitCode printTemplate(VerbCall &call, const QString &id)
{
    const auto json = templateJson(call, id);
    if (!json)
        return call.fail(json.failure());
    call.out().print(
        QString::fromUtf8(QJsonDocument::fromJson(*json).toJson(QJsonDocument::Indented)));
    return ExitCode::Done;
}

/// The tree to save: the template's, or the file's. Nothing after an error, which was told.
std::optional<QJsonObject> chooseTree(VerbCall &call, const QString &id, ExitCode &code)
{
    const bool isTemplate = call.isSet(u"template"_s), hasFile = call.words().size() > 2;
    if (isTemplate == hasFile) {
        code = call.fail(
            CliText::tr("name either a file or --template: treewarden paas set %1 FILE").arg(id),
            ExitCode::Usage);
        return std::nullopt;
    }
    QByteArray json;
    if (isTemplate) {
        const auto made = templateJson(call, id);
        if (!made) {
            code = call.fail(made.failure());
            return std::nullopt;
        }
        json = *made;
    } else {
        const auto bytes = readInputFile(call, call.word(2), code);
        if (!bytes)
            return std::nullopt;
        json = *bytes;
    }
    const auto parsed = parsePaasTree(json, id);
    for (const ConfigIssue &issue : parsed.issues)
        call.warn(issue.line());
    if (!parsed.tree) {
        code = call.fail(CliText::tr("nothing is saved: the tree has errors"), ExitCode::BadInput);
        return std::nullopt;
    }
    // Unknown fields are kept, so the text is saved, not what was understood of it.
    QJsonObject tree = parseJsonObject(json, id, 4 << 20).value();
    tree.insert(u"id"_s, id);
    return tree;
}

/// Tells which instances stand on servers that are not enrolled: allowed, but perhaps a slip.
RedisAnswer<bool> warnOfStrangers(VerbCall &call, const QJsonObject &tree)
{
    const auto reply = call.redis().request({"HKEYS", Keys::serversAlive});
    if (!reply)
        return reply.failure();
    const QList<QByteArray> enrolled = reply->toList();
    QStringList strangers;
    const auto parsed = parsePaasTree(compactJson(tree));
    for (const PaasRole &role : parsed.tree.value_or(PaasTree()).roles) {
        for (const PaasInstance &instance : role.instances) {
            if (!enrolled.contains(instance.ip.toUtf8()) && !strangers.contains(instance.ip))
                strangers << instance.ip;
        }
    }
    if (!strangers.isEmpty())
        call.warn(CliText::tr("not enrolled, so unknown in the tree: %1")
                      .arg(strangers.mid(0, 20).join(u", "_s)));
    return true;
}

ExitCode saveTree(VerbCall &call, const QString &id)
{
    ExitCode code = ExitCode::BadInput;
    auto tree = chooseTree(call, id, code);
    if (!tree)
        return code;
    const auto stored = readStoredTree(call, id);
    if (!stored)
        return call.fail(stored.failure());
    bool isNumber = true;
    const auto standing = parseJsonObject(*stored, id, 4 << 20);
    const qint64 current = standing ? jsonInteger(standing.value()[u"version"_s]).value_or(0) : 0;
    qint64 base = jsonInteger((*tree)[u"version"_s]).value_or(current);
    if (call.isSet(u"template"_s))
        base = 0;
    if (call.isSet(u"base"_s))
        base = call.value(u"base"_s).toLongLong(&isNumber);
    if (!isNumber || base < 0)
        return call.fail(CliText::tr("--base takes a version, a whole number"), ExitCode::Usage);
    if (call.isSet(u"template"_s) && !stored->isEmpty()) {
        return call.fail(
            CliText::tr("there is a tree %1 already (version %2): --template is for a new one")
                .arg(id)
                .arg(current),
            ExitCode::Refused);
    }
    if (const auto told = warnOfStrangers(call, *tree); !told)
        return call.fail(told.failure());
    tree->insert(u"version"_s, base + 1);
    const bool mustExist = call.isSet(u"base"_s) && base > 0;
    const auto saved = savePaas(call.redis(), id, compactJson(*tree), base, mustExist, call.now());
    if (!saved)
        return call.fail(saved.failure());
    if (saved->kind == SaveResult::Kind::Missing)
        return call.fail(
            CliText::tr("there is no tree '%1' any more: save it without --base to make it new")
                .arg(id),
            ExitCode::Refused);
    if (saved->kind == SaveResult::Kind::Conflict) {
        return call.fail(
            conflictSentence(*saved, base, call.now()) + u' '
                + CliText::tr("Bring your changes into what treewarden paas show %1 --json prints.")
                      .arg(id),
            ExitCode::Refused);
    }
    if (call.wantsJson()) {
        JsonWriter writer;
        writer.beginObject()
            .member(u"id", QStringView(id))
            .member(u"version", saved->version)
            .endObject();
        call.out().printJson(writer.takeBytes());
    } else {
        call.out().printLine(
            CliText::tr("The tree %1 has version %2 now.").arg(id).arg(saved->version));
    }
    return ExitCode::Done;
}

ExitCode removeTree(VerbCall &call, const QString &id)
{
    const ConfigMessage message{{}, id, {}};
    const auto done = call.redis().transaction(
        {dropPaasWords(id),
         {"SREM", Keys::paasList, id.toUtf8()},
         {"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(message))}});
    if (!done)
        return call.fail(done.failure());
    if (done->elements.value(0).integer + done->elements.value(1).integer == 0)
        return call.fail(noSuchTree(id));
    const auto told = call.redis().request(
        RedisSession::Words{"XADD", Keys::events}
        + eventWords("config", {}, configEvent(message, u"removed"_s, call.now())));
    if (!told)
        return call.fail(told.failure());
    if (call.wantsJson()) {
        JsonWriter writer;
        call.out().printJson(writer.beginObject()
                                 .member(u"id", QStringView(id))
                                 .member(u"removed", true)
                                 .endObject()
                                 .takeBytes());
    } else {
        call.out().printLine(
            CliText::tr("The tree %1 is removed; its servers stay enrolled.").arg(id));
    }
    return ExitCode::Done;
}

ExitCode runPaas(VerbCall &call)
{
    const QString action = call.word(0), id = call.word(1);
    static const QStringList known{u"list"_s, u"show"_s, u"set"_s, u"remove"_s, u"template"_s};
    if (!known.contains(action)) {
        return call.fail(
            CliText::tr("paas knows %1, not '%2'").arg(known.join(u", "_s), oneLine(action, 60)),
            ExitCode::Usage);
    }
    const qsizetype most = action == u"list"_s ? 1 : action == u"set"_s ? 3 : 2;
    if (call.words().size() > most || (most > 1 && id.isEmpty())) {
        return call.fail(action == u"list"_s
                             ? CliText::tr("write it as: treewarden paas list")
                             : CliText::tr("write it as: treewarden paas %1 ID%2")
                                   .arg(action, action == u"set"_s ? u" FILE"_s : QString()),
                         ExitCode::Usage);
    }
    if (action == u"list"_s)
        return listTrees(call);
    if (!isValidName(id)) {
        return call.fail(
            CliText::tr("'%1' cannot be the id of a tree: use 1 to 64 of A-Z a-z 0-9 _ . -")
                .arg(oneLine(id, 80)),
            ExitCode::Usage);
    }
    if (action == u"show"_s)
        return showTree(call, id);
    if (action == u"set"_s)
        return saveTree(call, id);
    return action == u"remove"_s ? removeTree(call, id) : printTemplate(call, id);
}

} // namespace

Verb paas()
{
    Verb verb{u"paas"_s, u"list|show|set|remove|template [ID] [FILE]"_s,
              CliText::tr("What to do, the tree's id, and a JSON file (- is standard input)."),
              CliText::tr("Lists, shows, saves and removes service trees.")};
    verb.details = CliText::tr(
        "The template has the groups and roles of a whole platform, to be filled with instances:\n"
        "paas template ID prints it, paas set ID --template saves it as it is. A save names the "
        "version\n"
        "that it started from: --base, else the \"version\" in FILE, else the one that stands.\n\n"
        "Examples:\n"
        "  treewarden paas template dev > dev.json\n"
        "  treewarden paas set dev dev.json\n"
        "  treewarden paas show dev --json > dev.json\n"
        "  treewarden paas set dev --template --title 'Intranet dev'\n"
        "  treewarden paas set all --template --from-fleet");
    verb.options = {{u"base"_s, CliText::tr("The version that FILE was made from."), u"VERSION"_s},
                    {u"template"_s, CliText::tr("Save the template instead of a file.")},
                    {u"from-fleet"_s,
                     CliText::tr("Fill the template with the services of all servers; roles "
                                 "without one are left out.")},
                    {u"title"_s, CliText::tr("The title of the template's tree."), u"TEXT"_s}};
    verb.fewestWords = 1;
    verb.mostWords = 3;
    verb.run = runPaas;
    return verb;
}

} // namespace Treewarden::Verbs
