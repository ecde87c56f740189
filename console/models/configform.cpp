// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configform.h"

#include "console/models/alertform.h"
#include "console/models/formbuilder.h"
#include "console/models/formtext.h"
#include "shared/config/cronexpression.h"
#include "shared/config/zoneclock.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The translation context of forms' fields.
struct FormFieldText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::FormFieldText)
};

using Kind = FormField::Kind;
using Meaning = FormField::Meaning;

Kind kindOf(ParameterRule::Kind kind)
{
    using Rule = ParameterRule::Kind;
    switch (kind) {
    case Rule::Texts:
        return Kind::Words;
    case Rule::Flag:
        return Kind::Flag;
    case Rule::Port:
    case Rule::Count:
    case Rule::Most:
    case Rule::Seconds:
    case Rule::Percent:
    case Rule::Age:
    case Rule::Status: // also a list, or "any"
        return Kind::Number;
    default:
        return Kind::Text;
    }
}

/// "cmd", "none", or the probe's name.
QString checkKind(const QJsonValue &check)
{
    const QJsonObject object = check.toObject();
    if (object.contains(u"cmd"_s))
        return u"cmd"_s;
    return object.contains(u"probe"_s) ? object[u"probe"_s].toString() : u"none"_s;
}

void addCheck(FormBuilder &form, const QStringList &path, const QString &group, const QString &none,
              const QString &role)
{
    bool isMixed = false;
    form.common(path, isMixed);
    const QJsonObject check = form.first(path).toObject();
    const QString kind = checkKind(check);
    FormField &probe = form.add(path, FormFieldText::tr("Check"), probeHelp(kind), Kind::Choice);
    probe.meaning = Meaning::Check;
    probe.group = group;
    probe.value = isMixed ? QJsonValue(QJsonValue::Undefined) : QJsonValue(kind);
    probe.choices = {{u"none"_s, none},
                     {u"auto"_s, FormFieldText::tr("auto, by the role")},
                     {u"cmd"_s, FormFieldText::tr("shell text")}};
    for (const QString &name : probeNames())
        probe.choices.append({name, name});
    if (std::none_of(probe.choices.begin(), probe.choices.end(),
                     [&](const auto &choice) { return choice.first == kind; }))
        probe.choices.append({kind, oneLine(kind, 64)});
    if (kind == u"none")
        return;
    if (kind == u"cmd") {
        form.add(path + QStringList{u"cmd"_s}, FormFieldText::tr("Text"),
                 FormFieldText::tr(":port: :instance: :role: and :ip: are replaced."));
        return;
    }
    const QString name = kind == u"auto" ? automaticProbe(role) : kind;
    const QString shape = probeShape(name, check);
    if (shape != name)
        form.add(path + QStringList{u"as"_s}, parameterLabel(u"as"_s),
                 parameterHelp(u"as"_s, ParameterRule::Kind::Text));
    for (const ParameterRule &rule : probeParameters(shape))
        form.add(path + QStringList{rule.name}, parameterLabel(rule.name),
                 parameterHelp(rule.name, rule.kind), kindOf(rule.kind));
    form.add(path + QStringList{u"timeout"_s}, FormFieldText::tr("Timeout"),
             FormFieldText::tr("Seconds in which everything must happen; empty: 2."), Kind::Number);
}

void addService(FormBuilder &form, const QStringList &entry)
{
    form.addName(Meaning::Role, FormFieldText::tr("Role"),
                 FormFieldText::tr("What kind of service it is: mysql, nginx, …"), 1);
    form.addName(Meaning::Instance, FormFieldText::tr("Instance"),
                 FormFieldText::tr("Its port, or a name; _ stands for all of the role."), 2);
    addCheck(form, entry + QStringList{u"alive"_s}, FormFieldText::tr("Alive"),
             FormFieldText::tr("none"), entry.value(1));
    FormField &isProtected = form.member(
        u"protected"_s, FormFieldText::tr("Protected"),
        FormFieldText::tr("Nobody can stop, restart or shut it down from here; start is allowed."),
        Kind::Flag);
    isProtected.group = FormFieldText::tr("Protection");
    addCheck(form, entry + QStringList{u"workload"_s}, FormFieldText::tr("Workload"),
             FormFieldText::tr("none, nothing is measured"), entry.value(1));
}

