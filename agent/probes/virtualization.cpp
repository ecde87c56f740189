// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/virtualization.h"

#include <QRegularExpression>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

struct Sign
{
    const char *text;
    QStringView name;
};

// What a manager of containers writes into the path of a cgroup.
constexpr Sign cgroupSigns[] = {
    {"/docker", u"docker"},       {"/libpod", u"podman"},
    {"/kubepods", u"kubernetes"}, {"/lxc", u"lxc"},
    {"/lxc.payload", u"lxc"},     {"/machine.slice/systemd-nspawn", u"systemd-nspawn"},
    {"/garden", u"garden"},
};

// As systemd's virt.c knows them, its order included.
constexpr Sign dmiSigns[] = {
    {"KVM", u"kvm"},
    {"OpenStack", u"kvm"},
    {"KubeVirt", u"kvm"},
    {"Amazon EC2", u"amazon"},
    {"QEMU", u"qemu"},
    {"VMware", u"vmware"},
    {"VMW", u"vmware"},
    {"innotek GmbH", u"oracle"},
    {"VirtualBox", u"oracle"},
    {"Xen", u"xen"},
    {"Bochs", u"bochs"},
    {"Parallels", u"parallels"},
    {"BHYVE", u"bhyve"},
    {"Hyper-V", u"microsoft"},
    {"Apple Virtualization", u"apple"},
    {"Google Compute Engine", u"google"},
};

constexpr Sign cpuidSigns[] = {
    {"XenVMMXenVMM", u"xen"},   {"KVMKVMKVM", u"kvm"},       {"Linux KVM Hv", u"kvm"},
    {"TCGTCGTCGTCG", u"qemu"},  {"VMwareVMware", u"vmware"}, {"Microsoft Hv", u"microsoft"},
    {"bhyve bhyve ", u"bhyve"}, {"QNXQVMBSQG", u"qnx"},      {"ACRNACRNACRN", u"acrn"},
    {"SRESRESRESRE", u"sre"},   {"Apple VZ", u"apple"},
};

// More telling than the hypervisor under them, which is KVM or Xen as well.
constexpr QStringView providers[] = {u"oracle", u"amazon", u"xen", u"parallels", u"google"};

template<size_t n>
QString firstSign(const Sign (&signs)[n], const QByteArray &text, bool isPrefix = false)
{
    for (const Sign &sign : signs) {
        const bool isThere = isPrefix ? text.startsWith(sign.text) : text.contains(sign.text);
        if (isThere)
            return sign.name.toString();
    }
    return {};
}

/// A name that somebody else chose: shown, so it must be a word.
QString managerName(const QByteArray &text)
{
    static const QRegularExpression word(
        QRegularExpression::anchoredPattern(u"[A-Za-z0-9_.-]{1,32}"_s));
    const QString name = QString::fromUtf8(text.trimmed().left(64));
    if (name == u"oci")
        return u"docker"_s; // an OCI image that does not say whose
    return word.match(name).hasMatch() ? name : u"container-other"_s;
}

QByteArray containerVariable(const QByteArray &environment)
{
    for (const QByteArray &variable : environment.split('\0')) {
        if (variable.startsWith("container=") && variable.size() > 10)
            return variable.mid(10);
    }
    return {};
}

QString containerOf(const VirtualizationHints &hints)
{
    if (hints.isOpenVz)
        return u"openvz"_s;
    if (hints.osRelease.contains("Microsoft") || hints.osRelease.contains("WSL"))
        return u"wsl"_s;
    if (!hints.containerManager.trimmed().isEmpty())
        return managerName(hints.containerManager);
    if (const QByteArray name = containerVariable(hints.firstEnvironment); !name.isEmpty())
        return managerName(name);
    if (hints.hasContainerEnv)
        return u"podman"_s;
    if (hints.hasDockerEnv)
        return u"docker"_s;
    return firstSign(cgroupSigns, hints.firstCgroup);
}

QString dmiName(const QByteArray &dmi)
{
    for (const QByteArray &line : dmi.split('\n')) {
        if (const QString name = firstSign(dmiSigns, line.trimmed(), true); !name.isEmpty())
            return name;
    }
    // Azure and Hyper-V name Microsoft as vendor and a product that real machines do not have.
    if (dmi.contains("Microsoft Corporation") && dmi.contains("Virtual Machine"))
        return u"microsoft"_s;
    return {};
}

/// Clouds have bare machines too, whose firmware names the cloud.
bool isBareMachine(const VirtualizationHints &hints)
{
    const bool isX86 = hints.cpuVendor == "GenuineIntel" || hints.cpuVendor == "AuthenticAMD";
    return hints.dmi.contains(".metal")
        || (isX86 && !hints.isGuestCpu && hints.cpuidVendor.isEmpty());
}

QString machineOf(const VirtualizationHints &hints)
{
    const QString dmi = dmiName(hints.dmi);
    for (const QStringView provider : providers) {
        if (dmi == provider && !isBareMachine(hints))
            return dmi;
    }
    if (hints.cpuVendor == "User Mode Linux")
        return u"uml"_s;
    if (hints.xenCapabilities.contains("control_d"))
        return {}; // the host of the others
    if (hints.hypervisorType.trimmed() == "xen" || !hints.xenCapabilities.isEmpty())
        return u"xen"_s;
    if (const QString name = firstSign(cpuidSigns, hints.cpuidVendor, true); !name.isEmpty())
        return name;
    if (!dmi.isEmpty() && !isBareMachine(hints))
        return dmi;
    const QByteArray &tree = hints.deviceTreeHypervisor;
    if (!tree.isEmpty())
        return tree.startsWith("linux,kvm") ? u"kvm"_s
            : tree.contains("xen")          ? u"xen"_s
            : tree.contains("vmware")       ? u"vmware"_s
                                            : u"vm-other"_s;
    if (hints.sysinfo.contains("Control Program: "))
        return hints.sysinfo.contains("Control Program: z/VM") ? u"zvm"_s : u"kvm"_s;
    return hints.isGuestCpu || !hints.cpuidVendor.isEmpty() ? u"vm-other"_s : QString();
}

} // namespace

QString virtualizationOf(const VirtualizationHints &hints)
{
    if (const QString container = containerOf(hints); !container.isEmpty())
        return container;
    const QString machine = machineOf(hints);
    return machine.isEmpty() ? u"none"_s : machine;
}

} // namespace Treewarden
