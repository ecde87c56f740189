// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Treewarden {

/// What the kernel and the container managers leave where everybody may read it.
struct VirtualizationHints
{
    QByteArray containerManager; ///< /run/systemd/container
    bool hasDockerEnv = false; ///< /.dockerenv
    bool hasContainerEnv = false; ///< /run/.containerenv
    QByteArray firstEnvironment; ///< /proc/1/environ, where it may be read
    QByteArray firstCgroup; ///< /proc/1/cgroup
    QByteArray osRelease; ///< /proc/sys/kernel/osrelease
    bool isOpenVz = false; ///< /proc/vz, and no /proc/bc
    QByteArray dmi; ///< product_name, sys_vendor, board_vendor, bios_vendor, product_version: lines
    QByteArray cpuidVendor; ///< CPUID leaf 0x40000000 of an x86 guest: "KVMKVMKVM"
    bool isGuestCpu = false; ///< the flag `hypervisor` of /proc/cpuinfo
    QByteArray cpuVendor; ///< vendor_id of /proc/cpuinfo
    QByteArray hypervisorType; ///< /sys/hypervisor/type
    QByteArray xenCapabilities; ///< /proc/xen/capabilities
    QByteArray deviceTreeHypervisor; ///< /sys/firmware/devicetree/base/hypervisor/compatible
    QByteArray sysinfo; ///< /proc/sysinfo (s390)
};

/// What this server runs on, in the words of systemd-detect-virt(1): the container if it is one,
/// else the virtual machine, else "none".
QString virtualizationOf(const VirtualizationHints &hints);

} // namespace Treewarden
