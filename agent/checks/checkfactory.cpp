// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/checkfactory.h"

#include "agent/checks/shellidiom.h"
#include "agent/probes/processcount.h"
#include "shared/core/textformat.h"

#include <algorithm>

#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// The helpers of somebody's pipeline: never what the author of a check meant to count.
bool isPipelineHelper(const Process &process)
{
    for (const char *helper : { "grep", "egrep", "fgrep", "ps", "wc", "pgrep" }) {
        if (process.runs(helper))
            return true;
    }
    const bool isShell = process.runs("sh") || process.runs("bash") || process.runs("dash");
    return isShell && process.arguments.contains(QByteArrayView("\0-c\0", 4)) && process.commandLine.contains("grep ");
}

QByteArray shownLineOf(const Process &process, ShellIdiom::Line line)
{
    if (line == ShellIdiom::Line::UserAndCommand)
        return process.user + ' ' + process.commandLine;
    if (line == ShellIdiom::Line::Command)
        return process.commandLine;
    return process.programName().toByteArray();
}

std::unique_ptr<ServiceProbe> makeProcessText(const ShellIdiom &idiom)
{
    const auto fits = [idiom, self = getpid()](const Process &process) {
        const QByteArray line = shownLineOf(process, idiom.line);
        return process.pid != self
            && std::all_of(idiom.filters.begin(), idiom.filters.end(),
                           [&line](const GrepFilter &filter) { return filter.passes(line); })
            && !isPipelineHelper(process);
    };
    QStringList shown;
    for (const GrepFilter &filter : idiom.filters) {
        if (filter.shown != u"not \"grep\""_s)
            shown << filter.shown;
    }
    return std::make_unique<ProcessCount>(fits, shown.isEmpty() ? u"of any kind"_s : u"matching "_s + shown.join(u" and "_s));
}

/// A text that may only run as text: not without a signature, which this agent does not verify yet.
class UnknownText : public ServiceProbe
{
public:
    explicit UnknownText(const QString &text) : m_text(oneLine(text, 120)) { }

    void check(const ProcSnapshot &, Done done) override { done(CheckResult::unknown(sentence(), u"check.text"_s)); }
    QString description() const override { return sentence(); }

private:
    QString sentence() const
    {
        return u"the text check \"%1\" is none of the recognised shapes and runs only from a signed configuration where the "
               "policy has shell = allow: sign it, or use a native probe"_s.arg(m_text);
    }

    QString m_text;
};

std::unique_ptr<ServiceProbe> makeTextProbe(const TextCheck &check)
{
    const auto idiom = recogniseShell(check.text);
    if (idiom && idiom->isCount && idiom->source == ShellIdiom::Source::Processes)
        return makeProcessText(*idiom);
    return std::make_unique<UnknownText>(check.text);
}

} // namespace

Result<std::unique_ptr<ServiceProbe>> makeServiceProbe(const ServiceDefinition &service, const Check &check,
                                                       const ProbeContext &context)
{
    if (const auto *text = std::get_if<TextCheck>(&check))
        return makeTextProbe(*text);
    const ProbeCheck &probe = std::get<ProbeCheck>(check);
    QStringList names;
    for (const NamedServiceProbe &row : serviceProbes()) {
        if (probe.probe == QLatin1StringView(row.name))
            return row.make(service, probe, context);
        names << QLatin1StringView(row.name);
    }
    return Error { u"%1: there is no probe %2: use one of %3"_s.arg(service.id.text(), oneLine(probe.probe, 40), names.join(u", "_s)) };
}

} // namespace Treewarden
