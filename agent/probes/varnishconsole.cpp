// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/varnishconsole.h"

#include "agent/probes/hostfile.h"
#include "shared/core/textformat.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

QString whyUnreadable(const QString &path)
{
    return ::access(path.toLocal8Bit().constData(), R_OK) == 0
        ? QString()
        : QString::fromLocal8Bit(std::strerror(errno)).toLower();
}

VarnishConsole::VarnishConsole(QString where, QString secretFile)
    : m_where(std::move(where))
    , m_secretFile(std::move(secretFile))
{
}

QByteArray VarnishConsole::begin(bool isNewConnection)
{
    m_step = isNewConnection ? Step::Greeting : Step::Status;
    return isNewConnection ? QByteArray() : QByteArray("status\n");
}

SocketTurn VarnishConsole::hear(QByteArrayView reply, bool isEnd)
{
    const auto parsed = parseVarnishReply(reply);
    if (!parsed)
        return cannot(u"answered \"%1\", which is not Varnish"_s.arg(parsed.error().text));
    if (!*parsed)
        return isEnd ? cannot(u"closed the connection before it answered"_s) : SocketTurn{};
    switch (m_step) {
    case Step::Greeting:
    case Step::Authentication:
        return hearGreeting(**parsed);
    case Step::Status:
        return hearStatus(**parsed);
    case Step::Backends:
        break;
    }
    return hearBackends(**parsed);
}

SocketTurn VarnishConsole::hearGreeting(const VarnishReply &reply)
{
    constexpr qsizetype longestSecret = 4096;
    if (reply.status == VarnishReply::ok)
        return ask("status\n", Step::Status);
    if (m_step == Step::Authentication)
        return cannot(u"refuses the secret of %1"_s.arg(m_secretFile));
    if (reply.status != VarnishReply::wantsAuthentication)
        return cannot(u"says: %1"_s.arg(oneLine(QString::fromUtf8(reply.text), 120)));
    if (m_secretFile.isEmpty())
        return cannot(u"wants a secret: name its file in \"secret\""_s);
    const QString why = whyUnreadable(m_secretFile);
    HostFile file(m_secretFile, longestSecret);
    const QByteArrayView secret = why.isEmpty() ? file.read() : QByteArrayView();
    if (secret.isEmpty())
        return cannot(u"wants the secret of %1, which cannot be read: %2"_s.arg(
            m_secretFile, why.isEmpty() ? u"it is empty"_s : why));
    const QByteArray answer = varnishAuthentication(reply.text, secret);
    return answer.isEmpty() ? cannot(u"sends no challenge"_s) : ask(answer, Step::Authentication);
}

SocketTurn VarnishConsole::hearStatus(const VarnishReply &reply)
{
    const QByteArray state = varnishChildState(reply.text);
    if (reply.status != VarnishReply::ok || state.isEmpty())
        return cannot(u"says: %1"_s.arg(oneLine(QString::fromUtf8(reply.text), 120)));
    if (state == "running")
        return ask("backend.list -j\n", Step::Backends);
    const QString shown = oneLine(QString::fromUtf8(state), 40);
    return {CheckResult::died(
                u"the cache process of Varnish at %1 does not run: it is %2"_s.arg(m_where, shown),
                u"varnish.child"_s, {{u"target"_s, m_where}, {u"state"_s, shown}}),
            {}};
}

SocketTurn VarnishConsole::hearBackends(const VarnishReply &reply)
{
    CheckResult result = CheckResult::isAlive();
    if (const auto backends = parseVarnishBackends(reply.text)) { // Varnish 4 has no -j
        m_backends = *backends;
        result.info.insert(u"backends"_s, backends->all);
        result.info.insert(u"backends_healthy"_s, backends->healthy);
    }
    return {result, {}};
}

SocketTurn VarnishConsole::ask(const QByteArray &command, Step step)
{
    m_step = step;
    return {{}, command};
}

SocketTurn VarnishConsole::cannot(const QString &why) const
{
    return {CheckResult::unknown(u"the CLI at %1 %2"_s.arg(m_where, why), u"varnish.cli"_s,
                                 {{u"target"_s, m_where}, {u"why"_s, why}}),
            {}};
}

} // namespace Treewarden
