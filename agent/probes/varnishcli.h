// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace Treewarden {

/// One reply of the CLI of Varnish, varnish-cli(7).
struct VarnishReply
{
    static constexpr int ok = 200, close = 500, wantsAuthentication = 107;

    int status = 0; ///< 100 to 999
    QByteArrayView text; ///< without the newline after it
    qsizetype size = 0; ///< of the whole reply in the received bytes
};

/// The reply at the beginning of what was received: nothing while more of it must come. The error
/// is what was said instead, fit for `… answered "%1", which is not Varnish`.
Result<std::optional<VarnishReply>> parseVarnishReply(QByteArrayView bytes);

/// The line that answers the challenge of a reply that wants authentication; empty when there is
/// none in it. `secret`: the whole contents of the secret file.
QByteArray varnishAuthentication(QByteArrayView challengeReply, QByteArrayView secret);

/// What the reply to "status" says of the cache process: "running", "stopped" …; empty when it says
/// something else.
QByteArray varnishChildState(QByteArrayView statusReply);

/// The backends of the active VCL.
struct VarnishBackends
{
    int all = 0;
    int healthy = 0; ///< by probe or by an administrator's word; one without a probe is healthy
    QStringList sick; ///< names, at most 5
};

/// From the reply to "backend.list -j"; nothing from any other text.
std::optional<VarnishBackends> parseVarnishBackends(QByteArrayView listReply);

} // namespace Treewarden