QString whatKind(const QJsonValue &what)
{
    const QJsonObject object = what.toObject();
    return object.contains(u"unit"_s) ? u"unit"_s
        : object.contains(u"argv"_s)  ? u"argv"_s
                                      : u"line"_s;
}

void addAction(FormBuilder &form, const QStringList &entry)
{
    form.addName(Meaning::Role, FormFieldText::tr("Role"),
                 FormFieldText::tr("system stands for the server itself."), 1);
    form.addName(Meaning::Instance, FormFieldText::tr("Instance"),
                 FormFieldText::tr("default stands for all of the role."), 2);
    form.addName(Meaning::Name, FormFieldText::tr("Action"),
                 FormFieldText::tr("start, stop, restart, reload, or a name of your own."), 3);
    bool isMixed = false;
    form.common(entry, isMixed);
    const QString kind = whatKind(form.first(entry));
    FormField &what = form.add(entry, FormFieldText::tr("How"),
                               FormFieldText::tr("The server's executor does it, never a shell."),
                               Kind::Choice);
    what.meaning = Meaning::What;
    what.group = FormFieldText::tr("What it does");
    what.choices = {{u"unit"_s, FormFieldText::tr("a systemd unit")},
                    {u"argv"_s, FormFieldText::tr("a program with its arguments")},
                    {u"line"_s, FormFieldText::tr("a command line")}};
    what.value = isMixed ? QJsonValue(QJsonValue::Undefined) : QJsonValue(kind);
    if (kind == u"line") {
        form.add(entry, FormFieldText::tr("Command line"),
                 FormFieldText::tr("Split into words and run without a shell."));
        return;
    }
    if (kind == u"unit")
        form.member(u"unit"_s, FormFieldText::tr("Unit"),
                    FormFieldText::tr("The name of a systemd unit such as nginx.service."));
    else
        form.member(u"argv"_s, FormFieldText::tr("Program and arguments"),
                    FormFieldText::tr("One word a line; the first is the program."), Kind::Words);
    form.member(u"timeout"_s, FormFieldText::tr("Timeout"),
                FormFieldText::tr("Seconds after which it is ended, 1 to 3600."), Kind::Number);
}

void addScheduleEntry(FormBuilder &form)
{
    form.member(u"id"_s, FormFieldText::tr("Name"),
                FormFieldText::tr("By which commands and other entries know it."));
    form.member(u"cron"_s, FormFieldText::tr("Times"),
                FormFieldText::tr("Minute, hour, day, month, weekday; or @hourly, @daily, …"),
                Kind::Cron);
    FormField &zone = form.member(u"timezone"_s, FormFieldText::tr("Time zone"),
                                  FormFieldText::tr("A name such as Asia/Shanghai; empty: UTC."));
    zone.placeholder = u"UTC"_s;
    form.member(u"role"_s, FormFieldText::tr("Role"),
                FormFieldText::tr("Whose action it is; system is the server itself."));
    form.member(u"instance"_s, FormFieldText::tr("Instance"), {});
    form.member(u"action"_s, FormFieldText::tr("Action"),
                FormFieldText::tr("It must stand under Controlled."));
    form.member(u"enabled"_s, FormFieldText::tr("Switched on"), {}, Kind::Flag);
    FormField &missed
        = form.member(u"missed"_s, FormFieldText::tr("A missed time"),
                      FormFieldText::tr("While the server or its executor was off."), Kind::Choice);
    missed.choices = {{QString(), FormFieldText::tr("as usual: it is skipped")},
                      {u"skip"_s, FormFieldText::tr("is skipped")},
                      {u"run"_s, FormFieldText::tr("is made up for by one run")}};
    form.member(u"not_while"_s, FormFieldText::tr("Not while"),
                FormFieldText::tr("Names of entries that must not be running, or maintenance; one "
                                  "a line."),
                Kind::Words);
}

void addLog(FormBuilder &form)
{
    form.member(u"path"_s, FormFieldText::tr("Path"),
                FormFieldText::tr("A file, or a pattern such as /var/log/nginx/*.log."));
    FormField &format = form.member(u"format"_s, FormFieldText::tr("Format"),
                                    FormFieldText::tr("auto finds it out."));
    format.placeholder = u"auto"_s;
    form.member(u"role"_s, FormFieldText::tr("Role"),
                FormFieldText::tr("The service that writes it, if it is one."));
    form.member(u"instance"_s, FormFieldText::tr("Instance"), {});
    FormField &keep = form.member(u"keep"_s, FormFieldText::tr("Keep"), {}, Kind::Choice);
    keep.choices = {{QString(), FormFieldText::tr("as usual")},
                    {u"events"_s, FormFieldText::tr("what matters")},
                    {u"all"_s, FormFieldText::tr("every line")}};
}

