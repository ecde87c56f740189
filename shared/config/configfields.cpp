// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/configfields.h"

#include "shared/config/configtext.h"
#include "shared/config/duplicatekeys.h"
#include "shared/core/json.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maximumFile = 4 << 20;
constexpr qsizetype jsonFieldCount = 7; ///< of knownConfigFields(), the first ones

/// The JSON text of any value: Qt writes only objects and arrays.
QByteArray jsonText(const QJsonValue &value)
{
    const QByteArray inArray = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return inArray.mid(1, inArray.size() - 2);
}

/// How the field's text stands in a file: JSON as JSON, numbers as numbers, everything else as
/// text.
QByteArray fileText(const QByteArray &name, const QByteArray &text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error == QJsonParseError::NoError) {
        // Four spaces deeper than the file's own level.
        return document.toJson(QJsonDocument::Indented).trimmed().replace("\n", "\n    ");
    }
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (name == "version" && isNumber)
        return QByteArray::number(number);
    return jsonText(QString::fromUtf8(text));
}

} // namespace

const QStringList &knownConfigFields()
{
    static const QStringList names{u"services"_s, u"controlled"_s, u"schedule"_s, u"logs"_s,
                                   u"ping"_s,     u"intervals"_s,  u"alerts"_s,   u"machine_id"_s,
                                   u"version"_s,  u"signer"_s,     u"signature"_s};
    return names;
}

bool isJsonConfigField(const QByteArray &name)
{
    const qsizetype index = knownConfigFields().indexOf(QString::fromUtf8(name));
    return index >= 0 && index < jsonFieldCount;
}

ParsedConfigFields readConfigFields(const QByteArray &json, const QString &what)
{
    ConfigIssues issues;
    const auto object = parseJsonObject(json, what, maximumFile);
    if (!object) {
        issues.error({}, object.error().text);
        return {std::nullopt, issues.take()};
    }
    for (const QString &path : duplicateKeys(json, {}))
        issues.error(path,
                     ConfigText::tr("stands twice, and only the last would count; delete one"));
    QHash<QByteArray, QByteArray> fields;
    for (auto member = object->begin(); member != object->end(); ++member) {
        const QByteArray name = member.key().toUtf8();
        const bool isText = member->isString() && !isJsonConfigField(name);
        fields.insert(name, isText ? member->toString().toUtf8() : jsonText(member.value()));
    }
    if (issues.hasErrors())
        return {std::nullopt, issues.take()};
    return {fields, {}};
}

QByteArray writeConfigFields(const QHash<QByteArray, QByteArray> &hash)
{
    QList<QByteArray> names;
    for (const QString &name : knownConfigFields()) {
        if (hash.contains(name.toUtf8()))
            names << name.toUtf8();
    }
    QList<QByteArray> others;
    for (const QByteArray &name : hash.keys()) {
        if (!names.contains(name))
            others << name;
    }
    std::sort(others.begin(), others.end());
    QByteArray text = "{";
    for (const QByteArray &name : names + others) {
        text += text.size() > 1 ? ",\n    " : "\n    ";
        text += jsonText(QString::fromUtf8(name)) + ": " + fileText(name, hash.value(name));
    }
    return text + "\n}\n";
}

} // namespace Treewarden
