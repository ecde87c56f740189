// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace Treewarden {

/// Writes JSON in the order it is told, straight into bytes: a message starts with its `type`
/// (QJsonObject would sort its names), and a round of the agent builds no tree. Separators are put
/// by the writer; the caller balances begin…() and end…().
class JsonWriter
{
public:
    explicit JsonWriter(qsizetype reserve = 256) { m_bytes.reserve(reserve); }

    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    /// A name inside an object; a value, beginObject() or beginArray() follows.
    JsonWriter &key(QStringView name);

    JsonWriter &value(QStringView text);

    /// A literal would otherwise become a bool: pointers convert to it first.
    template<size_t N>
    JsonWriter &value(const char16_t (&literal)[N])
    {
        return value(QStringView(literal));
    }

    JsonWriter &value(qint64 number);

    JsonWriter &value(int number) { return value(qint64{number}); }

    /// Rounded to at most `decimals` places, without trailing zeros; not finite becomes null.
    JsonWriter &value(double number, int decimals = 2);
    JsonWriter &value(bool flag);
    JsonWriter &null();
    /// JSON that is known to be valid, put in as it stands.
    JsonWriter &raw(QByteArrayView json);
    JsonWriter &value(const QJsonObject &object);

    /// A member of an object; a missing optional writes nothing at all ("missing is never 0").
    template<typename T>
    JsonWriter &member(QStringView name, const T &content)
    {
        return key(name).value(content);
    }

    template<typename T>
    JsonWriter &member(QStringView name, const std::optional<T> &content)
    {
        return content ? key(name).value(*content) : *this;
    }

    const QByteArray &bytes() const { return m_bytes; }

    QByteArray takeBytes() { return std::move(m_bytes); }

private:
    void separate();

    QByteArray m_bytes;
    bool m_needsComma = false;
};

} // namespace Treewarden
