// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/discovery/discovery.h"

#include "shared/protocol/role.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

QJsonObject discoverServices(const ProcSnapshot &processes, const QString &)
{
    QJsonObject services;
    for (const Role &role : knownRoles()) {
        for (const QString &program : role.programs) {
            for (const Process &process : processes.processes()) {
                if (!process.runs(program.toUtf8()))
                    continue;
                const QJsonObject alive { { u"probe"_s, u"process"_s }, { u"name"_s, program } };
                QJsonObject instance { { u"alive"_s, alive } };
                if (role.id == u"ssh")
                    instance.insert(u"protected"_s, true);
                services.insert(role.id, QJsonObject { { u"default"_s, instance } });
                break;
            }
        }
    }
    return services;
}

} // namespace Treewarden
