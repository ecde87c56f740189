// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/enrolment.h"
#include "console/cli/verb.h"
#include "shared/core/jsonwriter.h"

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

ExitCode runRemove(VerbCall &call)
{
    const auto ip = call.ip(0);
    if (!ip)
        return ExitCode::Usage;
    const auto wasEnrolled = removeServer(call.redis(), *ip, call.now());
    if (!wasEnrolled)
        return call.fail(wasEnrolled.failure());
    if (!*wasEnrolled) {
        return call.fail(
            CliText::tr(
                "%1 is not enrolled, so there is nothing to remove; treewarden servers lists all")
                .arg(*ip),
            ExitCode::NotEnrolled);
    }
    if (call.wantsJson()) {
        JsonWriter writer;
        call.out().printJson(writer.beginObject()
                                 .member(u"ip", QStringView(*ip))
                                 .member(u"removed", true)
                                 .endObject()
                                 .takeBytes());
    } else {
        call.out().printLine(
            CliText::tr("%1 is removed: its agent ends, and all that Redis knew of it is gone.")
                .arg(*ip));
    }
    return ExitCode::Done;
}

} // namespace

Verb remove()
{
    Verb verb{u"remove"_s, u"IP"_s, CliText::tr("The server's address."),
              CliText::tr("Takes a server out of the fleet and deletes what Redis knows of it.")};
    verb.details
        = CliText::tr("A tombstone stays, so that its agent ends too. Enrolling it again takes the "
                      "tombstone away.\n\n"
                      "Example:\n"
                      "  treewarden config get 10.0.0.7 > kept.json; treewarden remove 10.0.0.7");
    verb.fewestWords = verb.mostWords = 1;
    verb.run = runRemove;
    return verb;
}

} // namespace Treewarden::Verbs
