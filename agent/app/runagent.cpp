// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/runagent.h"

#include "agent/app/agent.h"
#include "agent/app/agentoptions.h"
#include "agent/discovery/discovery.h"
#include "shared/core/programoptions.h"
#include "shared/core/steadyclock.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>
#include <malloc.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

ExitCode printDiscovered(const AgentOptions &options)
{
    ProcSnapshot processes(options.context.procRoot);
    if (!processes.refresh(steadyMilliseconds())) {
        return fail(
            agentProgram.toString(),
            Error{
                u"cannot read %1: name the folder of the kernel's process files with --proc-root"_s
                    .arg(options.context.procRoot)},
            ExitCode::InputOutput);
    }
    const QJsonObject services = discoverServices(processes, options.context.procRoot);
    std::fputs(QJsonDocument(services).toJson().constData(), stdout);
    return ExitCode::Done;
}

} // namespace

ExitCode runAgent(int argc, char **argv)
{
    // Qt's own event loop wakes up with fewer system calls than GLib's, and GLib need not be loaded
    // into it.
    qputenv("QT_NO_GLIB", "1");
    // One arena and an early trim: the agent runs for months on other people's memory.
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TRIM_THRESHOLD, 256 * 1024);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(agentProgram.toString());

    const ServiceNotify service = ServiceNotify::fromEnvironment();
    AgentOptions options;
    if (const auto code = options.read(application.arguments()))
        return *code;
    if (options.mode == AgentOptions::Mode::Discover)
        return printDiscovered(options);
    Agent agent(options, service);
    QObject::connect(
        &agent, &Agent::finished, &application,
        [](ExitCode code) { QCoreApplication::exit(int(code)); }, Qt::QueuedConnection);
    agent.start();
    return ExitCode(application.exec());
}

} // namespace Treewarden
