// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/aside.h"
#include "agent/probes/filelook.h"
#include "agent/probes/parameters.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QFile>

#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// The first look is on a thread and tells whether the file is on a local file system: then each
/// round looks again, with one system call. Others are looked at on the thread, now and then.
class FileCheck : public ServiceProbe
{
public:
    FileCheck(FileDemands demands, std::chrono::milliseconds every,
              std::chrono::milliseconds timeout)
        : m_demands(std::move(demands))
        , m_every(every)
        , m_timeout(timeout)
    {
        m_aside.returned = [this] {
            m_last.reset();
            if (!m_done && changed)
                changed();
        };
    }

    void check(const ProcSnapshot &, Done done) override
    {
        const qint64 now = QDeadlineTimer::current().deadline();
        if (m_facts.isRemote && m_last && now - m_lastAt < m_every.count()) {
            done(CheckResult(*m_last));
            return;
        }
        m_done = std::move(done);
        if (m_aside.isBusy()) {
            finish(hung());
        } else if (!m_facts.isRemote) {
            take(lookAtFile(m_demands, m_facts, now));
        } else {
            const auto work = [this, demands = m_demands, last = m_facts, now]() -> Aside::Answer {
                const FileFacts facts = lookAtFile(demands, last, now);
                return [this, facts] { take(facts); };
            };
            m_aside.run(work, m_timeout, [this] { finish(hung()); });
        }
    }

    QString description() const override
    {
        QStringList demands{m_demands.isPattern()
                                ? u"the newest file that fits %1 exists"_s.arg(m_demands.path)
                                : u"the file %1 exists"_s.arg(m_demands.path)};
        const auto add = [&demands](const QString &text, const std::optional<qint64> &number) {
            if (number)
                demands << text.arg(*number);
        };
        add(u"was written in the last %1 s"_s, m_demands.oldest);
        add(u"was not written in the last %1 s"_s, m_demands.newest);
        add(u"has at most %1 bytes"_s, m_demands.largest);
        add(u"has at least %1 bytes"_s, m_demands.smallest);
        if (!m_demands.text.isEmpty())
            demands << u"contains \"%1\" near its end"_s.arg(m_demands.text);
        if (!m_demands.pattern.isEmpty())
            demands << u"fits \"%1\" near its end"_s.arg(m_demands.pattern);
        return demands.join(u", "_s);
    }

private:
    void take(const FileFacts &facts)
    {
        const bool isSame = m_last && facts == m_facts;
        const QJsonObject info = isSame ? m_last->info
            : facts.error == 0
            ? QJsonObject{{u"size"_s, facts.size}, {u"modified"_s, facts.modified}}
            : QJsonObject();
        CheckResult result = judgeFile(facts, m_demands, QDateTime::currentMSecsSinceEpoch());
        m_facts = facts;
        result.info = info;
        if (!facts.isRemote)
            result.files
                = {m_demands.isPattern() ? m_demands.path.section(u'/', 0, -2) : m_demands.path};
        finish(result);
    }

    void finish(const CheckResult &result)
    {
        m_last = result;
        m_lastAt = QDeadlineTimer::current().deadline();
        const Done done = std::exchange(m_done, nullptr);
        done(result); // the last thing: it may destroy this probe
    }

    CheckResult hung() const
    {
        const double seconds = double(m_timeout.count()) / 1000;
        return CheckResult::died(
            u"the file system of %1 gave no answer within %2 s: its server or its daemon is away"_s
                .arg(m_demands.path)
                .arg(seconds),
            u"fs.hung"_s, {{u"path"_s, m_demands.path}, {u"seconds"_s, seconds}});
    }

    const FileDemands m_demands;
    const std::chrono::milliseconds m_every, m_timeout;
    Aside m_aside;
    Done m_done;
    FileFacts m_facts;
    std::optional<CheckResult> m_last;
    qint64 m_lastAt = 0; ///< steady ms
};

} // namespace

/// A file: its age, its size, what its end contains.
Result<std::unique_ptr<ServiceProbe>> makeFileServiceProbe(const ServiceDefinition &service,
                                                           const ProbeCheck &check,
                                                           const ProbeContext &)
{
    constexpr int tenYears = 315'360'000;
    Parameters parameters(service, check);
    const auto age = [&parameters](const QString &name) {
        return parameters.has(name) ? std::optional<qint64>(parameters.number(name, 0, 0, tenYears))
                                    : std::nullopt;
    };
    FileDemands demands{parameters.text(u"path"_s),
                        age(u"oldest"_s),
                        age(u"newest"_s),
                        parameters.amount(u"largest"_s),
                        parameters.amount(u"smallest"_s),
                        parameters.text(u"text"_s),
                        parameters.text(u"pattern"_s)};
    demands.tail = qint64(parameters.number(u"tail"_s, 64, 1, 1024)) * 1024;
    if (!demands.path.startsWith(u'/') || demands.path.endsWith(u'/'))
        parameters.fail(u"give it the path of a file"_s);
    const auto every = std::chrono::seconds(parameters.number(u"every"_s, 10, 0, 3600));
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    return std::unique_ptr<ServiceProbe>(std::make_unique<FileCheck>(
        demands, every, std::chrono::milliseconds(qBound(10, int(check.timeout * 1000), 60'000))));
}

} // namespace Treewarden
