// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

struct MHD_Connection;

namespace Treewarden {

/// The header lines of one request that we look at, gathered in one pass. The views live as long as
/// the request.
struct RequestHead
{
    QByteArrayView host, ifNoneMatch, acceptEncoding, forwardedFor;
    int hostCount = 0;
    bool hasBody = false; ///< a Content-Length or Transfer-Encoding of any kind
    bool isMalformed = false; ///< a header's name that is no token: "Transfer-Encoding : chunked"
                              ///< smuggles requests

    static RequestHead read(MHD_Connection *connection);
};

/// What is wrong with a request before its path is looked at; 0: nothing, else the status of the
/// answer. `hosts`: see isAllowedHost(); `isKnownHost`: this Host was allowed before.
unsigned refusalStatus(const RequestHead &head, QByteArrayView method, bool isKnownHost,
                       const QStringList &hosts);

/// "localhost", an address literal or one of `hosts` (lower case), with or without a port.
bool isAllowedHost(QByteArrayView host, const QStringList &hosts);

} // namespace Treewarden
