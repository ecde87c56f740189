// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/stubstatus.h"
#include "agent/probes/webserverprobe.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

/// Any status below 500, and the numbers of stub_status. Workers go on serving when their master
/// was killed, but nobody can reload them: without it the server is died.
Result<std::unique_ptr<ServiceProbe>> makeNginxServiceProbe(const ServiceDefinition &service,
                                                            const ProbeCheck &check,
                                                            const ProbeContext &)
{
    static const WebServerKind kind{{u"nginx"_s, u"Nginx"_s},
                                    u"/nginx_status"_s,
                                    u"stub_status"_s,
                                    parseStubStatus,
                                    {u"requests"_s, u"accepts"_s},
                                    u"nginx: master process"_s,
                                    true};
    return WebServerProbe::make(kind, service, check);
}

} // namespace Treewarden
