// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/json.h"

#include "shared/core/coretext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

// Qt's own limit is 1,024 levels; what this project writes has at most 8.
constexpr int maximumDepth = 64;

bool isTooDeep(const QByteArray &bytes)
{
    int depth = 0;
    bool inText = false;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (inText) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            if (++depth > maximumDepth)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

} // namespace

Result<QJsonValue> parseJsonValue(const QByteArray &bytes, const QString &what, qsizetype maxBytes)
{
    if (bytes.size() > maxBytes) {
        return Error{CoreText::tr("%1 has %2 bytes, more than the %3 that are read: shorten it")
                         .arg(what)
                         .arg(bytes.size())
                         .arg(maxBytes)};
    }
    if (isTooDeep(bytes))
        return Error{CoreText::tr("%1 is nested deeper than %2 levels: flatten it")
                         .arg(what)
                         .arg(maximumDepth)};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        const auto line = bytes.left(error.offset).count('\n') + 1;
        return Error{CoreText::tr("%1 is not valid JSON: %2 at line %3, byte %4")
                         .arg(what, error.errorString())
                         .arg(line)
                         .arg(error.offset)};
    }
    return document.isObject() ? QJsonValue(document.object()) : QJsonValue(document.array());
}

Result<QJsonObject> parseJsonObject(const QByteArray &bytes, const QString &what,
                                    qsizetype maxBytes)
{
    auto value = parseJsonValue(bytes, what, maxBytes);
    if (!value)
        return value.error();
    if (!value->isObject())
        return Error{CoreText::tr("%1 is not a JSON object: write it as {…}").arg(what)};
    return value->toObject();
}

std::optional<qint64> jsonInteger(const QJsonValue &value)
{
    const auto number = jsonNumber(value);
    if (!number || std::abs(*number) > 9007199254740992.0 || *number != std::floor(*number))
        return std::nullopt;
    return static_cast<qint64>(*number);
}

std::optional<double> jsonNumber(const QJsonValue &value)
{
    if (!value.isDouble() || !std::isfinite(value.toDouble()))
        return std::nullopt;
    return value.toDouble();
}

QByteArray compactJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace Treewarden
