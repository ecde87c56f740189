// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/webserverprobe.h"

#include "agent/probes/parameters.h"
#include "shared/core/steadyclock.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestStatusPage = 64 * 1024;
constexpr qint64 statusAgain = 300'000; // ms until a status page that was not there is asked for

} // namespace

Result<std::unique_ptr<ServiceProbe>> WebServerProbe::make(const WebServerKind &kind,
                                                           const ServiceDefinition &service,
                                                           const ProbeCheck &check)
{
    Parameters parameters(service, check);
    const WebPage page = readWebPage(&parameters, service, check, kind.server, kind.master);
    const QByteArray status = readPagePath(&parameters, u"status"_s, kind.statusPath);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    return std::unique_ptr<ServiceProbe>(new WebServerProbe(kind, page, status));
}

WebServerProbe::WebServerProbe(const WebServerKind &kind, WebPage page, QByteArray status)
    : m_kind(kind)
    , m_page(std::move(page))
    , m_anything{m_page.expected.where, m_page.expected.below, {}, {}}
    , m_statusPath(std::move(status))
{
    m_askStatus = makePageProbe(m_statusPath, [this](QByteArrayView reply, bool isEnd) {
        return judgeStatus(reply, isEnd);
    });
    m_askPage = makePageProbe(m_page.path, [this](QByteArrayView reply, bool isEnd) {
        return judgeHttp(reply, isEnd, m_page.expected);
    });
}

std::unique_ptr<SocketProbe> WebServerProbe::makePageProbe(const QByteArray &path,
                                                           SocketDialogue::Judge judge)
{
    SocketDialogue dialogue
        = webDialogue(m_kind.server.title, m_page, path, m_kind.holdsConnection, std::move(judge));
    dialogue.review = [this](CheckResult *result, const SocketExchange &exchange) {
        addRates(&result->info);
        tellLatency(result, exchange);
    };
    return std::make_unique<SocketProbe>(m_page.socket.target, dialogue, m_page.socket.owner);
}

/// The status page, or any other answer that is good enough: that of a server without one.
std::optional<CheckResult> WebServerProbe::judgeStatus(QByteArrayView reply, bool isEnd)
{
    auto verdict = judgeHttp(reply, isEnd, m_anything);
    if (!verdict || verdict->alive != true)
        return verdict;
    const auto answer = parseHttpAnswer(reply, isEnd);
    if (!answer)
        return notHttpResult(m_page.expected.where, answer.error().text);
    if (!*answer && reply.size() < longestStatusPage)
        return std::nullopt;
    const QJsonObject workload = *answer && (*answer)->head.status == 200
        ? m_kind.parseStatus((*answer)->body)
        : QJsonObject();
    if (workload.isEmpty()) {
        takeNoWorkload(verdict->info.value(u"status"_s).toInt());
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

void WebServerProbe::takeNoWorkload(int status)
{
    const QString page = QString::fromLatin1(m_statusPath);
    m_note = status == 200
        ? u"no workload: GET %1 answers something else than %2"_s.arg(page, m_kind.statusName)
        : u"no workload: GET %1 answers with status %2; turn %3 on there for this host"_s.arg(page)
              .arg(status)
              .arg(m_kind.statusName);
    m_statusAgainAt = steadyMilliseconds() + statusAgain;
}

void WebServerProbe::check(const ProcSnapshot &processes, Done done)
{
    const bool asksStatus = m_note.isEmpty() || steadyMilliseconds() >= m_statusAgainAt;
    const bool asksPage = !asksStatus || m_page.isWanted;
    m_done = std::move(done);
    m_verdict.reset();
    m_out = asksStatus + asksPage;
    if (asksStatus)
        m_askStatus->check(processes, [this](const CheckResult &result) { take(result, false); });
    if (asksPage)
        m_askPage->check(processes, [this](const CheckResult &result) { take(result, true); });
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
    if (!m_note.isEmpty() && m_verdict->alive == true) {
        m_verdict->reason = u"%1 lives, but: %2"_s.arg(m_page.expected.where, m_note);
        m_verdict->code = u"web.note"_s;
        m_verdict->args = {{u"target"_s, m_page.expected.where}, {u"note"_s, m_note}};
        m_verdict->info.insert(u"note"_s, m_note);
    }
    const Done done = std::exchange(m_done, nullptr);
    done(*std::exchange(m_verdict, std::nullopt)); // the last thing: it may destroy this probe
}

QString WebServerProbe::description() const
{
    const QString workload = m_note.isEmpty() ? u"workload from %1 where it is on at %2"_s.arg(
                                 m_kind.statusName, QString::fromLatin1(m_statusPath))
                                              : m_note;
    return m_askPage->description() + u"; "_s + workload;
}

} // namespace Treewarden
