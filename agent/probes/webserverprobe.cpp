// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/webserverprobe.h"

#include "agent/probes/parameters.h"
#include "shared/core/steadyclock.h"

#include <cmath>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestStatusPage = 64 * 1024;
constexpr qint64 statusAgain = 300'000; // ms until a status page that was not there is asked for

bool isPagePath(const QString &path)
{
    return path.startsWith(u'/')
        && std::all_of(path.begin(), path.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
}

/// Whether the whole answer came and the server keeps the connection.
bool mayAskAgain(QByteArrayView reply)
{
    const auto answer = parseHttpAnswer(reply, false);
    return answer && *answer && (*answer)->head.isKept;
}

} // namespace

Result<std::unique_ptr<ServiceProbe>> WebServerProbe::make(const WebServerKind &kind,
                                                           const ServiceDefinition &service,
                                                           const ProbeCheck &check)
{
    constexpr int everySeconds = 5, serverError = 500;
    Parameters parameters(service, check);
    // The programs and the usual port are those of the server, whatever role it plays here.
    ServiceDefinition server = service;
    server.id.role = kind.role;
    ProbeCheck atSocket = check;
    Parameters socketParameters(server, atSocket);
    if (const QString master = kind.master; !master.isEmpty() && !parameters.has(u"process"_s)) {
        const QString host = parameters.text(u"host"_s, u"127.0.0.1"_s);
        if (parameters.flag(u"master"_s, SocketTarget{{}, host, 1}.isLocal()))
            atSocket.parameters.insert(u"process"_s, master);
    }
    const auto socket = readSocketParameters(&socketParameters, server, atSocket, everySeconds);
    const QString status = parameters.text(u"status"_s, kind.statusPath);
    const QString page = parameters.text(u"page"_s, u"/"_s);
    const QString host = socket.target.path.isEmpty() ? socket.target.text() : u"localhost"_s;
    Pages pages{parameters.text(u"site"_s, host).toLatin1(), status.toLatin1(), page.toLatin1()};
    pages.anything.where = u"%1 at %2"_s.arg(kind.title, socket.target.text());
    pages.anything.below = serverError;
    pages.expected = pages.anything;
    pages.isPageWanted = parameters.has(u"page"_s) || parameters.has(u"expect"_s);
    readStatuses(&parameters, check, u"expect"_s, &pages.expected);
    if (!isPagePath(status) || !isPagePath(page))
        parameters.fail(
            u"status and page are paths such as \"%1\", percent-encoded"_s.arg(kind.statusPath));
    for (const auto &fine : {parameters.finish(), socketParameters.finish()}) {
        if (!fine)
            return fine.error();
    }
    return std::unique_ptr<ServiceProbe>(new WebServerProbe(kind, socket, pages));
}

WebServerProbe::WebServerProbe(const WebServerKind &kind, const SocketParameters &socket,
                               const Pages &pages)
    : m_kind(kind)
    , m_pages(pages)
{
    const auto probe = [&](const QByteArray &path, SocketDialogue::Judge judge) {
        return std::make_unique<SocketProbe>(
            socket.target, dialogue(socket, path, std::move(judge)), socket.owner);
    };
    m_status = probe(pages.status, [this](QByteArrayView reply, bool isEnd) {
        return judgeStatus(reply, isEnd);
    });
    m_page = probe(pages.page, [this](QByteArrayView reply, bool isEnd) {
        return judgeHttp(reply, isEnd, m_pages.expected);
    });
}

SocketDialogue WebServerProbe::dialogue(const SocketParameters &socket, const QByteArray &path,
                                        SocketDialogue::Judge judge)
{
    SocketDialogue dialogue{m_kind.title, u"answers GET %1"_s.arg(QString::fromLatin1(path)),
                            HttpRequest{m_pages.host, path, {}, m_kind.holdsConnection}.bytes(),
                            std::move(judge)};
    dialogue.longestReply = 512 * 1024;
    dialogue.holdsConnection = m_kind.holdsConnection;
    dialogue.tellsEnd = false; // servers close idle connections as they like
    dialogue.mayAskAgain = mayAskAgain;
    dialogue.review = [this](CheckResult *result, const SocketExchange &exchange) {
        addRates(&result->info);
        result->info.insert(u"latency"_s, std::round(exchange.latency * 100) / 100);
    };
    dialogue.every = socket.every;
    dialogue.timeout = socket.timeout;
    return dialogue;
}

