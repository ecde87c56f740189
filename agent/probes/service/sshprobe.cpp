// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/parameters.h"
#include "agent/probes/socketprobe.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// RFC 4253, section 4.2: lines before the banner are allowed, then
/// "SSH-protoversion-softwareversion".
std::optional<CheckResult> judgeBanner(QByteArrayView reply, bool isEnd, const QString &where)
{
    for (qsizetype start = 0; start < reply.size();) {
        const qsizetype end = reply.indexOf('\n', start);
        if (end < 0 && !isEnd)
            break;
        const QByteArrayView line
            = reply.sliced(start, (end < 0 ? reply.size() : end) - start).trimmed();
        if (line.startsWith("SSH-") && end >= 0) {
            CheckResult result = CheckResult::isAlive();
            result.info.insert(u"banner"_s, oneLine(QString::fromUtf8(line), 120));
            return result;
        }
        if (line.startsWith("Exceeded MaxStartups")) {
            return CheckResult::died(
                u"sshd at %1 turns logins away: its MaxStartups is exceeded"_s.arg(where),
                u"ssh.maxstartups"_s, {{u"target"_s, where}});
        }
        start = end < 0 ? reply.size() : end + 1;
    }
    if (!isEnd && reply.size() <= 8192)
        return std::nullopt;
    const QString said = oneLine(QString::fromUtf8(reply), 80);
    return CheckResult::died(reply.isEmpty()
                                 ? u"sshd at %1 closed the connection without a banner"_s.arg(where)
                                 : u"%1 answered \"%2\", which is no SSH banner"_s.arg(where, said),
                             u"ssh.banner"_s, {{u"target"_s, where}, {u"said"_s, said}});
}

} // namespace

/// Reads the banner. sshd forks and logs a line for each connection, so a good banner counts for 15
/// s while the same sshd runs.
Result<std::unique_ptr<ServiceProbe>>
makeSshServiceProbe(const ServiceDefinition &service, const ProbeCheck &check, const ProbeContext &)
{
    Parameters parameters(service, check);
    const auto socket = readSocketParameters(&parameters, service, check, 15);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    SocketDialogue dialogue{u"SSH"_s,
                            u"sends its banner"_s,
                            {},
                            [where = socket.target.text()](QByteArrayView reply, bool isEnd) {
                                return judgeBanner(reply, isEnd, where);
                            }};
    dialogue.every = socket.every;
    dialogue.timeout = socket.timeout;
    return std::unique_ptr<ServiceProbe>(
        std::make_unique<SocketProbe>(socket.target, dialogue, socket.owner));
}

} // namespace Treewarden
