// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/commandrequest.h"
#include "shared/protocol/updatemessage.h"
#include "shared/trust/signedconfig.h"

namespace Treewarden {

/// The executor's side of the frames in shared/protocol/executorframe.h.

/// {"type":"state",…} with the entry in which the command came.
QJsonObject stateFrame(const CommandMessage &message, qint64 n, const QString &entry);
/// The same for a command whose final state was told already, or is not known any more.
QJsonObject repeatFrame(const CommandMessage &message, qint64 n, const QString &entry);
/// {"type":"notice",…}: worth an event, without an outcome.
QJsonObject noticeFrame(const QString &entry, const QJsonObject &details);

/// The entry of a `command` frame, within its bounds.
Result<CommandEntry> entryOf(const QJsonObject &frame);
/// The fields of a `config` frame, within their bounds.
Result<ConfigFields> configFieldsOf(const QJsonObject &frame);

} // namespace Treewarden
