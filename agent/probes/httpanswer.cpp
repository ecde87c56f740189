// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/httpanswer.h"

#include "agent/probes/lines.h"
#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// What was said, up to its first line's end.
Error notHttp(QByteArrayView said)
{
    const QByteArrayView line = takeLine(&said);
    return Error{oneLine(
        QString::fromUtf8(line.first(std::min<qsizetype>(line.size(), 160)).trimmed()), 80)};
}

bool isSameToken(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

/// Whether a list field such as "Keep-Alive, Upgrade" has `token`.
bool hasToken(QByteArrayView list, QByteArrayView token)
{
    while (!list.isEmpty()) {
        const qsizetype comma = list.indexOf(',');
        if (isSameToken((comma < 0 ? list : list.first(comma)).trimmed(), token))
            return true;
        list = comma < 0 ? QByteArrayView() : list.sliced(comma + 1);
    }
    return false;
}

/// Cuts a field's name off `line`, which keeps its value.
QByteArrayView takeName(QByteArrayView *line)
{
    const qsizetype colon = line->indexOf(':');
    if (colon <= 0)
        return {};
    const QByteArrayView name = line->first(colon);
    *line = line->sliced(colon + 1).trimmed();
    return name;
}

/// The length that a head's fields agree on; false when they don't, or it is no number.
bool takeLength(QByteArrayView value, std::optional<qint64> *length)
{
    const auto number = numberOf<qint64>(value);
    if (!number || *number < 0 || (*length && **length != *number))
        return false;
    *length = number;
    return true;
}

/// One head at the beginning of `bytes`, an interim one too; bodyStart counts from there.
Result<std::optional<HttpHead>> parseOneHead(QByteArrayView bytes)
{
    QByteArrayView rest = bytes;
    constexpr QByteArrayView scheme = "HTTP/";
    constexpr qsizetype longestLine = 4096;
    if (!scheme.startsWith(bytes.first(std::min(bytes.size(), scheme.size()))))
        return notHttp(bytes);
    if (!bytes.contains('\n'))
        return bytes.size() < longestLine ? Result(std::optional<HttpHead>()) : notHttp(bytes);
    const QByteArrayView first = takeLine(&rest).trimmed();
    QByteArrayView words = first;
    const QByteArrayView version = takeWord(&words);
    const auto status = takeNumber<int>(&words);
    if (!version.startsWith("HTTP/") || !status || *status < 100 || *status > 599)
        return notHttp(first);
    HttpHead head;
    head.status = *status;
    bool saysClose = false, saysKeep = version != "HTTP/1.0";
    while (rest.contains('\n')) {
        QByteArrayView line = takeLine(&rest).trimmed();
        if (line.isEmpty()) {
            head.bodyStart = bytes.size() - rest.size();
            if (head.isChunked)
                head.length.reset();
            if (*status < 200 || *status == 204 || *status == 304) { // never have a body
                head.isChunked = false;
                head.length = 0;
            }
            head.isKept = saysKeep && !saysClose && (head.isChunked || head.length);
            return std::optional(head);
        }
        const QByteArrayView name = takeName(&line);
        if (isSameToken(name, "Content-Length") && !takeLength(line, &head.length))
            return notHttp(line);
        if (isSameToken(name, "Transfer-Encoding"))
            head.isChunked = hasToken(line, "chunked");
        if (isSameToken(name, "Connection")) {
            saysClose = saysClose || hasToken(line, "close");
            saysKeep = saysKeep || hasToken(line, "keep-alive");
        }
    }
    if (bytes.size() > longestHttpHead)
        return notHttp(bytes);
    return std::optional<HttpHead>();
}

/// A body freed of its chunks.
struct Unchunked
{
    QByteArray data;
    qsizetype size = 0; ///< of the chunks, with the last one and its trailer
};

/// Nothing while more must come.
Result<std::optional<Unchunked>> unchunk(QByteArrayView bytes)
{
    Unchunked whole;
    QByteArrayView rest = bytes;
    while (rest.contains('\n')) {
        QByteArrayView line = takeLine(&rest).trimmed();
        if (const qsizetype extension = line.indexOf(';'); extension >= 0)
            line = line.first(extension).trimmed();
        qint64 size = -1;
        const auto [end, error] = std::from_chars(line.begin(), line.end(), size, 16);
        if (error != std::errc() || end != line.end() || size < 0)
            return notHttp(line);
        if (size > 0) {
            if (rest.size() <= size)
                break;
            whole.data.append(rest.first(size));
            rest = rest.sliced(size);
            if (rest.contains('\n') && !takeLine(&rest).trimmed().isEmpty())
                return notHttp(bytes);
            continue;
        }
        while (rest.contains('\n')) { // the trailer
            if (takeLine(&rest).trimmed().isEmpty()) {
                whole.size = bytes.size() - rest.size();
                return std::optional(std::move(whole));
            }
        }
        break;
    }
    return std::optional<Unchunked>();
}

} // namespace

QByteArray HttpRequest::bytes() const
{
    QByteArray text = "GET " + path + (keepsConnection ? " HTTP/1.1" : " HTTP/1.0")
        + "\r\nHost: " + host + "\r\nUser-Agent: treewarden\r\n";
    if (!authorization.isEmpty())
        text += "Authorization: " + authorization + "\r\n";
    if (!keepsConnection)
        text += "Connection: close\r\n";
    return text + "\r\n";
}

Result<std::optional<HttpHead>> parseHttpHead(QByteArrayView bytes)
{
    constexpr int mostInterim = 8; // 100 Continue, 103 Early Hints
    qsizetype start = 0;
    for (int i = 0; i < mostInterim; ++i) {
        auto head = parseOneHead(bytes.sliced(start));
        if (!head || !*head)
            return head;
        (*head)->bodyStart += start;
        if ((*head)->status >= 200)
            return head;
        start = (*head)->bodyStart;
    }
    return notHttp(bytes);
}

Result<std::optional<HttpAnswer>> parseHttpAnswer(QByteArrayView bytes, bool isEnd)
{
    const auto head = parseHttpHead(bytes);
    if (!head)
        return head.error();
    if (!*head)
        return std::optional<HttpAnswer>();
    HttpAnswer answer{**head, {}};
    const QByteArrayView rest = bytes.sliced(answer.head.bodyStart);
    qsizetype size = rest.size();
    if (answer.head.isChunked) {
        auto body = unchunk(rest);
        if (!body)
            return body.error();
        if (!*body)
            return std::optional<HttpAnswer>();
        answer.body = std::move((*body)->data);
        size = (*body)->size;
    } else if (answer.head.length ? rest.size() < *answer.head.length : !isEnd) {
        return std::optional<HttpAnswer>();
    } else {
        size = answer.head.length.value_or(size);
        answer.body = rest.first(size).toByteArray();
    }
    answer.head.isKept = answer.head.isKept && size == rest.size() && !isEnd;
    return std::optional(std::move(answer));
}

QByteArrayView httpField(QByteArrayView bytes, QByteArrayView name)
{
    takeLine(&bytes);
    while (!bytes.isEmpty()) {
        QByteArrayView line = takeLine(&bytes).trimmed();
        if (line.isEmpty())
            break;
        if (isSameToken(takeName(&line), name))
            return line;
    }
    return {};
}

} // namespace Treewarden
