// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/jsonwriter.h"

#include "shared/core/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace Treewarden {

namespace {

/// ASCII that stands for itself.
bool isPlainJson(QChar c)
{
    return c.unicode() >= 0x20 && c.unicode() < 0x7f && c != u'"' && c != u'\\';
}

} // namespace

void JsonWriter::separate()
{
    if (m_needsComma)
        m_bytes += ',';
    m_needsComma = true;
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    m_bytes += '{';
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    m_bytes += '}';
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::beginArray()
{
    separate();
    m_bytes += '[';
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    m_bytes += ']';
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::key(QStringView name)
{
    value(name);
    m_bytes += ':';
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::value(QStringView text)
{
    separate();
    m_bytes += '"';
    if (std::all_of(text.begin(), text.end(), isPlainJson)) {
        const qsizetype start = m_bytes.size();
        m_bytes.resize(start + text.size());
        std::transform(text.begin(), text.end(), m_bytes.data() + start,
                       [](QChar c) { return c.toLatin1(); });
        m_bytes += '"';
        return *this;
    }
    // toUtf8() replaces lone surrogates, so that what leaves is always valid UTF-8.
    const QByteArray utf8 = text.toUtf8();
    for (const char c : utf8) {
        switch (c) {
        case '"':
            m_bytes += "\\\"";
            break;
        case '\\':
            m_bytes += "\\\\";
            break;
        case '\n':
            m_bytes += "\\n";
            break;
        case '\t':
            m_bytes += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                static constexpr char digits[] = "0123456789abcdef";
                m_bytes += "\\u00";
                m_bytes += digits[c >> 4];
                m_bytes += digits[c & 15];
            } else {
                m_bytes += c;
            }
        }
    }
    m_bytes += '"';
    return *this;
}

JsonWriter &JsonWriter::value(qint64 number)
{
    separate();
    std::array<char, 24> buffer;
    const auto end = std::to_chars(buffer.begin(), buffer.end(), number).ptr;
    m_bytes.append(buffer.data(), end - buffer.data());
    return *this;
}

JsonWriter &JsonWriter::value(double number, int decimals)
{
    if (!std::isfinite(number))
        return null();
    separate();
    const double scale = std::pow(10.0, decimals);
    const double scaled = number * scale;
    const double rounded = std::abs(scaled) < 9e15 ? std::round(scaled) / scale : number;
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.begin(), buffer.end(), rounded == 0 ? 0.0 : rounded).ptr;
    m_bytes.append(buffer.data(), end - buffer.data());
    return *this;
}

JsonWriter &JsonWriter::value(bool flag)
{
    separate();
    m_bytes += flag ? "true" : "false";
    return *this;
}

JsonWriter &JsonWriter::null()
{
    separate();
    m_bytes += "null";
    return *this;
}

JsonWriter &JsonWriter::raw(QByteArrayView json)
{
    separate();
    m_bytes.append(json);
    return *this;
}

JsonWriter &JsonWriter::value(const QJsonObject &object)
{
    return raw(compactJson(object));
}

} // namespace Treewarden
