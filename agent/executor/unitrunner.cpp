// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/unitrunner.h"

#include "agent/bus/systemdcalls.h"
#include "agent/executor/keeperlink.h"
#include "shared/core/textformat.h"

#include <QElapsedTimer>
#include <QPointer>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto stateTimeout = 2s;

struct UnitVerb
{
    QString verb, method;
};

QString methodOf(const QString &verb)
{
    static const UnitVerb verbs[] = {{u"start"_s, u"StartUnit"_s},
                                     {u"stop"_s, u"StopUnit"_s},
                                     {u"restart"_s, u"RestartUnit"_s},
                                     {u"reload"_s, u"ReloadUnit"_s}};
    for (const UnitVerb &row : verbs) {
        if (row.verb == verb)
            return row.method;
    }
    return {};
}

QString jobSentence(const ActionRequest &request, const JobEnd &end)
{
    switch (end.kind) {
    case JobEnd::Kind::Ended:
        return end.text == u"done"
            ? u"%1: %2 done"_s.arg(request.unit, request.verb)
            : u"%1: the job to %2 it ended with '%3'"_s.arg(request.unit, request.verb, end.text);
    case JobEnd::Kind::Late:
        return u"%1: %2 did not end within %3 s; systemd goes on with it"_s
            .arg(request.unit, request.verb)
            .arg(double(request.timeout.count()) / 1000);
    case JobEnd::Kind::Lost:
        return u"%1: nobody knows whether %2 worked: %3; look at the server"_s.arg(
            request.unit, request.verb, end.text);
    case JobEnd::Kind::NotAsked:
    case JobEnd::Kind::Refused:
        break;
    }
    return u"%1: cannot %2: %3"_s.arg(request.unit, request.verb, end.text);
}

/// "it is failed (failed), its result is exit-code 1", from what could be read.
QString stateOf(const QVariantMap &properties)
{
    const auto text = [&properties](const QString &name) {
        return oneLine(properties.value(name).toString(), 64);
    };
    if (!properties.contains(u"Unit.ActiveState"_s))
        return {};
    QString state = u"; it is %1 (%2)"_s.arg(text(u"Unit.ActiveState"_s), text(u"Unit.SubState"_s));
    const QString result = text(u"Service.Result"_s);
    if (!result.isEmpty() && result != u"success")
        state += u", its result is %1"_s.arg(result);
    if (result == u"exit-code")
        state += u' ' + text(u"Service.ExecMainStatus"_s);
    return state;
}

} // namespace

UnitRunner::UnitRunner(std::shared_ptr<SystemdJobs> jobs, QObject *parent)
    : ActionRunner(parent)
    , m_jobs(std::move(jobs))
{
}

void UnitRunner::run(const ActionRequest &request, Done done)
{
    const QString method = methodOf(request.verb);
    if (method.isEmpty()) {
        QTimer::singleShot(0, this, [request, done = std::move(done)] {
            done(failedOutcome(u"%1: a unit knows start, stop, restart and reload, not '%2'"_s.arg(
                oneLine(request.unit, 255), oneLine(request.verb, 64))));
        });
        return;
    }
    QDBusMessage call = systemdManagerCall(method);
    call << request.unit << u"replace"_s;
    QElapsedTimer timer;
    timer.start();
    m_jobs->ask(
        call, request.timeout,
        [runner = QPointer(this), request, timer, done = std::move(done)](const JobEnd &end) {
            if (!runner)
                return;
            ActionOutcome outcome = failedOutcome(jobSentence(request, end));
            outcome.ok = end.kind == JobEnd::Kind::Ended && end.text == u"done";
            outcome.isKnown = end.kind != JobEnd::Kind::Lost;
            outcome.milliseconds = timer.elapsed();
            if (end.kind == JobEnd::Kind::Late || (end.kind == JobEnd::Kind::Ended && !outcome.ok))
                runner->explain(request.unit, outcome, done);
            else
                done(outcome);
        });
}

/// Adds what state the unit is in, if systemd tells.
void UnitRunner::explain(const QString &unit, ActionOutcome outcome, Done done)
{
    if (!m_jobs->bus().open()) {
        done(outcome);
        return;
    }
    readSystemdProperties(m_jobs->bus(), systemdUnitPath(unit),
                          {u"Unit.ActiveState"_s, u"Unit.SubState"_s, u"Service.Result"_s,
                           u"Service.ExecMainStatus"_s},
                          stateTimeout,
                          [runner = QPointer(this), outcome = std::move(outcome),
                           done = std::move(done)](const QVariantMap &properties) mutable {
                              outcome.detail += stateOf(properties);
                              if (runner)
                                  done(outcome);
                          });
}

} // namespace Treewarden
