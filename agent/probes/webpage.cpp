// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/webpage.h"

#include "agent/probes/parameters.h"

#include <algorithm>
#include <cmath>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Whether the whole answer came and the server keeps the connection.
bool mayAskAgain(QByteArrayView reply)
{
    const auto answer = parseHttpAnswer(reply, false);
    return answer && *answer && (*answer)->head.isKept;
}

} // namespace

QByteArray readPagePath(Parameters *parameters, const QString &name, const QString &fallback)
{
    const QString path = parameters->text(name, fallback);
    const bool isFine = path.startsWith(u'/')
        && std::all_of(path.begin(), path.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
    if (!isFine)
        parameters->fail(
            u"%1 must be a path such as \"%2\", percent-encoded"_s.arg(name, fallback));
    return path.toLatin1();
}

SocketDialogue webDialogue(const QString &title, const WebPage &page, const QByteArray &path,
                           bool holdsConnection, SocketDialogue::Judge judge)
{
    SocketDialogue dialogue{title, u"answers GET %1"_s.arg(QString::fromLatin1(path)),
                            HttpRequest{page.host, path, {}, holdsConnection}.bytes(),
                            std::move(judge)};
    dialogue.longestReply = 512 * 1024;
    dialogue.holdsConnection = holdsConnection;
    dialogue.tellsEnd = false; // servers close idle connections as they like
    dialogue.mayAskAgain = mayAskAgain;
    dialogue.review = tellLatency;
    dialogue.every = page.socket.every;
    dialogue.timeout = page.socket.timeout;
    return dialogue;
}

void tellLatency(CheckResult *result, const SocketExchange &exchange)
{
    result->info.insert(u"latency"_s, std::round(exchange.latency * 100) / 100);
}

WebPage readWebPage(Parameters *parameters, const ServiceDefinition &service,
                    const ProbeCheck &check, const WebServerName &server, const QString &master)
{
    constexpr int everySeconds = 5, serverError = 500;
    // The programs and the usual port are those of the server, whatever role it plays here.
    ServiceDefinition asServer = service;
    asServer.id.role = server.role;
    ProbeCheck atSocket = check;
    if (!master.isEmpty() && !parameters->has(u"process"_s)) {
        const QString host = parameters->text(u"host"_s, u"127.0.0.1"_s);
        if (parameters->flag(u"master"_s, SocketTarget{{}, host, 1}.isLocal()))
            atSocket.parameters.insert(u"process"_s, master);
    }
    Parameters socketParameters(asServer, atSocket);
    WebPage page;
    page.socket = readSocketParameters(&socketParameters, asServer, atSocket, everySeconds);
    if (const auto fine = socketParameters.finish(); !fine)
        parameters->fail(fine.error().text);
    const SocketTarget &target = page.socket.target;
    const QString host = target.path.isEmpty() ? target.text() : u"localhost"_s;
    page.host = parameters->text(u"site"_s, host).toLatin1();
    page.path = readPagePath(parameters, u"page"_s, u"/"_s);
    page.expected.where = u"%1 at %2"_s.arg(server.title, target.text());
    page.expected.below = serverError;
    page.isWanted = parameters->has(u"page"_s) || parameters->has(u"expect"_s);
    readStatuses(parameters, check, u"expect"_s, &page.expected);
    return page;
}

} // namespace Treewarden
