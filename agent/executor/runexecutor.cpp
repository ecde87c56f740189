// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/runexecutor.h"

#include "agent/executor/executorcheck.h"
#include "agent/executor/executoroptions.h"
#include "agent/executor/executorserver.h"
#include "agent/executor/listensocket.h"
#include "agent/executor/scheduledriver.h"
#include "shared/core/programoptions.h"
#include "shared/core/servicenotify.h"
#include "shared/core/unixsignals.h"

#include <QCoreApplication>
#include <QDebug>

#include <csignal>
#include <malloc.h>
#include <pwd.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// How long a stop waits for what runs; what still runs then ends as unknown.
constexpr auto stopPatience = std::chrono::seconds(15);

ExitCode failExecutor(const Error &error, ExitCode code)
{
    return fail(executorProgram.toString(), error, code);
}

struct AgentAccount
{
    QSet<uid_t> users; ///< that may connect
    gid_t group = ::getegid(); ///< of the socket
};

AgentAccount agentAccount(const QString &name)
{
    AgentAccount account{{0, ::geteuid()}};
    if (const passwd *user = ::getpwnam(name.toLocal8Bit().constData())) {
        account.users.insert(user->pw_uid);
        account.group = user->pw_gid;
    } else {
        qWarning().noquote() << u"there is no user '%1' ([executor] agent_user): only root and "
                                u"this program's own user may connect"_s.arg(name);
    }
    return account;
}

ExitCode prepareState(const ExecutorOptions &options)
{
    const auto prepared = Journal::prepare(options.stateDirectory, systemNow()());
    if (!prepared)
        return failExecutor(prepared.error(), ExitCode::InputOutput);
    return ExitCode::Done;
}

/// Ends the program in order when it is asked to.
void stopOnSignals(UnixSignals &signals_, Executor &executor, ExecutorServer &server,
                   const ServiceNotify &service)
{
    QObject::connect(&signals_, &UnixSignals::received, &executor,
                     [&executor, &server, service, isStopping = false](int number) mutable {
                         if (number == SIGHUP)
                             return qInfo("policy and keys are read again whenever they change");
                         if (std::exchange(isStopping, true))
                             return QCoreApplication::exit(int(ExitCode::Done));
                         service.tellStopping();
                         server.close();
                         executor.finish();
                         QTimer::singleShot(stopPatience, &executor,
                                            [] { QCoreApplication::exit(int(ExitCode::Done)); });
                     });
}

ExitCode serve(const ExecutorOptions &options, int descriptor, const ServiceNotify &service)
{
    UnixSignals signals_({SIGTERM, SIGINT, SIGHUP});
    Journal journal(options.stateDirectory);
    if (const auto opened = journal.open(); !opened)
        return failExecutor(opened.error(), ExitCode::InputOutput);
    if (!journal.loss().isEmpty())
        qWarning().noquote() << journal.loss() + u": nothing runs for two minutes"_s;
    LocalRules rules(options.keysPath, options.policyPath);
    ConfigStore configs(options.stateDirectory, options.machineId, rules);
    for (const QString &complaint : configs.load())
        qWarning().noquote() << complaint;
    const auto runner = makeActionRunner(options.runner);
    Executor executor({journal, configs, rules, *runner, options.machineId});
    ScheduleDriver schedule(executor, configs, journal.state(), {});
    const AgentAccount account = agentAccount(options.agentUser);
    if (descriptor < 0) {
        const auto listening = listenAt(options.socketPath, account.group);
        if (!listening)
            return failExecutor(listening.error(), ExitCode::InputOutput);
        descriptor = *listening;
    }
    ExecutorServer server(executor, descriptor, account.users);
    ExitCode code = ExitCode::Done;
    QObject::connect(&executor, &Executor::journalFailed, &executor, [&code](const QString &why) {
        code = failExecutor(Error{why}, ExitCode::InputOutput);
        QCoreApplication::exit(int(code));
    });
    QObject::connect(&executor, &Executor::idle, &executor,
                     [] { QCoreApplication::exit(int(ExitCode::Done)); });
    stopOnSignals(signals_, executor, server, service);
    executor.start();
    schedule.start();
    service.tellReady();
    return ExitCode(QCoreApplication::exec());
}

} // namespace

ExitCode runExecutor(int argc, char **argv)
{
    qputenv("QT_NO_GLIB", "1");
    // It waits for months for the one command.
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TRIM_THRESHOLD, 256 * 1024);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(executorProgram.toString());
    const ServiceNotify service = ServiceNotify::fromEnvironment();
    const auto inherited = inheritedSocket();
    ExecutorOptions options;
    if (const auto code = options.read(application.arguments()))
        return *code;
    if (!inherited)
        return failExecutor(inherited.error(), ExitCode::BadConfiguration);
    switch (options.mode) {
    case ExecutorOptions::Mode::Prepare:
        return prepareState(options);
    case ExecutorOptions::Mode::Check:
        return checkExecutor(options);
    case ExecutorOptions::Mode::Serve:
        break;
    }
    return serve(options, *inherited, service);
}

} // namespace Treewarden
