// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/aptupgrades.h"
#include "agent/probes/cpuinfo.h"
#include "agent/probes/hardwarename.h"
#include "agent/probes/osrelease.h"
#include "agent/probes/virtualization.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// The parsers of what a server says about itself.
class TestServerParsers : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void readsTheProcessorOfEveryArchitecture_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("model");
        QTest::newRow("x86") << QByteArray(
            "processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel name\t: "
            "AMD EPYC 7543  32-Core Processor\n")
                             << u"AMD EPYC 7543 32-Core Processor"_s;
        QTest::newRow("arm64") << QByteArray("processor\t: 0\nBogoMIPS\t: 243.75\nCPU "
                                             "implementer\t: 0x41\nCPU architecture: 8\nCPU "
                                             "variant\t: 0x3\nCPU part\t: 0xd0c\n")
                               << u"ARM Neoverse-N1"_s;
        QTest::newRow("arm, unknown part")
            << QByteArray("CPU implementer\t: 0x99\nCPU part\t: 0xfff\n")
            << u"ARM implementer 0x99 part 0xfff"_s;
        QTest::newRow("Raspberry Pi, 32 bit")
            << QByteArray("processor\t: 0\nmodel name\t: ARMv7 Processor rev 3 (v7l)\nCPU "
                          "implementer\t: 0x41\nCPU part\t: 0xd08\n\nHardware\t: BCM2711\n"
                          "Model\t\t: Raspberry Pi 4 Model B Rev 1.4\n")
            << u"ARM Cortex-A72"_s;
        QTest::newRow("POWER") << QByteArray("processor\t: 0\ncpu\t\t: POWER9, altivec supported\n"
                                             "clock\t\t: 2300.000000MHz\n")
                               << u"POWER9, altivec supported"_s;
        QTest::newRow("RISC-V") << QByteArray("processor\t: 0\nhart\t\t: 1\nisa\t\t: rv64imafdc\n"
                                              "mmu\t\t: sv39\nuarch\t\t: sifive,u74-mc\n")
                                << u"sifive,u74-mc"_s;
        QTest::newRow("s390") << QByteArray("vendor_id       : IBM/S390\n# processors    : 2\n")
                              << u"IBM/S390"_s;
        QTest::newRow("nothing") << QByteArray("rubbish\n:\n\0:x", 14) << QString();
    }

    void readsTheProcessorOfEveryArchitecture()
    {
        QFETCH(QByteArray, text);
        QTEST(parseCpuInfo(text).model, "model");
    }

    void seesThatAHypervisorRunsTheProcessor()
    {
        QVERIFY(parseCpuInfo("flags\t\t: fpu hypervisor lahf_lm\n").isGuest);
        QVERIFY(parseCpuInfo("flags\t\t: fpu hypervisor\n").isGuest);
        QVERIFY(!parseCpuInfo("flags\t\t: fpu hypervisor_guest vme\n").isGuest);
        QVERIFY(!parseCpuInfo("bugs\t\t: no hypervisor here\n").isGuest);
    }

    void countsTheProcessorsOfAList()
    {
        QCOMPARE(countCpuList("0-3,8\n"), std::optional(5));
        QCOMPARE(countCpuList("0"), std::optional(1));
        QCOMPARE(countCpuList("0-255"), std::optional(256));
        for (const char *wrong : {"", "\n", "3-1", "-1", "0-999999999", "a", "1,,2", "1-2-3",
                                  "0-9999,0-9999", "99999999999999999999"})
            QVERIFY2(!countCpuList(wrong), wrong);
    }

    void readsTheSystemsName_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("name");
        QTest::newRow("Debian") << QByteArray("NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian "
                                              "GNU/Linux 12 (bookworm)\"\nID=debian\n")
                                << u"Debian GNU/Linux 12 (bookworm)"_s;
        QTest::newRow("without quotes") << QByteArray("PRETTY_NAME=Gentoo\n") << u"Gentoo"_s;
        QTest::newRow("single quotes") << QByteArray("PRETTY_NAME='Void \"x\"'") << u"Void \"x\""_s;
        QTest::newRow("escapes") << QByteArray(R"(PRETTY_NAME="A \"B\" \$C \\")")
                                 << u"A \"B\" $C \\"_s;
        QTest::newRow("no pretty name")
            << QByteArray("NAME=Alpine\nVERSION=\"3.20\"\n") << u"Alpine 3.20"_s;
        QTest::newRow("commented out") << QByteArray("#PRETTY_NAME=x\n") << QString();
        QTest::newRow("one quote") << QByteArray("PRETTY_NAME=\"") << u"\""_s;
        QTest::newRow("endless") << "PRETTY_NAME=" + QByteArray(100'000, 'x') << QString(256, u'x');
    }

    void readsTheSystemsName()
    {
        QFETCH(QByteArray, text);
        QTEST(parseOsName(text), "name");
    }

    void namesTheHardware()
    {
        QCOMPARE(hardwareName("Dell Inc.\n", "PowerEdge R640\n"), u"Dell Inc. PowerEdge R640"_s);
        QCOMPARE(hardwareName("HP", "HP ProLiant DL380"), u"HP ProLiant DL380"_s);
        QCOMPARE(hardwareName("", QByteArray("Raspberry Pi 4 Model B\0", 23)),
                 u"Raspberry Pi 4 Model B"_s);
        QCOMPARE(hardwareName("To Be Filled By O.E.M.", "Default string"), QString());
        QCOMPARE(hardwareName("QEMU", ""), u"QEMU"_s);
    }

    void tellsWhatTheServerRunsOn_data()
    {
        QTest::addColumn<VirtualizationHints>("hints");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *title, VirtualizationHints hints, const QString &name) {
            QTest::newRow(title) << hints << name;
        };
        row("bare", {.dmi = "PowerEdge R640\nDell Inc.\n", .cpuVendor = "GenuineIntel"}, u"none"_s);
        row("KVM",
            {.dmi = "Standard PC (Q35 + ICH9, 2009)\nQEMU\n",
             .cpuidVendor = "KVMKVMKVM",
             .isGuestCpu = true,
             .cpuVendor = "GenuineIntel"},
            u"kvm"_s);
        row("QEMU without KVM",
            {.dmi = "Standard PC\nQEMU\n", .cpuidVendor = "TCGTCGTCGTCG", .isGuestCpu = true},
            u"qemu"_s);
        row("VMware",
            {.dmi = "VMware Virtual Platform\nVMware, Inc.\n",
             .cpuidVendor = "VMwareVMware",
             .isGuestCpu = true},
            u"vmware"_s);
        row("Hyper-V", {.dmi = "Virtual Machine\nMicrosoft Corporation\n", .isGuestCpu = true},
            u"microsoft"_s);
        row("a Surface is no guest",
            {.dmi = "Surface Pro\nMicrosoft Corporation\n", .cpuVendor = "GenuineIntel"},
            u"none"_s);
        row("VirtualBox on KVM's interface",
            {.dmi = "VirtualBox\ninnotek GmbH\n", .cpuidVendor = "KVMKVMKVM", .isGuestCpu = true},
            u"oracle"_s);
        row("EC2",
            {.dmi = "m5.large\nAmazon EC2\n",
             .cpuidVendor = "KVMKVMKVM",
             .isGuestCpu = true,
             .cpuVendor = "GenuineIntel"},
            u"amazon"_s);
        row("EC2, bare metal", {.dmi = "m5.metal\nAmazon EC2\n", .cpuVendor = "GenuineIntel"},
            u"none"_s);
        row("EC2, ARM", {.dmi = "m6g.large\nAmazon EC2\n"}, u"amazon"_s);
        row("Google", {.dmi = "Google Compute Engine\nGoogle\n", .isGuestCpu = true}, u"google"_s);
        row("Xen guest", {.isGuestCpu = true, .hypervisorType = "xen\n"}, u"xen"_s);
        row("Xen's own host", {.hypervisorType = "xen\n", .xenCapabilities = "control_d\n"},
            u"none"_s);
        row("ARM guest", {.deviceTreeHypervisor = QByteArray("linux,kvm\0", 10)}, u"kvm"_s);
        row("s390", {.sysinfo = "VM00 Control Program: z/VM    6.4.0\n"}, u"zvm"_s);
        row("user mode", {.cpuVendor = "User Mode Linux"}, u"uml"_s);
        row("something else", {.isGuestCpu = true, .cpuVendor = "GenuineIntel"}, u"vm-other"_s);
        row("docker", {.hasDockerEnv = true, .cpuidVendor = "KVMKVMKVM", .isGuestCpu = true},
            u"docker"_s);
        row("docker by its cgroup", {.firstCgroup = "12:pids:/docker/0123abc\n0::/\n"},
            u"docker"_s);
        row("podman", {.hasContainerEnv = true, .isGuestCpu = true}, u"podman"_s);
        row("lxc", {.firstEnvironment = QByteArray("PATH=/bin\0container=lxc\0", 24)}, u"lxc"_s);
        row("kubernetes", {.firstCgroup = "0::/kubepods/besteffort/pod1\n"}, u"kubernetes"_s);
        row("nspawn", {.containerManager = "systemd-nspawn\n"}, u"systemd-nspawn"_s);
        row("a manager with a strange name", {.containerManager = "<b>\n"}, u"container-other"_s);
        row("WSL", {.osRelease = "5.15.90.1-microsoft-standard-WSL2\n"}, u"wsl"_s);
        row("OpenVZ", {.isOpenVz = true}, u"openvz"_s);
    }

    void tellsWhatTheServerRunsOn()
    {
        QFETCH(VirtualizationHints, hints);
        QTEST(virtualizationOf(hints), "name");
    }

    void countsWhatAptWouldDo()
    {
        const PendingUpdates found = parseAptUpgrades(
            "NOTE: This is only a simulation!\n"
            "Inst libxslt1.1 [1.1.35-1] (1.1.35-1+deb12u4 Debian:12.15/oldstable [amd64])\n"
            "Inst unzip [6.0-28] (6.0-28+deb12u1 Debian-Security:12/oldstable-security [amd64])\n"
            "Inst python3-jwt [2.6.0-1] (2.6.0-1+deb12u1 Debian:12.15/oldstable, "
            "Debian-Security:12/oldstable-security [all])\n"
            "Inst openssl [1] (2 Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security [amd64]) "
            "[]\n"
            "Inst linux-image-6.1.0-40 (6.1.153-1 Debian-Security:12/stable-security [amd64])\n"
            "Conf unzip (6.0-28+deb12u1 Debian-Security:12/oldstable-security [amd64])\n"
            "Remv nothing [1]\n"
            "Inst broken [1] (2 \n"
            "Inst\n");
        QCOMPARE(found, (PendingUpdates{4, 3}));
        QCOMPARE(parseAptUpgrades(""), (PendingUpdates{}));
    }
};

QTEST_GUILESS_MAIN(TestServerParsers)
#include "tst_serverparsers.moc"
