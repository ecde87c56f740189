// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/parameters.h"
#include "agent/probes/procsnapshot.h"
#include "agent/probes/systemdunits.h"
#include "agent/probes/unitverdict.h"
#include "shared/config/probeparameters.h"
#include "shared/core/textformat.h"

#include <QDeadlineTimer>
#include <QTimer>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// systemd says when a unit changes, so a verdict holds until then, and is made anew now and then
/// all the same. The main process of a service is watched by the kernel besides.
class SystemdCheck : public ServiceProbe
{
public:
    /// `unit` is empty for all units of the host.
    SystemdCheck(const QString &unit, std::chrono::milliseconds timeout,
                 std::shared_ptr<SystemdUnits> systemd)
        : m_unit(unit)
        , m_timeout(timeout)
        , m_systemd(std::move(systemd))
    {
        m_deadline.setSingleShot(true);
        QObject::connect(&m_deadline, &QTimer::timeout, &m_deadline, [this] {
            const double seconds = double(m_timeout.count()) / 1000;
            finish(CheckResult::unknown(
                u"systemd gave no answer over the system bus within %1 s: see whether dbus and "
                "systemd hang"_s.arg(seconds),
                u"systemd.timeout"_s, {{u"seconds"_s, seconds}}));
        });
        QObject::connect(m_systemd.get(), &SystemdUnits::unitChanged, &m_deadline,
                         [this](const QString &path) { takeChange(path); });
    }

    void check(const ProcSnapshot &processes, Done done) override
    {
        const auto age = QDeadlineTimer::current().deadline() - m_lastAt;
        if (m_last && !sawDeath(processes)
            && age < (m_last->alive ? keepsVerdict : keepsIgnorance)) {
            done(CheckResult(*m_last));
            return;
        }
        m_done = std::move(done);
        m_last.reset();
        m_deadline.start(m_timeout);
        ask();
    }

    QString description() const override
    {
        const QString what = m_unit.isEmpty() ? u"no unit of this host is failed"_s
                                              : u"the unit %1 is active"_s.arg(m_unit);
        const QString obstacle = m_systemd->obstacle();
        return obstacle.isEmpty() ? what : what + u" (unknown: "_s + obstacle + u')';
    }

private:
    static constexpr qint64 keepsVerdict = 15'000, keepsIgnorance = 5'000; // ms

    /// An answer may come after this probe is gone.
    template<typename Function>
    auto guarded(Function function)
    {
        return [guard = std::weak_ptr<int>(m_guard), function](const auto &answer) {
            if (!guard.expired())
                function(answer);
        };
    }

    /// True when the main process of the last verdict is gone, which systemd will know in a moment.
    bool sawDeath(const ProcSnapshot &processes)
    {
        const pid_t main = m_last->processes.value(0);
        const bool isSeen = main > 0 && processes.find(main);
        const bool isDead = m_isMainSeen && !isSeen;
        m_isMainSeen = isSeen;
        if (isDead)
            m_deadMain = main;
        return isDead;
    }

    /// What is under way of an earlier question counts nothing any more.
    void ask()
    {
        const auto client = m_systemd->client();
        if (!client) {
            finish(unreachable(client.error().text));
            return;
        }
        const auto take = [this, question = ++m_question, client = *client](const auto &units) {
            if (question == m_question && m_done)
                takeUnits(units, client);
        };
        // Before the question: what fails after its answer must not be missed.
        if (m_unit.isEmpty())
            (*client)->watch({});
        (*client)->listUnits(m_unit.isEmpty() ? QStringList() : QStringList{m_unit}, busTimeout(),
                             guarded(take));
    }

    /// Longer than this probe waits, so that it is the one that tells.
    std::chrono::milliseconds busTimeout() const { return 2 * m_timeout; }

    void takeUnits(const Result<QList<SystemdUnit>> &units, SystemdClient *client)
    {
        if (!units) {
            finish(unreachable(oneLine(units.error().text, 200)));
            return;
        }
        if (!m_unit.isEmpty())
            client->watch(units->isEmpty() ? QString() : units->first().path);
        if (m_unit.isEmpty() || units->isEmpty()) {
            finish(m_unit.isEmpty() ? judgeFailedUnits(*units)
                                    : judgeUnit({m_unit, u"not-found"_s, {}, {}, {}}, {}));
            return;
        }
        const SystemdUnit unit = units->first();
        m_path = unit.path;
        const auto take = [this, unit, question = m_question](const QVariantMap &properties) {
            if (question == m_question && m_done)
                finish(judgeUnit(unit, properties));
        };
        client->readProperties(m_path, unitProperties(m_unit), busTimeout(), guarded(take));
    }

    CheckResult unreachable(const QString &said) const
    {
        return CheckResult::unknown(
            u"systemd cannot be asked over the system bus at %1: %2; see whether dbus runs and "
            "systemd is this host's init"_s.arg(m_systemd->address(), said),
            u"systemd.bus"_s, {{u"address"_s, m_systemd->address()}, {u"said"_s, said}});
    }

    void takeChange(const QString &path)
    {
        if (path != (m_unit.isEmpty() ? QString() : m_path))
            return;
        m_last.reset();
        if (m_done)
            ask();
        else if (changed)
            changed();
    }

    void finish(const CheckResult &result)
    {
        m_deadline.stop();
        m_last = result;
        m_last->processes.removeAll(m_deadMain); // systemd may not know it yet
        m_isMainSeen = m_isMainSeen && !m_last->processes.isEmpty();
        m_lastAt = QDeadlineTimer::current().deadline();
        const Done done = std::exchange(m_done, nullptr);
        done(CheckResult(*m_last)); // the last thing: it may destroy this probe
    }

    const QString m_unit;
    const std::chrono::milliseconds m_timeout;
    const std::shared_ptr<SystemdUnits> m_systemd;
    const std::shared_ptr<int> m_guard = std::make_shared<int>();
    QTimer m_deadline;
    Done m_done;
    QString m_path; ///< of the unit's object
    std::optional<CheckResult> m_last;
    qint64 m_lastAt = 0; ///< steady ms
    int m_question = 0;
    pid_t m_deadMain = 0;
    bool m_isMainSeen = false;
};

} // namespace

/// A unit of systemd, or without `unit` all of this host's: none is failed.
Result<std::unique_ptr<ServiceProbe>> makeSystemdServiceProbe(const ServiceDefinition &service,
                                                              const ProbeCheck &check,
                                                              const ProbeContext &context)
{
    Parameters parameters(service, check);
    const QString unit = parameters.text(u"unit"_s);
    if (!unit.isEmpty() && !isUnitName(unit))
        parameters.fail(u"unit must be the name of a unit such as \"nginx.service\""_s);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    const auto timeout = std::chrono::milliseconds(qBound(10, int(check.timeout * 1000), 60'000));
    return std::unique_ptr<ServiceProbe>(
        std::make_unique<SystemdCheck>(unit, timeout, context.systemd));
}

} // namespace Treewarden
