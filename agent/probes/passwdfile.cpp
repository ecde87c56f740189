// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/passwdfile.h"

#include <QList>

namespace Treewarden {

QHash<uid_t, QByteArray> parsePasswd(QByteArrayView text)
{
    QHash<uid_t, QByteArray> names;
    for (const QByteArray &line : text.toByteArray().split('\n')) {
        const QList<QByteArray> fields = line.split(':');
        bool isNumber = false;
        const uid_t uid = fields.size() >= 3 ? fields.at(2).toUInt(&isNumber) : 0;
        if (isNumber && !names.contains(uid))
            names.insert(uid, fields.at(0));
    }
    return names;
}

} // namespace Treewarden
