// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/keeperlink.h"

#include "agent/executor/cappedoutput.h"
#include "shared/core/textformat.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype longestHeader = 160;
constexpr auto margin = 5s; ///< for a busy machine

QString lastLine(const QByteArray &output)
{
    const QByteArray trimmed = output.trimmed();
    return oneLine(QString::fromUtf8(trimmed.mid(trimmed.lastIndexOf('\n') + 1).trimmed()), 200);
}

QString seconds(std::chrono::milliseconds time)
{
    return u"%1 s"_s.arg(double(time.count()) / 1000);
}

QString reportSentence(const ActionRequest &request, const KeeperReport &report)
{
    switch (report.end) {
    case KeeperReport::End::Exited:
        return u"exit status %1"_s.arg(report.code);
    case KeeperReport::End::Killed:
        return u"killed by signal %1 (%2)"_s.arg(report.code)
            .arg(QString::fromLocal8Bit(strsignal(report.code)));
    case KeeperReport::End::TimedOut:
        return u"killed after %1: it did not end"_s.arg(seconds(request.timeout));
    case KeeperReport::End::Stopped:
        return u"killed after %1, as its keeper was told to"_s.arg(
            seconds(std::chrono::milliseconds(report.milliseconds)));
    case KeeperReport::End::NotStarted:
        break;
    }
    return u"%1 cannot be started: %2"_s.arg(oneLine(request.argv.value(0), 200),
                                             QString::fromLocal8Bit(std::strerror(report.code)));
}

} // namespace

QStringList keeperWords(const ActionRequest &request, std::chrono::milliseconds grace)
{
    return QStringList{u"treewarden-keeper"_s, QString::fromLatin1(keeperOption), request.id,
                       QString::number(request.timeout.count()), QString::number(grace.count())}
    + request.argv;
}

ActionOutcome outcomeOf(const ActionRequest &request, const KeeperReport &report,
                        const QByteArray &output)
{
    ActionOutcome outcome;
    const bool isExit = report.end == KeeperReport::End::Exited;
    outcome.ok = isExit && report.code == 0;
    outcome.exit = isExit ? report.code : -1;
    outcome.output = output;
    outcome.milliseconds = report.milliseconds;
    outcome.detail = reportSentence(request, report);
    if (report.left > 0)
        outcome.detail += u"; %1 of its processes hang in the kernel"_s.arg(report.left);
    if (const QString said = lastLine(output); !said.isEmpty())
        outcome.detail += u": "_s + said;
    return outcome;
}

ActionOutcome failedOutcome(const QString &detail)
{
    ActionOutcome outcome;
    outcome.detail = detail;
    return outcome;
}

KeeperLink::KeeperLink(int descriptor, const ActionRequest &request,
                       std::chrono::milliseconds grace, ActionRunner::Done done, QObject *parent)
    : QObject(parent)
    , m_descriptor(descriptor)
    , m_request(request)
    , m_done(std::move(done))
    , m_notifier(descriptor, QSocketNotifier::Read)
{
    fcntl(m_descriptor, F_SETFL, O_NONBLOCK);
    connect(&m_notifier, &QSocketNotifier::activated, this, &KeeperLink::read);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { loseKeeper(u"its keeper does not answer"_s); });
    m_deadline.start(request.timeout + grace + std::chrono::milliseconds(keeperPatience) + margin);
}

KeeperLink::~KeeperLink()
{
    m_notifier.setEnabled(false);
    close(m_descriptor);
}

void KeeperLink::read()
{
    char buffer[16 * 1024];
    const ssize_t length = ::read(m_descriptor, buffer, sizeof buffer);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    m_said.append(buffer, qMax<ssize_t>(length, 0));
    const qsizetype end = m_said.indexOf('\n');
    KeeperReport report;
    const bool isReport = end > 0 && KeeperReport::parse(m_said.left(end).toStdString(), report)
        && report.size <= CappedOutput::most;
    if (isReport && m_said.size() > end + qsizetype(report.size))
        finish(outcomeOf(m_request, report, m_said.mid(end + 1, qsizetype(report.size))));
    else if (length <= 0)
        loseKeeper(u"its keeper ended without a word"_s);
    else if (!isReport && (end >= 0 || m_said.size() > longestHeader))
        loseKeeper(u"its keeper says what nobody understands"_s);
}

void KeeperLink::loseKeeper(const QString &why)
{
    ActionOutcome outcome
        = failedOutcome(u"nobody knows how it ended: %1; look at the server"_s.arg(why));
    outcome.isKnown = false;
    finish(outcome);
}

void KeeperLink::finish(const ActionOutcome &outcome)
{
    const ActionRunner::Done done = std::exchange(m_done, nullptr);
    if (!done)
        return;
    m_notifier.setEnabled(false);
    m_deadline.stop();
    deleteLater();
    done(outcome); // the last thing
}

} // namespace Treewarden