struct IntervalWords
{
    QString name, label, help, usual;
};

void addIntervals(FormBuilder &form)
{
    const IntervalWords intervals[] = {
        {u"heartbeat"_s, FormFieldText::tr("Heartbeat"),
         FormFieldText::tr("How often the server says that it lives, seconds."), u"5"_s},
        {u"lease"_s, FormFieldText::tr("Lease"),
         FormFieldText::tr("After so many silent seconds it is taken for dead."), u"15"_s},
        {u"workload"_s, FormFieldText::tr("Workload"),
         FormFieldText::tr("How often CPU, memory and the like are measured, seconds."), u"1"_s},
        {u"services"_s, FormFieldText::tr("Services"),
         FormFieldText::tr("How often services are checked, seconds; and at once on an event."),
         u"1"_s},
        {u"ping"_s, FormFieldText::tr("Ping"),
         FormFieldText::tr("How often hosts are pinged, seconds."), u"10"_s},
        {u"info"_s, FormFieldText::tr("Facts"),
         FormFieldText::tr("How often slow facts are looked up, seconds."), u"300"_s},
    };
    const QString field = u"intervals"_s;
    for (const IntervalWords &words : intervals)
        form.add({field, words.name}, words.label, words.help, Kind::Number).placeholder
            = words.usual;
    const IntervalWords kept[] = {
        {u"1s"_s, FormFieldText::tr("Every sample"), {}, u"86400"_s},
        {u"1m"_s, FormFieldText::tr("A minute's average"), {}, u"1209600"_s},
        {u"1h"_s, FormFieldText::tr("An hour's average"), {}, u"63072000"_s},
    };
    for (const IntervalWords &words : kept) {
        FormField &keep = form.add({field, u"keep"_s, words.name}, words.label,
                                   FormFieldText::tr("Kept for so many seconds."), Kind::Number);
        keep.placeholder = words.usual;
        if (words.name == u"1s")
            keep.group = FormFieldText::tr("History");
    }
    form.add({u"ping"_s}, FormFieldText::tr("Hosts"),
             FormFieldText::tr("Addresses or names, one a line."), Kind::Words)
        .group
        = FormFieldText::tr("Ping");
}

} // namespace

QList<FormField> formFields(const ConfigSession &session, ConfigSection section,
                            const QStringList &entry)
{
    FormBuilder form(session, entry);
    if (form.isEmpty())
        return {};
    switch (section) {
    case ConfigSection::Services:
        addService(form, entry);
        break;
    case ConfigSection::Controlled:
        addAction(form, entry);
        break;
    case ConfigSection::Schedule:
        addScheduleEntry(form);
        break;
    case ConfigSection::Logs:
        addLog(form);
        break;
    case ConfigSection::Intervals:
        addIntervals(form);
        break;
    case ConfigSection::Alerts:
        addAlertFields(form, entry);
        break;
    }
    if (const auto &refusal = session.refusal()) {
        for (FormField &field : form.fields) {
            if (field.path != refusal->path || int(field.meaning) != refusal->meaning)
                continue;
            field.value = refusal->text;
            field.trouble = refusal->text.isEmpty()
                ? FormFieldText::tr("It needs a name; the old one holds until then.")
                : FormFieldText::tr("There is another one of this name; the old one holds.");
        }
    }
    return form.fields;
}

QStringList nextRuns(const QString &cron, const QString &zone, qint64 now, int count)
{
    const auto expression = CronExpression::parse(cron);
    if (!expression)
        return {oneLine(expression.error().text, 300)};
    const auto clock = zone.isEmpty() ? std::optional(QTimeZone::utc()) : zoneNamed(zone);
    if (!clock)
        return {FormFieldText::tr("This machine knows no such time zone.")};
    QStringList runs;
    std::optional<qint64> time = now;
    while (runs.size() < count && (time = expression->next(*time, *clock)))
        runs << QLocale().toString(QDateTime::fromMSecsSinceEpoch(*time, *clock),
                                   u"ddd\u00a0yyyy-MM-dd\u00a0HH:mm"_s);
    if (runs.isEmpty())
        runs << FormFieldText::tr("It is never due.");
    return runs;
}

} // namespace Treewarden
