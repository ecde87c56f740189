// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>

#include <sys/types.h>

namespace Treewarden {

/// Names of users from the text of /etc/passwd (passwd(5)). Not getpwuid: that may ask a directory
/// server and block.
QHash<uid_t, QByteArray> parsePasswd(QByteArrayView text);

} // namespace Treewarden
