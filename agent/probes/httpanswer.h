// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Treewarden {

/// The head of an HTTP/1 answer, RFC 9112. Interim answers (1xx) before it are skipped.
struct HttpHead
{
    int status = 0; ///< 200 to 599
    qsizetype bodyStart = 0; ///< offset of the body in the received bytes
    std::optional<qint64> length; ///< of the body; absent: chunked, or up to the connection's end
    bool isChunked = false;
    bool isKept = false; ///< the connection may be asked again once the body is there
};

/// A whole HTTP/1 answer, its body freed of chunks.
struct HttpAnswer
{
    HttpHead head; ///< isKept is false when more bytes followed than belong to the answer
    QByteArray body;
};

/// A request that asks for a page.
struct HttpRequest
{
    QByteArray host; ///< the Host field: "127.0.0.1:8080"
    QByteArray path = "/"; ///< and the query, percent-encoded
    QByteArray authorization; ///< the Authorization field, "Basic …"; empty: none
    bool keepsConnection = false; ///< HTTP/1.1 without "close"; else HTTP/1.0, never chunked

    QByteArray bytes() const;
};

constexpr qsizetype longestHttpHead = 16 * 1024;

/// The head of what was received so far: nothing while its end has not come. The error is what was
/// said instead, fit for `… answered "%1", which is not HTTP`: bytes that are no HTTP, a head
/// without an end in 16 KiB, a length that is none.
Result<std::optional<HttpHead>> parseHttpHead(QByteArrayView bytes);

/// The whole answer: nothing while more must come. `isEnd`: the other side closed the connection.
/// The caller bounds how much it receives; nothing is allocated by a claimed length.
Result<std::optional<HttpAnswer>> parseHttpAnswer(QByteArrayView bytes, bool isEnd);

/// The value of the first field of that name (any case) in an answer's head; empty without one.
QByteArrayView httpField(QByteArrayView bytes, QByteArrayView name);

} // namespace Treewarden
