// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

struct MHD_Response;

namespace Treewarden {

/// Gives a response back to libmicrohttpd, which counts the connections that still send it.
struct ResponseDeleter
{
    void operator()(MHD_Response *response) const;
};

using ResponsePointer = std::unique_ptr<MHD_Response, ResponseDeleter>;

/// Adds the headers that every answer of ours carries: policy, nosniff, no-referrer.
void addSecurityHeaders(MHD_Response *response);

/// One content in the forms in which it is sent: as it is, and compressed as soon as somebody asks
/// for that. The same response objects answer all requests until the content changes.
class Representation
{
public:
    enum class Caching { Revalidate, NoStore };

    Representation(QByteArray body, const QByteArray &contentType,
                   Caching caching = Caching::Revalidate);

    const QByteArray &body() const { return m_body; }

    const QByteArray &etag() const { return m_etag; }

    /// True when `ifNoneMatch` names this content (RFC 9110, 13.1.2: weak comparison, lists, "*").
    bool matches(QByteArrayView ifNoneMatch) const;
    /// The response to queue; borrowed. libmicrohttpd holds on to it as long as it sends it.
    MHD_Response *response(bool isGzipAccepted);

private:
    ResponsePointer build(const QByteArray &body, bool isGzip) const;

    QByteArray m_body, m_contentType, m_etag;
    Caching m_caching;
    ResponsePointer m_plain, m_gzip;
    bool m_isGzipWorthIt;
};

/// `bytes` as a gzip member (RFC 1952), or nothing when zlib is out of memory.
QByteArray gzip(const QByteArray &bytes);

/// True when an Accept-Encoding header allows gzip (RFC 9110, 12.5.3).
bool acceptsGzip(QByteArrayView acceptEncoding);

} // namespace Treewarden
