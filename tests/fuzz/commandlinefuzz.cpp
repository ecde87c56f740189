// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/controlledaction.h"
#include "agent/executor/keeper.h"
#include "shared/core/json.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// The name of an instance, a line, and what is controlled: a command line, an object as JSON, or a
/// keeper's report.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = fuzzInput(data, size).toByteArray();
    const qsizetype end = input.indexOf('\n');
    const QString instance = QString::fromUtf8(input.left(qMax<qsizetype>(end, 0)));
    const QByteArray rest = input.mid(end + 1);
    const auto object = parseJsonObject(rest, u"what"_s);
    const QJsonValue what = object ? QJsonValue(*object) : QJsonValue(QString::fromUtf8(rest));
    const QJsonObject controlled{
        {u"mysql"_s, QJsonObject{{u"default"_s, QJsonObject{{u"restart"_s, what}}}}}};
    for (const ShellPolicy shell : {ShellPolicy::Refuse, ShellPolicy::Allow}) {
        const auto action
            = resolveAction(controlled, {{u"mysql"_s, instance}, u"restart"_s, u"::1"_s}, shell);
        if (!action) {
            fuzzExpect(!action.error().text.contains(u'\n'), "an error is one line");
            continue;
        }
        fuzzExpect(action->argv.isEmpty() != action->unit.isEmpty(), "it is one of both");
        fuzzExpect(action->timeout.count() > 0, "it has a timeout");
        for (const QString &word : action->argv)
            fuzzExpect(!word.contains(QChar(0)) && !word.contains(u'\n'), "words are plain");
        fuzzExpect(action->argv.isEmpty() || action->argv.first().startsWith(u'/'),
                   "its program has a place");
    }
    KeeperReport report;
    KeeperReport::parse(rest.toStdString(), report);
    return 0;
}
