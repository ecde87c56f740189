// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/gearmanadmin.h"
#include "agent/probes/infopace.h"
#include "agent/probes/parameters.h"
#include "agent/probes/socketprobe.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// What is asked of the functions, beside that gearmand answers.
struct GearmanDemands
{
    QList<QByteArray> needWorker; ///< functions
    int mostWaiting = -1; ///< of any one function; -1: whatever

    bool isAny() const { return !needWorker.isEmpty() || mostWaiting >= 0; }
};

/// `version`, with demands `status` too, and once a heartbeat all three commands at once.
class GearmanConversation : public SocketConversation
{
public:
    GearmanConversation(InfoPace pace, GearmanDemands demands, const QString &where)
        : m_pace(pace)
        , m_demands(std::move(demands))
        , m_where(where)
    {
    }

    QByteArray begin(bool) override
    {
        m_asked = m_pace.isDue() ? Asked::Workers
            : m_demands.isAny()  ? Asked::Status
                                 : Asked::Version;
        return m_asked == Asked::Workers ? "version\nstatus\nworkers\n"
            : m_asked == Asked::Status   ? "version\nstatus\n"
                                         : "version\n";
    }

    SocketTurn hear(QByteArrayView reply, bool) override
    {
        const auto answer = parseGearmanAnswer(reply, m_asked);
        if (!answer)
            return {};
        if (answer->isRubbish) {
            const QString said = oneLine(QString::fromUtf8(answer->text), 80);
            return {CheckResult::died(
                        u"%1 answered \"%2\", which is not gearmand"_s.arg(m_where, said),
                        u"gearman.protocol"_s, {{u"target"_s, m_where}, {u"said"_s, said}}),
                    {}};
        }
        if (m_asked == Asked::Workers)
            m_info = gearmanInfo(*answer);
        CheckResult result = judge(*answer);
        result.info = m_info;
        return {result, {}, false, false, true};
    }

private:
    using Asked = GearmanAnswer::Asked;

    CheckResult judge(const GearmanAnswer &answer) const
    {
        for (const QByteArray &name : m_demands.needWorker) {
            const GearmanFunction *function = answer.find(name);
            if (!function || function->workers == 0)
                return withoutWorker(name, function ? function->waiting() : 0);
        }
        for (const GearmanFunction &function : answer.functions) {
            if (m_demands.mostWaiting >= 0 && m_asked != Asked::Version
                && function.waiting() > m_demands.mostWaiting)
                return tooManyWait(function);
        }
        return CheckResult::isAlive();
    }

    CheckResult withoutWorker(const QByteArray &name, qint64 waiting) const
    {
        const QString function = oneLine(QString::fromUtf8(name), 80);
        return CheckResult::died(
            u"gearmand at %1 has no worker for %2, and %3 jobs wait"_s.arg(m_where, function)
                .arg(waiting),
            u"gearman.worker"_s,
            {{u"target"_s, m_where}, {u"function"_s, function}, {u"waiting"_s, waiting}});
    }

    CheckResult tooManyWait(const GearmanFunction &function) const
    {
        const QString name = oneLine(QString::fromUtf8(function.name), 80);
        return CheckResult::died(
            u"%1 jobs wait for %2 at gearmand %3, more than %4"_s.arg(function.waiting())
                .arg(name, m_where)
                .arg(m_demands.mostWaiting),
            u"gearman.queue"_s,
            {{u"target"_s, m_where}, {u"function"_s, name}, {u"waiting"_s, function.waiting()}});
    }

    InfoPace m_pace;
    GearmanDemands m_demands;
    QString m_where;
    QJsonObject m_info; ///< of the last `status` and `workers`
    Asked m_asked = Asked::Version;
};

} // namespace

/// gearmand's admin protocol over a connection that is kept. `worker` names functions that must
/// have a worker, `queue` is how many jobs may wait for any one function.
Result<std::unique_ptr<ServiceProbe>> makeGearmanServiceProbe(const ServiceDefinition &service,
                                                              const ProbeCheck &check,
                                                              const ProbeContext &)
{
    Parameters parameters(service, check);
    const auto socket = readSocketParameters(&parameters, service, check, 0);
    GearmanDemands demands;
    for (const QString &name : parameters.texts(u"worker"_s))
        demands.needWorker << name.toUtf8();
    demands.mostWaiting = parameters.number(u"queue"_s, -1, 0, 100'000'000);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    return makeConversingProbe(u"gearmand"_s, u"answers its admin protocol"_s,
                               std::make_shared<GearmanConversation>(InfoPace(service, check),
                                                                     demands, socket.target.text()),
                               socket);
}

} // namespace Treewarden
