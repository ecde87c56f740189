// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/mysqlconversation.h"
#include "agent/probes/mysqlgreeting.h"
#include "agent/probes/parameters.h"
#include "agent/probes/socketprobe.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

/// With `credentials` logs in and pings over a connection that is kept. Without them it reads the
/// server's greeting. The server counts unfinished handshakes of a remote
/// host and blocks it in the end (max_connect_errors), and MariaDB logs a line for each: a good
/// greeting counts for 60 s while the same server runs and is not stopped.
Result<std::unique_ptr<ServiceProbe>> makeMysqlServiceProbe(const ServiceDefinition &service,
                                                            const ProbeCheck &check,
                                                            const ProbeContext &)
{
    Parameters parameters(service, check);
    const auto socket = readSocketParameters(&parameters, service, check, 60);
    const auto credentials = LocalCredentials::of(&parameters, socket.target);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    if (credentials.isGiven())
        return makeConversingProbe(u"MySQL"_s, u"answers COM_PING"_s + credentials.description(),
                                   std::make_shared<MySqlConversation>(
                                       credentials, InfoPace(service, check), socket.target.text(),
                                       !socket.target.path.isEmpty()),
                                   socket);
    SocketDialogue dialogue{u"MySQL"_s,
                            u"sends its greeting"_s,
                            {},
                            [where = socket.target.text()](QByteArrayView reply, bool) {
                                return judgeMysqlGreeting(reply, where);
                            }};
    dialogue.every = socket.every;
    dialogue.timeout = socket.timeout;
    return std::unique_ptr<ServiceProbe>(
        std::make_unique<SocketProbe>(socket.target, dialogue, socket.owner));
}

} // namespace Treewarden