/// The status page, or any other answer that is good enough: that of a server without one.
std::optional<CheckResult> WebServerProbe::judgeStatus(QByteArrayView reply, bool isEnd)
{
    auto verdict = judgeHttp(reply, isEnd, m_pages.anything);
    if (!verdict || verdict->alive != true)
        return verdict;
    const auto answer = parseHttpAnswer(reply, isEnd);
    if (!answer)
        return notHttpResult(m_pages.expected.where, answer.error().text);
    if (!*answer && reply.size() < longestStatusPage)
        return std::nullopt;
    const QJsonObject workload = *answer && (*answer)->head.status == 200
        ? m_kind.parseStatus((*answer)->body)
        : QJsonObject();
    if (workload.isEmpty()) {
        takeNoWorkload(&*verdict);
        return verdict;
    }
    m_note.clear();
    for (auto it = workload.begin(); it != workload.end(); ++it)
        verdict->info.insert(it.key(), it.value());
    return verdict;
}

void WebServerProbe::addRates(QJsonObject *info)
{
    if (!info->contains(m_kind.rates.first()))
        return;
    m_rates.startReading();
    for (const QString &counter : m_kind.rates)
        m_rates.add(info, counter, quint64(info->value(counter).toDouble()));
}

void WebServerProbe::takeNoWorkload(CheckResult *verdict)
{
    const QString page = QString::fromLatin1(m_pages.status);
    const int status = verdict->info.value(u"status"_s).toInt();
    m_note = status == 200
        ? u"no workload: GET %1 answers something else than %2"_s.arg(page, m_kind.statusName)
        : u"no workload: GET %1 answers with status %2; turn %3 on there for this host"_s.arg(page)
              .arg(status)
              .arg(m_kind.statusName);
    m_statusAgainAt = steadyMilliseconds() + statusAgain;
    verdict->reason = u"%1 lives, but: %2"_s.arg(m_pages.expected.where, m_note);
    verdict->code = u"web.note"_s;
    verdict->args = {{u"target"_s, m_pages.expected.where}, {u"note"_s, m_note}};
}

void WebServerProbe::check(const ProcSnapshot &processes, Done done)
{
    const bool asksStatus = m_note.isEmpty() || steadyMilliseconds() >= m_statusAgainAt;
    const bool asksPage = !asksStatus || m_pages.isPageWanted;
    m_done = std::move(done);
    m_verdict.reset();
    m_out = asksStatus + asksPage;
    if (asksStatus)
        m_status->check(processes, [this](const CheckResult &result) { take(result, false); });
    if (asksPage)
        m_page->check(processes, [this](const CheckResult &result) { take(result, true); });
}

/// The page that was asked for by name decides; the status page only tells of the work then.
void WebServerProbe::take(const CheckResult &result, bool isPage)
{
    const QJsonObject told = m_verdict ? m_verdict->info : QJsonObject();
    if (isPage || !m_verdict)
        m_verdict = result;
    for (const QJsonObject &info : {told, result.info}) {
        for (auto it = info.begin(); it != info.end(); ++it)
            m_verdict->info.insert(it.key(), it.value());
    }
    if (--m_out > 0)
        return;
    const Done done = std::exchange(m_done, nullptr);
    done(*std::exchange(m_verdict, std::nullopt)); // the last thing: it may destroy this probe
}

QString WebServerProbe::description() const
{
    const QString workload = m_note.isEmpty() ? u"workload from %1 where it is on at %2"_s.arg(
                                 m_kind.statusName, QString::fromLatin1(m_pages.status))
                                              : m_note;
    return m_page->description() + u"; "_s + workload;
}

} // namespace Treewarden
