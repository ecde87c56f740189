// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/discovery/discovery.h"

#include "agent/discovery/founddaemon.h"
#include "agent/probes/hostfile.h"
#include "agent/probes/mountinfo.h"
#include "shared/config/probeparameters.h"
#include "shared/protocol/role.h"
#include "shared/protocol/serviceid.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QJsonObject with(QJsonObject object, const QJsonObject &more)
{
    for (auto it = more.begin(); it != more.end(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

/// File systems of other machines: when one is away, so is what lives on it.
bool isNetworkFilesystem(QByteArrayView type)
{
    static constexpr const char *types[]
        = {"nfs", "nfs4", "cifs", "smb3", "ceph", "lustre", "fuse.glusterfs", "fuse.sshfs"};
    return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

/// "/data/photos one" as "data-photos-one".
QString instanceOfPath(const QString &path)
{
    QString name;
    for (const QChar c : path) {
        const bool isAllowed = isValidName(QStringView(&c, 1));
        if (isAllowed || (!name.isEmpty() && !name.endsWith(u'-')))
            name += isAllowed ? c : u'-';
    }
    return name.left(64);
}

/// The file systems that come over the network, each where it is mounted.
QJsonObject discoverFilesystems(const QString &procRoot)
{
    HostFile file(procRoot + u"/self/mountinfo"_s, 1 << 20, HostFile::Kind::ManyRecords);
    const QList<MountLine> mounts = parseMountInfo(file.read());
    QJsonObject instances;
    for (const MountLine &mount : mounts) {
        const QString path = QString::fromUtf8(mount.path), name = instanceOfPath(path);
        if (!isNetworkFilesystem(mount.type) || mountAt(mounts, mount.path) != &mount
            || !isValidName(name) || path.toUtf8() != mount.path)
            continue;
        QJsonObject check{{u"probe"_s, u"filesystem"_s}, {u"path"_s, path}};
        if (!mount.isReadOnly)
            check.insert(u"writable"_s, true);
        instances.insert(name, QJsonObject{{u"alive"_s, check}});
    }
    return instances;
}

/// A native check that works on that daemon as it runs now: the probe of its role, else its
/// process. An own program of the house is watched as a process, with its port where it has one.
QJsonObject checkOf(const Role &role, const FoundDaemon &daemon)
{
    const QString probe = automaticProbe(role.id);
    const QJsonObject process{{u"probe"_s, u"process"_s}, {u"name"_s, daemon.program}};
    if (role.programs.isEmpty())
        return daemon.port > 0 ? with(process, {{u"port"_s, daemon.port}}) : process;
    return probe.isEmpty() || !daemon.isReachable() ? process
                                                    : with({{u"probe"_s, probe}}, daemon.target());
}

} // namespace

QJsonObject discoverServices(const ProcSnapshot &processes, const QString &procRoot)
{
    const HostPicture host(processes, procRoot);
    QJsonObject services;
    for (const Role &role : knownRoles()) {
        QJsonObject instances;
        for (const FoundDaemon &daemon : findDaemons(role, host)) {
            const QString name = daemon.port > 0 ? QString::number(daemon.port) : u"default"_s;
            if (instances.contains(name))
                continue;
            QJsonObject instance{{u"alive"_s, checkOf(role, daemon)}};
            if (role.id == u"ssh")
                instance.insert(u"protected"_s, true);
            instances.insert(name, instance);
        }
        if (!instances.isEmpty())
            services.insert(role.id, instances);
    }
    if (const QJsonObject filesystems = discoverFilesystems(procRoot); !filesystems.isEmpty())
        services.insert(u"fs"_s, filesystems);
    return services;
}

} // namespace Treewarden
