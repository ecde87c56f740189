// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/gmondreader.h"
#include "agent/probes/parameters.h"
#include "agent/probes/socketprobe.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// gmond writes its XML to everybody who connects, and closes.
class GmondConversation : public SocketConversation
{
public:
    /// `oldest`: the greatest age in seconds that its newest metric may have; 0: whatever.
    GmondConversation(int oldest, const QString &where)
        : m_oldest(quint32(oldest))
        , m_where(where)
    {
    }

    QByteArray begin(bool) override
    {
        m_reader = std::make_unique<GmondReader>();
        return {};
    }

    SocketTurn hear(QByteArrayView reply, bool isEnd) override
    {
        const auto fine = m_reader->feed(reply);
        std::optional<CheckResult> verdict;
        if (!fine)
            verdict = rubbish(fine.error().text);
        else if (m_reader->isComplete())
            verdict = judge(m_reader->summary());
        else if (isEnd && m_reader->size() > 0)
            verdict = rubbish(u"it ends in the middle"_s);
        if (verdict)
            m_reader.reset(); // it keeps what it read of the document
        return {verdict, {}, true, true};
    }

private:
    CheckResult rubbish(const QString &why) const
    {
        return CheckResult::died(u"what %1 answers is not gmond's XML: %2"_s.arg(m_where, why),
                                 u"gmond.protocol"_s, {{u"target"_s, m_where}, {u"why"_s, why}});
    }

    CheckResult judge(const GmondSummary &summary) const
    {
        const bool isStale = m_oldest > 0 ? summary.newest.value_or(0) > m_oldest
                                          : summary.hosts > 0 && summary.hostsDown == summary.hosts;
        CheckResult result = CheckResult::isAlive();
        if (summary.metrics == 0) {
            const QString sentence = u"gmond at %1 has no metrics"_s.arg(m_where);
            const QJsonObject args{{u"target"_s, m_where}};
            result = m_oldest > 0 ? CheckResult::died(sentence, u"gmond.empty"_s, args)
                                  : CheckResult::aliveWithNote(sentence, u"gmond.empty"_s, args);
        } else if (isStale) {
            const qint64 age = summary.newest.value_or(0);
            result = CheckResult::died(
                u"the newest metric of gmond at %1 is %2 s old"_s.arg(m_where).arg(age),
                u"gmond.stale"_s, {{u"target"_s, m_where}, {u"age"_s, age}});
        }
        result.info = summary.info();
        return result;
    }

    quint32 m_oldest;
    QString m_where;
    std::unique_ptr<GmondReader> m_reader;
};

} // namespace

/// gmond's XML, whole. Without `oldest` it is not alive when all its hosts are silent by Ganglia's
/// own rule. It collects all it knows for each listener, so a good answer counts for 15 s.
Result<std::unique_ptr<ServiceProbe>> makeGmondServiceProbe(const ServiceDefinition &service,
                                                            const ProbeCheck &check,
                                                            const ProbeContext &)
{
    Parameters parameters(service, check);
    const auto socket = readSocketParameters(&parameters, service, check, 15);
    const int oldest = parameters.number(u"oldest"_s, 0, 1, 1'000'000);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    return makeConversingProbe(u"gmond"_s, u"writes its metrics"_s,
                               std::make_shared<GmondConversation>(oldest, socket.target.text()),
                               socket);
}

} // namespace Treewarden
