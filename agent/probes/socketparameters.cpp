// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/parameters.h"
#include "agent/probes/socketaddress.h"
#include "shared/protocol/role.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// A process that belongs to one login of sshd: "sshd: root@pts/0". The one that listens has
/// "[listener]" in its title, or its own command line before OpenSSH 8.2.
bool isSshSession(const Process &process)
{
    return process.commandLine.startsWith("sshd: ") && !process.commandLine.contains("[listener]");
}

SocketOwner ownerOf(const QString &required, const ServiceDefinition &service)
{
    if (!required.isEmpty()) {
        const auto fits = [text = required.toUtf8()](const Process &process) {
            return process.runs(text) || process.commandLine.contains(text);
        };
        return {fits, u"matching \"%1\""_s.arg(required)};
    }
    const Role *role = findRole(service.id.role);
    if (!role || role->programs.isEmpty())
        return {};
    QList<QByteArray> programs;
    for (const QString &program : role->programs)
        programs << program.toUtf8();
    const auto fits = [programs](const Process &process) {
        return std::any_of(programs.begin(), programs.end(),
                           [&](const QByteArray &p) { return process.runs(p); })
            && !isSshSession(process);
    };
    return {fits, {}};
}

} // namespace

SocketParameters readSocketParameters(Parameters *parameters, const ServiceDefinition &service,
                                      const ProbeCheck &check, int everySeconds)
{
    SocketParameters read;
    read.target.path
        = parameters->text(u"path"_s, parameters->text(u"socket"_s)); // mysql's own word for it
    read.target.host = parameters->text(u"host"_s, read.target.host);
    if (read.target.path.isEmpty()) {
        read.target.port = parameters->port();
        if (read.target.port == 0)
            parameters->fail(u"give it a port"_s);
    } else if (parameters->has(u"port"_s) || parameters->has(u"host"_s)) {
        parameters->fail(u"give it either a path or a host and a port"_s);
    }
    if (!read.target.path.isEmpty() && !SocketAddress::make(read.target).isValid())
        parameters->fail(u"the path of a Unix socket has at most 107 bytes"_s);
    read.owner = ownerOf(parameters->text(u"process"_s), service);
    read.every = std::chrono::seconds(parameters->number(u"every"_s, everySeconds, 0, 3600));
    read.timeout = std::chrono::milliseconds(qBound(10, int(check.timeout * 1000), 60'000));
    return read;
}

std::unique_ptr<ServiceProbe> makeConversingProbe(const QString &subject, const QString &asks,
                                                  std::shared_ptr<SocketConversation> conversation,
                                                  const SocketParameters &socket)
{
    SocketDialogue dialogue{subject, asks, {}, {}, std::move(conversation)};
    dialogue.longestReply = 1 << 20;
    dialogue.holdsConnection = true;
    dialogue.asksWhileHeld = true;
    dialogue.every = socket.every;
    dialogue.timeout = socket.timeout;
    return std::make_unique<SocketProbe>(socket.target, dialogue, socket.owner);
}

} // namespace Treewarden
