// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/childoutput.h"
#include "agent/probes/counterrates.h"
#include "agent/probes/infopace.h"
#include "agent/probes/parameters.h"
#include "agent/probes/varnishconsole.h"
#include "agent/probes/varnishstat.h"
#include "agent/probes/webpage.h"

#include <QStandardPaths>
#include <QSysInfo>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Where the Varnish of that name (varnishd -n) keeps its shared memory; by default it is called
/// like the host.
QString folderOf(const QString &instance)
{
    if (instance.startsWith(u'/'))
        return instance;
    return u"/var/lib/varnish/"_s + (instance.isEmpty() ? QSysInfo::machineHostName() : instance);
}

/// Runs varnishstat at the workload's pace, where it is installed and Varnish's shared memory may
/// be read.
class VarnishNumbers
{
public:
    /// `every`: the least pause, since a run costs 3 ms.
    VarnishNumbers(const InfoPace &pace, std::chrono::milliseconds every, QString instance,
                   bool isLocal)
        : m_pace(pace)
        , m_every(every)
        , m_instance(std::move(instance))
        , m_folder(folderOf(m_instance))
        , m_program(isLocal ? QStandardPaths::findExecutable(u"varnishstat"_s,
                                                             {u"/usr/local/bin"_s, u"/usr/bin"_s})
                            : QString())
        , m_note(!isLocal ? u"no workload: varnishstat reads the memory of this host only"_s
                     : m_program.isEmpty() ? u"no workload: varnishstat is not installed"_s
                                           : QString())
    {
    }

    /// Calls `done` when `info()` is as new as it gets, maybe at once.
    void update(std::chrono::milliseconds timeout, const std::function<void()> &done)
    {
        if (m_program.isEmpty() || m_child.isRunning() || steadyMilliseconds() < m_againAt
            || !m_pace.isDue())
            return done();
        m_againAt = steadyMilliseconds() + m_every.count();
        QStringList arguments{u"-j"_s, u"-t"_s, u"0"_s};
        for (const char *fields : {"MAIN.*", "MGT.*", "SM*"})
            arguments << u"-f"_s << QLatin1StringView(fields);
        if (!m_instance.isEmpty())
            arguments << u"-n"_s << m_instance;
        m_child.run(m_program, arguments, {256 * 1024, timeout},
                    [this, done](const Result<QByteArray> &output) {
                        take(output);
                        done();
                    });
    }

    const QJsonObject &info() const { return m_info; }

    /// Why there were none the last time.
    QString note() const { return m_note; }

    /// For --check: where they come from, or why they will not.
    QString description() const
    {
        if (!m_note.isEmpty())
            return m_note;
        const QString memory = m_folder + u"/_.vsm_mgt/_.index"_s;
        const QString why = whyUnreadable(memory);
        return why.isEmpty() ? u"workload from varnishstat"_s
                             : withoutNumbers(u"%1: %2"_s.arg(memory, why));
    }

private:
    static QString withoutNumbers(const QString &why)
    {
        return u"no workload: %1 (reading Varnish's shared memory takes the group varnish)"_s.arg(
            why);
    }

    void take(const Result<QByteArray> &output)
    {
        constexpr qint64 pauseAfterFailure = 60'000; // ms
        m_info = output ? parseVarnishStat(*output) : QJsonObject();
        if (m_info.isEmpty()) {
            m_againAt = steadyMilliseconds() + pauseAfterFailure;
            m_note
                = withoutNumbers(output ? u"varnishstat tells no counters"_s : output.error().text);
            return;
        }
        m_note.clear();
        m_rates.startReading();
        for (const QString &counter : {u"requests"_s, u"cache_hits"_s, u"cache_misses"_s,
                                       u"sessions"_s, u"backend_requests"_s})
            m_rates.add(&m_info, counter, quint64(m_info.value(counter).toDouble()));
    }

    InfoPace m_pace;
    const std::chrono::milliseconds m_every;
    const QString m_instance, m_folder, m_program;
    QString m_note;
    ChildOutput m_child;
    CounterRates m_rates;
    QJsonObject m_info;
    qint64 m_againAt = 0; ///< steady ms
};

/// HTTP through Varnish, its CLI where that is named, and varnishstat, all at the same time.
class VarnishProbe : public ServiceProbe
{
public:
    struct Console
    {
        SocketTarget target; ///< port 0: none
        QString secretFile;
    };

    VarnishProbe(const WebPage &page, const Console &console,
                 std::unique_ptr<VarnishNumbers> numbers)
        : m_where(page.expected.where)
        , m_timeout(page.socket.timeout)
        , m_numbers(std::move(numbers))
        , m_secretFile(console.secretFile)
    {
        m_http = std::make_unique<SocketProbe>(
            page.socket.target,
            webDialogue(u"Varnish"_s, page, page.path, false,
                        [expected = page.expected](QByteArrayView reply, bool isEnd) {
                            return judgeHttp(reply, isEnd, expected);
                        }),
            page.socket.owner);
        if (console.target.port == 0)
            return;
        m_console = std::make_shared<VarnishConsole>(console.target.text(), console.secretFile);
        SocketDialogue dialogue{
            u"the CLI"_s, u"tells of the cache process and the backends"_s, {}, {}, m_console};
        dialogue.longestReply = 1 << 20;
        dialogue.holdsConnection = true;
        dialogue.every = page.socket.every;
        dialogue.timeout = m_timeout;
        m_cli = std::make_unique<SocketProbe>(console.target, dialogue, SocketOwner());
        m_cli->changed = [this] {
            if (changed && !m_done)
                changed();
        };
    }

