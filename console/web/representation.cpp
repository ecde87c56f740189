// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/representation.h"

#include <QCryptographicHash>

#include <microhttpd.h>
#include <zlib.h>

namespace Treewarden {

namespace {

constexpr auto contentSecurityPolicy
    = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
      "'self'; "
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Below this a compressed answer is not smaller on the wire.
constexpr qsizetype leastToCompress = 1024;

QByteArrayView trimmed(QByteArrayView text)
{
    while (!text.isEmpty() && (text.front() == ' ' || text.front() == '\t'))
        text = text.sliced(1);
    while (!text.isEmpty() && (text.back() == ' ' || text.back() == '\t'))
        text.chop(1);
    return text;
}

/// Calls `visit` with each element of a header's comma-separated list until it says true.
template<typename Visit>
bool anyElement(QByteArrayView list, Visit visit)
{
    while (true) {
        const qsizetype comma = list.indexOf(',');
        if (visit(trimmed(comma < 0 ? list : list.first(comma))))
            return true;
        if (comma < 0)
            return false;
        list = list.sliced(comma + 1);
    }
}

void freeBytes(void *bytes)
{
    delete static_cast<QByteArray *>(bytes);
}

} // namespace

void ResponseDeleter::operator()(MHD_Response *response) const
{
    MHD_destroy_response(response);
}

void addSecurityHeaders(MHD_Response *response)
{
    MHD_add_response_header(response, "Content-Security-Policy", contentSecurityPolicy);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
}

Representation::Representation(QByteArray body, const QByteArray &contentType, Caching caching)
    : m_body(std::move(body))
    , m_contentType(contentType)
    , m_etag(QCryptographicHash::hash(m_body, QCryptographicHash::Sha1).first(12).toHex())
    , m_caching(caching)
    , m_isGzipWorthIt(m_body.size() >= leastToCompress)
{
}

bool Representation::matches(QByteArrayView ifNoneMatch) const
{
    if (m_caching == Caching::NoStore)
        return false;
    return anyElement(ifNoneMatch, [this](QByteArrayView element) {
        if (element == "*")
            return true;
        if (element.startsWith("W/"))
            element = element.sliced(2);
        if (element.size() < 2 || element.front() != '"' || element.back() != '"')
            return false;
        element = element.sliced(1, element.size() - 2);
        if (element.endsWith("-gzip"))
            element.chop(5);
        return element == m_etag;
    });
}

MHD_Response *Representation::response(bool isGzipAccepted)
{
    if (isGzipAccepted && m_isGzipWorthIt) {
        if (!m_gzip) {
            const QByteArray compressed = gzip(m_body);
            m_isGzipWorthIt = !compressed.isEmpty();
            m_gzip = m_isGzipWorthIt ? build(compressed, true) : nullptr;
        }
        if (m_gzip)
            return m_gzip.get();
    }
    if (!m_plain)
        m_plain = build(m_body, false);
    return m_plain.get();
}

ResponsePointer Representation::build(const QByteArray &body, bool isGzip) const
{
    // The bytes are shared, not copied; they live until the last connection has sent them.
    auto *bytes = new QByteArray(body);
    ResponsePointer response(MHD_create_response_from_buffer_with_free_callback_cls(
        static_cast<size_t>(bytes->size()), const_cast<char *>(bytes->constData()), &freeBytes,
        bytes));
    if (!response) {
        delete bytes;
        return nullptr;
    }
    MHD_add_response_header(response.get(), "Content-Type", m_contentType.constData());
    if (isGzip)
        MHD_add_response_header(response.get(), "Content-Encoding", "gzip");
    if (m_caching == Caching::NoStore) {
        MHD_add_response_header(response.get(), "Cache-Control", "no-store");
    } else {
        MHD_add_response_header(response.get(), "Cache-Control", "no-cache");
        MHD_add_response_header(response.get(), "ETag",
                                ('"' + m_etag + (isGzip ? "-gzip\"" : "\"")).constData());
        MHD_add_response_header(response.get(), "Vary", "Accept-Encoding");
    }
    addSecurityHeaders(response.get());
    return response;
}

QByteArray gzip(const QByteArray &bytes)
{
    z_stream stream{};
    constexpr int gzipWindow = 15 + 16; // 16 asks zlib for a gzip header instead of its own
    if (deflateInit2(&stream, 6, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray result(
        static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))),
        Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    const bool isDone = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    result.resize(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return isDone ? result : QByteArray();
}

bool acceptsGzip(QByteArrayView acceptEncoding)
{
    return anyElement(acceptEncoding, [](QByteArrayView element) {
        const qsizetype semicolon = element.indexOf(';');
        const QByteArrayView coding = trimmed(semicolon < 0 ? element : element.first(semicolon));
        if (coding.compare("gzip", Qt::CaseInsensitive) != 0 && coding != "*")
            return false;
        if (semicolon < 0)
            return true;
        const QByteArray weight
            = element.sliced(semicolon + 1).toByteArray().replace(' ', "").toLower();
        return !weight.startsWith("q=") || weight.sliced(2).toDouble() > 0;
    });
}

} // namespace Treewarden
