// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/transientunit.h"

#include "agent/bus/systemdcalls.h"
#include "agent/executor/keeperlink.h"
#include "agent/executor/unitproperties.h"

#include <QCoreApplication>
#include <QDBusUnixFileDescriptor>
#include <QPointer>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto startTimeout = 30s;

/// systemd replaces $NAME in words, and $$ by $ (systemd.service(5)).
QStringList withoutVariables(QStringList words)
{
    return words.replaceInStrings(u"$"_s, u"$$"_s);
}

/// See docs/decisions.md for why KillMode=process.
QDBusMessage startCall(const ActionRequest &request, std::chrono::milliseconds grace, int report)
{
    const std::chrono::microseconds stopTime = grace + std::chrono::milliseconds(keeperPatience)
        + std::chrono::milliseconds(keeperPatience);
    const UnitCommand command{QCoreApplication::applicationFilePath(),
                              withoutVariables(keeperWords(request, grace)), false};
    const auto property = [](const QString &name, const QVariant &value) {
        return UnitProperty{name, QDBusVariant(value)};
    };
    const UnitProperties properties{
        property(u"Description"_s, u"Treewarden command "_s + request.id),
        property(u"Type"_s, u"exec"_s),
        property(u"ExecStart"_s, QVariant::fromValue(UnitCommands{command})),
        property(u"KillMode"_s, u"process"_s),
        property(u"TimeoutStopUSec"_s, QVariant::fromValue(quint64(stopTime.count()))),
        property(u"CollectMode"_s, u"inactive-or-failed"_s),
        property(u"StandardInput"_s, u"null"_s),
        property(u"StandardOutputFileDescriptor"_s,
                 QVariant::fromValue(QDBusUnixFileDescriptor(report))),
    };
    QDBusMessage call = systemdManagerCall(u"StartTransientUnit"_s);
    call << u"treewarden-%1.service"_s.arg(request.id) << u"fail"_s
         << QVariant::fromValue(properties) << QVariant::fromValue(AuxiliaryUnits());
    return call;
}

QString startSentence(const JobEnd &end)
{
    return end.kind == JobEnd::Kind::Ended
        ? u"systemd cannot start it: the job ended with '%1'"_s.arg(end.text)
        : u"cannot be started as a unit: %1"_s.arg(end.text);
}

} // namespace

TransientUnit::TransientUnit(std::shared_ptr<SystemdJobs> jobs, std::chrono::milliseconds grace,
                             QObject *parent)
    : ActionRunner(parent)
    , m_jobs(std::move(jobs))
    , m_grace(grace)
{
    registerUnitProperties();
}

/// The job tells only why nothing starts; everything else is the keeper's to tell.
void TransientUnit::run(const ActionRequest &request, Done done)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        QTimer::singleShot(0, this, [done = std::move(done), error = errno] {
            done(failedOutcome(u"there is no pipe for its output: %1"_s.arg(
                QString::fromLocal8Bit(std::strerror(error)))));
        });
        return;
    }
    const QPointer link = new KeeperLink(ends[0], request, m_grace, std::move(done), this);
    m_jobs->ask(startCall(request, m_grace, ends[1]), startTimeout, [link](const JobEnd &end) {
        const bool isNothingDone = end.kind == JobEnd::Kind::NotAsked
            || end.kind == JobEnd::Kind::Refused
            || (end.kind == JobEnd::Kind::Ended && end.text != u"done");
        if (link && isNothingDone)
            link->finish(failedOutcome(startSentence(end)));
    });
    close(ends[1]); // the call has its own
}

} // namespace Treewarden
