// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/lines.h"
#include "agent/probes/parameters.h"
#include "agent/probes/socketprobe.h"
#include "shared/core/textformat.h"

#include <QUrl>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

struct HttpExpectation
{
    QList<int> statuses; ///< none: anything below 400
    bool takesAnyStatus = false;

    bool takes(int status) const
    {
        return takesAnyStatus || (statuses.isEmpty() ? status < 400 : statuses.contains(status));
    }

    QString wanted() const
    {
        QStringList numbers;
        for (const int status : statuses)
            numbers << QString::number(status);
        return numbers.isEmpty() ? u"one below 400"_s : numbers.join(u" or "_s);
    }

    QByteArray text; ///< somewhere in the answer
    QString where;
};

CheckResult httpDied(const HttpExpectation &expected, const QString &sentence, const QString &kind,
                     const QJsonObject &more = {})
{
    QJsonObject args = more;
    args.insert(u"target"_s, expected.where);
    return CheckResult::died(sentence, u"http."_s + kind, args);
}

std::optional<CheckResult> judgeHttp(QByteArrayView reply, bool isEnd,
                                     const HttpExpectation &expected)
{
    const qsizetype end = reply.indexOf('\n');
    if (end < 0 && !isEnd && reply.size() < 4096)
        return std::nullopt;
    QByteArrayView line = reply.first(end < 0 ? reply.size() : end).trimmed();
    const QString said = oneLine(QString::fromUtf8(line), 80);
    const QByteArrayView version = takeWord(&line);
    const auto status = takeNumber<int>(&line);
    if (!version.startsWith("HTTP/") || !status)
        return httpDied(expected,
                        u"%1 answered \"%2\", which is not HTTP"_s.arg(expected.where, said),
                        u"protocol"_s, {{u"said"_s, said}});
    if (!expected.takes(*status)) {
        return httpDied(expected,
                        u"%1 answered with status %2 where %3 was expected"_s.arg(expected.where)
                            .arg(*status)
                            .arg(expected.wanted()),
                        u"status"_s, {{u"status"_s, *status}});
    }
    CheckResult result = CheckResult::isAlive();
    result.info.insert(u"status"_s, *status);
    if (expected.text.isEmpty() || reply.contains(expected.text))
        return result;
    if (!isEnd && reply.size() < 256 * 1024)
        return std::nullopt;
    const QString text = oneLine(QString::fromUtf8(expected.text), 80);
    return httpDied(expected,
                    u"the answer of %1 does not contain \"%2\""_s.arg(expected.where, text),
                    u"text"_s, {{u"text"_s, text}});
}

} // namespace

/// One GET. A status below 400, or exactly `status` ("any": whatever it is), and `text` somewhere
/// in the answer. No redirect is followed.
Result<std::unique_ptr<ServiceProbe>> makeHttpServiceProbe(const ServiceDefinition &service,
                                                           const ProbeCheck &check,
                                                           const ProbeContext &)
{
    Parameters parameters(service, check);
    const QUrl url(parameters.text(u"url"_s, u"http://127.0.0.1/"_s), QUrl::StrictMode);
    ProbeCheck atSocket = check;
    if (parameters.has(u"url"_s)) {
        atSocket.parameters.insert(u"host"_s, url.host());
        atSocket.parameters.insert(u"port"_s, url.port(80));
    }
    Parameters socketParameters(service, atSocket);
    const auto socket = readSocketParameters(&socketParameters, service, atSocket, 5);
    const bool takesAny = check.parameters.value(u"status"_s) == u"any"_s;
    const HttpExpectation expected{
        takesAny ? QList<int>() : parameters.numbers(u"status"_s, 100, 599), takesAny,
        parameters.text(u"text"_s).toUtf8(),
        u"http://%1%2"_s.arg(socket.target.text(), url.path().isEmpty() ? u"/"_s : url.path())};
    if (parameters.has(u"url"_s)
        && (!url.isValid() || url.scheme() != u"http" || !url.userInfo().isEmpty()
            || url.host().isEmpty()))
        parameters.fail(u"url must look like http://127.0.0.1:8080/path (no https, no password)"_s);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();

    const QByteArray path
        = url.path(QUrl::FullyEncoded).isEmpty() ? "/" : url.path(QUrl::FullyEncoded).toLatin1();
    const QByteArray query
        = url.hasQuery() ? '?' + url.query(QUrl::FullyEncoded).toLatin1() : QByteArray();
    SocketDialogue dialogue{
        u"HTTP"_s, u"answers GET %1"_s.arg(expected.where),
        "GET " + path + query + " HTTP/1.0\r\nHost: " + socket.target.text().toLatin1()
            + "\r\nUser-Agent: treewarden\r\nConnection: close\r\n\r\n",
        [expected](QByteArrayView reply, bool isEnd) { return judgeHttp(reply, isEnd, expected); }};
    dialogue.longestReply = 512 * 1024;
    dialogue.every = socket.every;
    dialogue.timeout = socket.timeout;
    return std::unique_ptr<ServiceProbe>(
        std::make_unique<SocketProbe>(socket.target, dialogue, socket.owner));
}

} // namespace Treewarden
