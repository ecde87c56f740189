// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/serverinfo.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maximumText = 256, maximumAddresses = 64;

// One fact a row: the field of the hash and the member that holds it.
const std::pair<const char *, QString ServerInfo::*> texts[] = {
    {"hostname", &ServerInfo::hostname},
    {"machine_id", &ServerInfo::machineId},
    {"os", &ServerInfo::os},
    {"kernel", &ServerInfo::kernel},
    {"architecture", &ServerInfo::architecture},
    {"cpu_model", &ServerInfo::cpuModel},
    {"virtualization", &ServerInfo::virtualization},
    {"agent_version", &ServerInfo::agentVersion},
    {"hardware", &ServerInfo::hardware},
    {"session", &ServerInfo::session},
};
const std::pair<const char *, std::optional<qint64> ServerInfo::*> numbers[] = {
    {"memory_total", &ServerInfo::memoryTotal},
    {"boot_time", &ServerInfo::bootTime},
    {"updates", &ServerInfo::updates},
    {"updates_security", &ServerInfo::securityUpdates},
    {"started", &ServerInfo::started},
    {"updated", &ServerInfo::updated},
    {"lease", &ServerInfo::lease},
};

QString boundedText(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes.left(4 * maximumText)).left(maximumText);
}

} // namespace

QList<QByteArray> toHashFields(const ServerInfo &info)
{
    QList<QByteArray> fields;
    for (const auto &[name, member] : texts) {
        if (!(info.*member).isEmpty())
            fields << name << (info.*member).toUtf8();
    }
    for (const auto &[name, member] : numbers) {
        if (info.*member)
            fields << name << QByteArray::number(*(info.*member));
    }
    if (info.cpuCount)
        fields << "cpu_count" << QByteArray::number(*info.cpuCount);
    if (info.isRestartRequired)
        fields << "reboot_required"
               << "1";
    fields
        << "addresses"
        << QJsonDocument(QJsonArray::fromStringList(info.addresses)).toJson(QJsonDocument::Compact);
    return fields;
}

ServerInfo serverInfoFromHash(const QHash<QByteArray, QByteArray> &hash)
{
    ServerInfo info;
    for (const auto &[name, member] : texts)
        info.*member = boundedText(hash.value(name));
    info.told = boundedText(hash.value("told"));
    for (const auto &[name, member] : numbers) {
        bool isNumber = false;
        const qint64 number = hash.value(name).left(24).toLongLong(&isNumber);
        if (isNumber && number >= 0)
            info.*member = number;
    }
    bool isNumber = false;
    const int count = hash.value("cpu_count").left(24).toInt(&isNumber);
    if (isNumber && count > 0)
        info.cpuCount = count;
    info.isRestartRequired = hash.value("reboot_required") == "1";
    const QJsonArray addresses
        = QJsonDocument::fromJson(hash.value("addresses").left(16 * 1024)).array();
    for (const auto &address : addresses) {
        if (address.isString() && info.addresses.size() < maximumAddresses)
            info.addresses << address.toString().left(maximumText);
    }
    return info;
}

} // namespace Treewarden
