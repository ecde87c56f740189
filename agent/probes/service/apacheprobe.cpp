// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/modstatus.h"
#include "agent/probes/webserverprobe.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

/// Any status below 500, and the numbers of mod_status. No connection is kept: under mpm_prefork it
/// would keep a whole worker busy.
Result<std::unique_ptr<ServiceProbe>> makeApacheServiceProbe(const ServiceDefinition &service,
                                                             const ProbeCheck &check,
                                                             const ProbeContext &)
{
    static const WebServerKind kind{{u"apache"_s, u"Apache"_s},
                                    u"/server-status?auto"_s,
                                    u"mod_status"_s,
                                    parseModStatus,
                                    {u"accesses"_s, u"bytes"_s},
                                    {},
                                    false};
    return WebServerProbe::make(kind, service, check);
}

} // namespace Treewarden
