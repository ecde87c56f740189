// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/serverfacts.h"

#include "agent/app/hostaddresses.h"
#include "agent/probes/cpuinfo.h"
#include "agent/probes/hardwarename.h"
#include "agent/probes/lines.h"
#include "agent/probes/osrelease.h"
#include "agent/probes/virtualization.h"
#include "shared/core/machineid.h"

#include <QFile>

#include <sys/utsname.h>
#include <unistd.h>
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QByteArray readSmallFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(256 * 1024) : QByteArray();
}

/// Who a virtual x86 processor says runs it (leaf 0x40000000); empty on a real one and elsewhere.
QByteArray cpuidVendor()
{
#if defined(__x86_64__) || defined(__i386__)
    unsigned eax = 0, words[3]{};
    if (!__get_cpuid(1, &eax, &words[0], &words[1], &words[2]) || !(words[1] & (1U << 31)))
        return {};
    __cpuid(0x40000000, eax, words[0], words[1], words[2]);
    const char *text = reinterpret_cast<const char *>(words);
    return QByteArray(text, qsizetype(qstrnlen(text, sizeof words)));
#else
    return {};
#endif
}

VirtualizationHints virtualizationHints(const ProbeContext &context, const CpuInfo &cpu)
{
    const QString &proc = context.procRoot, dmi = context.sysRoot + u"/class/dmi/id/"_s;
    VirtualizationHints hints;
    for (const QString &name : {u"product_name"_s, u"sys_vendor"_s, u"board_vendor"_s,
                                u"bios_vendor"_s, u"product_version"_s})
        hints.dmi += readSmallFile(dmi + name).trimmed() + '\n';
    hints.isGuestCpu = cpu.isGuest;
    hints.cpuVendor = cpu.vendor.toUtf8();
    hints.hypervisorType = readSmallFile(context.sysRoot + u"/hypervisor/type"_s);
    hints.deviceTreeHypervisor
        = readSmallFile(context.sysRoot + u"/firmware/devicetree/base/hypervisor/compatible"_s);
    hints.firstEnvironment = readSmallFile(proc + u"/1/environ"_s);
    hints.firstCgroup = readSmallFile(proc + u"/1/cgroup"_s);
    hints.osRelease = readSmallFile(proc + u"/sys/kernel/osrelease"_s);
    hints.xenCapabilities = readSmallFile(proc + u"/xen/capabilities"_s);
    hints.sysinfo = readSmallFile(proc + u"/sysinfo"_s);
    hints.isOpenVz = QFile::exists(proc + u"/vz"_s) && !QFile::exists(proc + u"/bc"_s);
    if (proc != u"/proc")
        return hints; // what follows is about this machine, not about the saved one
    hints.cpuidVendor = cpuidVendor();
    hints.containerManager = readSmallFile(u"/run/systemd/container"_s);
    hints.hasDockerEnv = QFile::exists(u"/.dockerenv"_s);
    hints.hasContainerEnv = QFile::exists(u"/run/.containerenv"_s);
    return hints;
}

QString hardware(const QString &sysRoot)
{
    const QString dmi = hardwareName(readSmallFile(sysRoot + u"/class/dmi/id/sys_vendor"_s),
                                     readSmallFile(sysRoot + u"/class/dmi/id/product_name"_s));
    return dmi.isEmpty()
        ? hardwareName({}, readSmallFile(sysRoot + u"/firmware/devicetree/base/model"_s))
        : dmi;
}

std::optional<int> cpuCount(const QString &sysRoot)
{
    if (const auto count = countCpuList(readSmallFile(sysRoot + u"/devices/system/cpu/online"_s)))
        return count;
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? std::optional(int(count)) : std::nullopt;
}

/// The number behind `name` on a line of its own, as meminfo and stat have them.
std::optional<qint64> numberAfter(QByteArrayView name, QByteArrayView text)
{
    while (!text.isEmpty()) {
        QByteArrayView line = takeLine(&text);
        if (takeWord(&line) != name)
            continue;
        const auto number = takeNumber<qint64>(&line);
        return number && *number > 0 && *number < (qint64{1} << 50) ? number : std::nullopt;
    }
    return std::nullopt;
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
    const CpuInfo cpu = parseCpuInfo(readSmallFile(context.procRoot + u"/cpuinfo"_s));
    info.machineId = machineId(stateDirectory);
    info.os = parseOsName(readSmallFile(u"/etc/os-release"_s));
    if (info.os.isEmpty())
        info.os = parseOsName(readSmallFile(u"/usr/lib/os-release"_s));
    info.cpuModel = cpu.model;
    info.cpuCount = cpuCount(context.sysRoot);
    info.hardware = hardware(context.sysRoot);
    if (const auto kib = numberAfter("MemTotal:", readSmallFile(context.procRoot + u"/meminfo"_s)))
        info.memoryTotal = *kib * 1024;
    if (const auto boot = numberAfter("btime", readSmallFile(context.procRoot + u"/stat"_s)))
        info.bootTime = *boot * 1000;
    info.virtualization = virtualizationOf(virtualizationHints(context, cpu));
    info.isRestartRequired = QFile::exists(u"/run/reboot-required"_s);
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
