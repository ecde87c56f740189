// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QStringView>

namespace Treewarden {

/// The conversation between agent and executor on their Unix socket: frames of a 32-bit big-endian
/// length and so many bytes of one JSON object with a `type`; bytes from Redis stand in base64.
///
/// The agent says
///     {"type":"config","ip":…,"fields":{name: base64 …}}             the hash server:config:{ip}
///     {"type":"command","entry":…,"payload":base64,"key":…,"signature":…}      an entry of
///                                                        command:{ip} and its id there
///     {"type":"maintenance","ip":…,"scopes":{"":until,"role":until,"role:instance":until}}   of
///                                                        this server, unix ms; replaces the last
///     {"type":"removed","ip":…}                          this server was removed from the fleet
///     {"type":"taken","n":N}                             the outcome N and all before it are safe
/// and the executor
///     {"type":"welcome","version":1}                     first; outcomes that are not taken follow
///     {"type":"config","ip":…,"version":…,"accepted":true|false,"detail":…}   answers a config
///     {"type":"state","n":N,"entry":…,"message":{…}}     a CommandMessage; final ones have a
///                                                        rising n above 0 and come again until
///                                                        they are taken. With "repeat":true: the
///                                                        command had its final state already
///     {"type":"notice","entry":…,"details":{…}}          worth an event, without an outcome
inline constexpr qsizetype longestExecutorFrame = 8 << 20;

/// Where they meet, when `[executor] socket` names no other place.
inline constexpr QStringView defaultExecutorSocket = u"/run/treewarden/executor.sock";

QByteArray executorFrame(const QJsonObject &message);

/// Cuts a stream of bytes from a peer into frames.
class ExecutorFrameReader
{
public:
    /// The messages that are complete now. An error for what is no frame: too long, or no JSON
    /// object; nothing can follow it.
    Result<QList<QJsonObject>> take(const QByteArray &bytes);

    /// True while the rest of a frame is to come.
    bool isInside() const { return !m_buffer.isEmpty(); }

private:
    QByteArray m_buffer;
};

} // namespace Treewarden
