// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/serverfacts.h"

#include "agent/app/hostaddresses.h"

#include <QDir>
#include <QFile>
#include <QUuid>

#include <sys/utsname.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QByteArray readSmallFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(256 * 1024) : QByteArray();
}

QString firstLine(const QString &path)
{
    return QString::fromUtf8(readSmallFile(path)).section(u'\n', 0, 0).trimmed();
}

/// What follows `name` and one of `separators` on a line of its own, without quotes.
QString valueOf(const QByteArray &text, QByteArrayView name, char separator)
{
    for (const QByteArray &line : text.split('\n')) {
        const qsizetype at = line.indexOf(separator);
        if (at < 0 || line.left(at).trimmed() != name)
            continue;
        QByteArray value = line.mid(at + 1).trimmed();
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            value = value.mid(1, value.size() - 2);
        return QString::fromUtf8(value);
    }
    return {};
}

/// systemd's machine id; where there is none (containers), one of our own that stays in the state
/// folder.
QString machineId(const QString &stateDirectory)
{
    for (const QString &path :
         {u"/etc/machine-id"_s, u"/var/lib/dbus/machine-id"_s, stateDirectory + u"/machine-id"_s}) {
        if (const QString id = firstLine(path); id.size() >= 8 && id.size() <= 64)
            return id;
    }
    const QString id = QUuid::createUuid().toString(QUuid::Id128);
    QFile file(stateDirectory + u"/machine-id"_s);
    if (QDir().mkpath(stateDirectory) && file.open(QIODevice::WriteOnly))
        file.write(id.toLatin1() + '\n');
    return id;
}

struct Hypervisor
{
    QStringView vendor, name;
};

/// What systemd-detect-virt would say, from files that everybody may read.
QString virtualization(const ProbeContext &context, const QByteArray &cpuInfo)
{
    if (const QString container = firstLine(u"/run/systemd/container"_s); !container.isEmpty())
        return container;
    if (QFile::exists(u"/.dockerenv"_s))
        return u"docker"_s;
    if (QFile::exists(u"/run/.containerenv"_s))
        return u"podman"_s;
    static constexpr Hypervisor known[]{
        {u"QEMU", u"qemu"},
        {u"KVM", u"kvm"},
        {u"Amazon EC2", u"amazon"},
        {u"Google", u"google"},
        {u"VMware", u"vmware"},
        {u"VirtualBox", u"oracle"},
        {u"Xen", u"xen"},
        {u"Microsoft", u"microsoft"},
        {u"Parallels", u"parallels"},
        {u"Apple Virtualization", u"apple"},
    };
    const QString board = firstLine(context.sysRoot + u"/class/dmi/id/sys_vendor"_s) + u' '
        + firstLine(context.sysRoot + u"/class/dmi/id/product_name"_s);
    const bool isGuest = cpuInfo.contains(" hypervisor");
    for (const Hypervisor &hypervisor : known) {
        if (isGuest && board.contains(hypervisor.vendor))
            return hypervisor.name.toString();
    }
    return isGuest ? u"vm"_s : u"none"_s;
}

std::optional<qint64> leadingNumber(const QString &text)
{
    bool isNumber = false;
    const qint64 number = text.section(u' ', 0, 0).toLongLong(&isNumber);
    return isNumber && number > 0 ? std::optional(number) : std::nullopt;
}

} // namespace

ServerInfo collectServerFacts(const ProbeContext &context, const QString &stateDirectory)
{
    ServerInfo info;
    utsname system{};
    if (uname(&system) == 0) {
        info.hostname = QString::fromUtf8(system.nodename);
        info.kernel = QString::fromUtf8(system.release);
        info.architecture = QString::fromUtf8(system.machine);
    }
    const QByteArray cpuInfo = readSmallFile(context.procRoot + u"/cpuinfo"_s);
    info.machineId = machineId(stateDirectory);
    info.os = valueOf(readSmallFile(u"/etc/os-release"_s), "PRETTY_NAME", '=');
    info.cpuModel = valueOf(cpuInfo, "model name", ':');
    if (const long count = sysconf(_SC_NPROCESSORS_ONLN); count > 0)
        info.cpuCount = int(count);
    if (const auto kib
        = leadingNumber(valueOf(readSmallFile(context.procRoot + u"/meminfo"_s), "MemTotal", ':')))
        info.memoryTotal = *kib * 1024;
    if (const auto boot = leadingNumber(
            valueOf(readSmallFile(context.procRoot + u"/stat"_s).replace("btime ", "btime:"),
                    "btime", ':')))
        info.bootTime = *boot * 1000;
    info.virtualization = virtualization(context, cpuInfo);
    info.addresses = HostAddresses::read().shown();
    info.agentVersion = QStringLiteral(TREEWARDEN_VERSION);
    return info;
}

bool haveSameFacts(const ServerInfo &left, const ServerInfo &right)
{
    const auto facts = [](ServerInfo info) {
        info.session.clear();
        info.started = info.updated = info.lease = std::nullopt;
        return toHashFields(info);
    };
    return facts(left) == facts(right);
}

} // namespace Treewarden
