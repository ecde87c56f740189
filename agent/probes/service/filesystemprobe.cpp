// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/filesystemcheck.h"
#include "agent/probes/parameters.h"
#include "shared/config/probeparameters.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

/// A file system: mounted at `path`, writable, with enough `free` space and `inodes`.
Result<std::unique_ptr<ServiceProbe>> makeFilesystemServiceProbe(const ServiceDefinition &service,
                                                                 const ProbeCheck &check,
                                                                 const ProbeContext &context)
{
    Parameters parameters(service, check);
    FilesystemDemands demands;
    demands.path = parameters.text(u"path"_s);
    while (demands.path.size() > 1 && demands.path.endsWith(u'/'))
        demands.path.chop(1);
    if (!demands.path.startsWith(u'/'))
        parameters.fail(u"give it the path where the file system is mounted"_s);
    demands.isMountPoint = parameters.flag(u"mounted"_s, true);
    demands.type = parameters.text(u"type"_s);
    demands.isWritable = parameters.flag(u"writable"_s);
    demands.isWriteTested = parameters.flag(u"write"_s);
    demands.leastFreePercent = percentOf(check.parameters.value(u"free"_s));
    if (!demands.leastFreePercent)
        demands.leastFree = parameters.amount(u"free"_s);
    if (parameters.has(u"inodes"_s))
        demands.leastFreeInodes = parameters.number(u"inodes"_s, 0, 0, 100);
    demands.every = std::chrono::seconds(parameters.number(u"every"_s, 10, 0, 3600));
    demands.timeout = std::chrono::milliseconds(qBound(10, int(check.timeout * 1000), 60'000));
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    return std::unique_ptr<ServiceProbe>(std::make_unique<FilesystemCheck>(demands, context));
}

} // namespace Treewarden
