// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/machineid.h"

#include <QDir>
#include <QFile>
#include <QUuid>

namespace Treewarden {

using namespace Qt::StringLiterals;

QStringList machineIdFiles()
{
    return {u"/etc/machine-id"_s, u"/var/lib/dbus/machine-id"_s};
}

QString readMachineId(const QStringList &files)
{
    for (const QString &path : files) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QString id = QString::fromUtf8(file.read(4096)).section(u'\n', 0, 0).trimmed();
        if (id.size() >= 8 && id.size() <= 64)
            return id;
    }
    return {};
}

QString machineId(const QString &stateDirectory)
{
    const QString own = stateDirectory + u"/machine-id"_s;
    if (const QString known = readMachineId(machineIdFiles() << own); !known.isEmpty())
        return known;
    const QString id = QUuid::createUuid().toString(QUuid::Id128);
    QFile file(own);
    if (QDir().mkpath(stateDirectory) && file.open(QIODevice::WriteOnly))
        file.write(id.toLatin1() + '\n');
    return id;
}

} // namespace Treewarden
