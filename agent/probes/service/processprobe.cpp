// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/parameters.h"
#include "agent/probes/processcount.h"

#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

/// Counts processes by `name` (argv[0] without its folder) and `arguments` (a part of the command line).
Result<std::unique_ptr<ServiceProbe>> makeProcessServiceProbe(const ServiceDefinition &service, const ProbeCheck &check,
                                                              const ProbeContext &)
{
    Parameters parameters(service, check);
    const QByteArray name = parameters.text(u"name"_s).toUtf8(), arguments = parameters.text(u"arguments"_s).toUtf8();
    const int least = parameters.number(u"least"_s, 1, 1, 100'000);
    if (name.isEmpty() && arguments.isEmpty())
        parameters.fail(u"give the name of the program or a part of its arguments"_s);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    const auto fits = [name, arguments, self = getpid()](const Process &process) {
        return process.pid != self && (name.isEmpty() || process.runs(name))
            && (arguments.isEmpty() || process.commandLine.contains(arguments));
    };
    QString what = name.isEmpty() ? QString() : u"named %1"_s.arg(QString::fromUtf8(name));
    if (!arguments.isEmpty())
        what += (what.isEmpty() ? u"with \"%1\" in its command line"_s : u" with \"%1\" in its command line"_s)
                    .arg(QString::fromUtf8(arguments));
    return std::unique_ptr<ServiceProbe>(std::make_unique<ProcessCount>(fits, what, least));
}

} // namespace Treewarden
