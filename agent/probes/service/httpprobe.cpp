// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/parameters.h"
#include "agent/probes/webpage.h"

#include <QUrl>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// What the answer's way must be like, beside what it says.
struct HttpQuality
{
    int slowest = 0; ///< ms; 0: as slow as it likes
    int certificateDays = 0; ///< least; 0: any that is valid
};

/// Adds latency and certificate to what is told, and turns down what is slow or soon expires.
void reviewHttp(CheckResult *result, const SocketExchange &exchange, const HttpQuality &wanted,
                const QString &where)
{
    tellLatency(result, exchange);
    const double latency = result->info.value(u"latency"_s).toDouble();
    if (exchange.certificateDays)
        result->info.insert(u"certificate_days"_s, *exchange.certificateDays);
    if (result->alive != true)
        return;
    if (wanted.slowest > 0 && latency > wanted.slowest) {
        *result = CheckResult::died(
            u"%1 answered after %2 ms, slower than %3 ms"_s.arg(where).arg(latency).arg(
                wanted.slowest),
            u"http.slow"_s,
            {{u"target"_s, where}, {u"latency"_s, latency}, {u"slowest"_s, wanted.slowest}});
    } else if (exchange.certificateDays && *exchange.certificateDays < wanted.certificateDays) {
        *result = CheckResult::died(
            u"the certificate of %1 expires in %2 days, sooner than in %3"_s.arg(where)
                .arg(*exchange.certificateDays)
                .arg(wanted.certificateDays),
            u"http.certificate"_s,
            {{u"target"_s, where},
             {u"days"_s, *exchange.certificateDays},
             {u"least"_s, wanted.certificateDays}});
    }
}

TlsSettings readTls(Parameters *parameters, const QString &host)
{
    return {host, parameters->text(u"ca_file"_s), parameters->flag(u"verify"_s, true)};
}

/// Path and query, as they go on the wire.
QByteArray wireTarget(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    return (path.isEmpty() ? "/" : path)
        + (url.hasQuery() ? '?' + url.query(QUrl::FullyEncoded).toLatin1() : QByteArray());
}

} // namespace

/// One GET. A status below 400, or one of `status` ("any": whatever it is), and `text` somewhere in
/// the answer; over TLS a certificate that is valid for `certificate_days`; no slower than
/// `slowest`. No redirect is followed.
Result<std::unique_ptr<ServiceProbe>> makeHttpServiceProbe(const ServiceDefinition &service,
                                                           const ProbeCheck &check,
                                                           const ProbeContext &)
{
    constexpr int everySeconds = 5, everySecondsTls = 15; // a handshake costs both sides 1 ms
    Parameters parameters(service, check);
    const QUrl url(parameters.text(u"url"_s, u"http://127.0.0.1/"_s), QUrl::StrictMode);
    const bool isTls = url.scheme() == u"https";
    ProbeCheck atSocket = check;
    if (parameters.has(u"url"_s)) {
        atSocket.parameters.insert(u"host"_s, url.host());
        atSocket.parameters.insert(u"port"_s, url.port(isTls ? 443 : 80));
    }
    Parameters socketParameters(service, atSocket);
    const auto socket = readSocketParameters(&socketParameters, service, atSocket,
                                             isTls ? everySecondsTls : everySeconds);
    HttpExpectation expected;
    expected.where = u"%1://%2%3"_s.arg(isTls ? u"https"_s : u"http"_s, socket.target.text(),
                                        url.path().isEmpty() ? u"/"_s : url.path());
    expected.text = parameters.text(u"text"_s).toUtf8();
    readStatuses(&parameters, check, u"status"_s, &expected);
    const HttpQuality quality{parameters.number(u"slowest"_s, 0, 1, 60'000),
                              parameters.number(u"certificate_days"_s, 0, 0, 3650)};
    const TlsSettings tls = readTls(&parameters, url.host());
    if (!isTls && (quality.certificateDays > 0 || !tls.caFile.isEmpty() || !tls.isVerified))
        parameters.fail(u"certificate_days, ca_file and verify go with an https url"_s);
    if (parameters.has(u"url"_s)
        && (!url.isValid() || (!isTls && url.scheme() != u"http") || !url.userInfo().isEmpty()
            || url.host().isEmpty()))
        parameters.fail(u"url must look like http://127.0.0.1:8080/path (no password in it)"_s);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();

    SocketDialogue dialogue{
        isTls ? u"HTTPS"_s : u"HTTP"_s, u"answers GET %1"_s.arg(expected.where),
        HttpRequest{socket.target.text().toLatin1(), wireTarget(url)}.bytes(),
        [expected](QByteArrayView reply, bool isEnd) { return judgeHttp(reply, isEnd, expected); }};
    dialogue.longestReply = 512 * 1024;
    dialogue.every = socket.every;
    dialogue.timeout = socket.timeout;
    dialogue.review
        = [quality, where = expected.where](CheckResult *result, const SocketExchange &exchange) {
              reviewHttp(result, exchange, quality, where);
          };
    if (isTls)
        dialogue.tls = tls;
    return std::unique_ptr<ServiceProbe>(
        std::make_unique<SocketProbe>(socket.target, dialogue, socket.owner));
}

} // namespace Treewarden
