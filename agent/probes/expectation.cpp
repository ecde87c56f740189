// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/expectation.h"

#include "agent/probes/parameters.h"
#include "agent/probes/socketprobe.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// `\r`, `\n`, `\t` and `\\` in a parameter.
QByteArray unescaped(const QString &text)
{
    return text.toUtf8()
        .replace("\\\\", "\x01")
        .replace("\\r", "\r")
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\x01", "\\");
}

SocketDialogue::Judge expecting(const QByteArray &expected, const QString &where)
{
    return [expected, where](QByteArrayView reply, bool isEnd) -> std::optional<CheckResult> {
        if (!reply.isEmpty() && reply.contains(expected))
            return CheckResult::isAlive();
        if (!isEnd)
            return std::nullopt;
        const QString said = oneLine(QString::fromUtf8(reply), 80),
                      wanted = oneLine(QString::fromUtf8(expected), 80);
        return CheckResult::died(
            u"%1 answered \"%2\" without \"%3\""_s.arg(where, said, wanted), u"socket.expect"_s,
            {{u"target"_s, where}, {u"said"_s, said}, {u"expected"_s, wanted}});
    };
}

} // namespace

Result<std::unique_ptr<ServiceProbe>> makeExpectingProbe(const ServiceDefinition &service,
                                                         const ProbeCheck &check,
                                                         const QString &subject)
{
    Parameters parameters(service, check);
    const auto socket = readSocketParameters(&parameters, service, check, 0);
    SocketDialogue dialogue{
        subject, u"accepts connections"_s, unescaped(parameters.text(u"send"_s)), {}};
    const QString expected = parameters.text(u"expect"_s);
    const bool holds = parameters.flag(u"hold"_s, true) && socket.target.path.isEmpty();
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    if (!expected.isEmpty() || !dialogue.request.isEmpty()) {
        dialogue.judge = expecting(unescaped(expected), socket.target.text());
        dialogue.asks = expected.isEmpty() ? u"answers"_s
                                           : u"answers with \"%1\""_s.arg(oneLine(expected, 80));
    }
    dialogue.holdsLast = holds && !dialogue.judge;
    dialogue.every = socket.every;
    dialogue.timeout = socket.timeout;
    return std::unique_ptr<ServiceProbe>(
        std::make_unique<SocketProbe>(socket.target, dialogue, socket.owner));
}

} // namespace Treewarden