    void check(const ProcSnapshot &processes, Done done) override
    {
        m_done = std::move(done);
        m_out = m_cli ? 3 : 2;
        m_ofCli.reset();
        m_http->check(processes, [this](const CheckResult &result) {
            m_ofHttp = result;
            takeOne();
        });
        if (m_cli)
            m_cli->check(processes, [this](const CheckResult &result) {
                m_ofCli = result;
                takeOne();
            });
        m_numbers->update(m_timeout, [this] { takeOne(); });
    }

    QString description() const override
    {
        QStringList parts{m_http->description()};
        const QString why = m_secretFile.isEmpty() ? QString() : whyUnreadable(m_secretFile);
        if (!m_cli)
            parts << u"its backends are not asked for: give \"admin\" and \"secret\""_s;
        else if (!why.isEmpty())
            parts << u"the CLI's secret %1 cannot be read: %2"_s.arg(m_secretFile, why);
        else
            parts << m_cli->description();
        parts << m_numbers->description();
        return parts.join(u"; "_s);
    }

private:
    void takeOne()
    {
        if (--m_out > 0)
            return;
        const CheckResult verdict = joined();
        const Done done = std::exchange(m_done, nullptr);
        done(verdict); // the last thing: it may destroy this probe
    }

    CheckResult joined() const
    {
        CheckResult verdict = m_ofHttp;
        const QStringList sick = m_ofCli ? m_console->backends().sick : QStringList();
        if (m_ofCli && m_ofCli->alive == false && m_ofCli->code == u"varnish.child") {
            verdict = *m_ofCli;
        } else if (verdict.code == u"http.status" && !sick.isEmpty() && m_ofCli->alive == true) {
            const QString names = sick.join(u", "_s);
            verdict.reason += u"; sick backends: "_s + names;
            verdict.code = u"varnish.sick"_s;
            verdict.args.insert(u"backends"_s, names);
        }
        verdict.processes = m_ofHttp.processes;
        if (verdict.alive != true)
            return verdict;
        QStringList notes;
        if (m_ofCli && m_ofCli->alive != true)
            notes << m_ofCli->reason;
        if (!m_numbers->note().isEmpty())
            notes << m_numbers->note();
        for (const QJsonObject &info : {m_numbers->info(), m_ofCli ? m_ofCli->info : QJsonObject()})
            for (auto it = info.begin(); it != info.end(); ++it)
                verdict.info.insert(it.key(), it.value());
        if (!notes.isEmpty()) {
            const QString note = notes.join(u"; "_s);
            verdict.reason = u"%1 lives, but: %2"_s.arg(m_where, note);
            verdict.code = u"web.note"_s;
            verdict.args = {{u"target"_s, m_where}, {u"note"_s, note}};
            verdict.info.insert(u"note"_s, note);
        }
        return verdict;
    }

    const QString m_where;
    const std::chrono::milliseconds m_timeout;
    const std::unique_ptr<VarnishNumbers> m_numbers;
    const QString m_secretFile;
    std::shared_ptr<VarnishConsole> m_console;
    std::unique_ptr<ServiceProbe> m_http, m_cli;
    Done m_done;
    CheckResult m_ofHttp;
    std::optional<CheckResult> m_ofCli;
    int m_out = 0; ///< answers still to come
};

} // namespace

/// Any status below 500 through Varnish, and where `admin` names the port of its CLI a cache
/// process that runs. The backends' health and the numbers of varnishstat become the workload.
Result<std::unique_ptr<ServiceProbe>> makeVarnishServiceProbe(const ServiceDefinition &service,
                                                              const ProbeCheck &check,
                                                              const ProbeContext &)
{
    Parameters parameters(service, check);
    const WebPage page = readWebPage(&parameters, service, check, {u"varnish"_s, u"Varnish"_s});
    VarnishProbe::Console console;
    console.target.host = page.socket.target.host;
    console.target.port = parameters.number(u"admin"_s, 0, 1, 65535);
    console.secretFile = parameters.text(u"secret"_s);
    const QString instance = parameters.text(u"name"_s);
    if (console.target.port == 0 && !console.secretFile.isEmpty())
        parameters.fail(u"secret goes with admin, the port of the CLI"_s);
    if (instance.startsWith(u'-'))
        parameters.fail(u"name is the -n of varnishd, a name or a folder"_s);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    const auto every = parameters.has(u"every"_s) ? page.socket.every : std::chrono::seconds(10);
    return std::unique_ptr<ServiceProbe>(std::make_unique<VarnishProbe>(
        page, console,
        std::make_unique<VarnishNumbers>(InfoPace(service, check), every, instance,
                                         page.socket.target.isLocal())));
}

} // namespace Treewarden
