// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/parameters.h"

#include "shared/config/probeparameters.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/protocol/role.h"

#include <QJsonArray>

namespace Treewarden {

using namespace Qt::StringLiterals;

Parameters::Parameters(const ServiceDefinition &service, const ProbeCheck &check)
    : m_service(service)
    , m_check(check)
{
}

QString Parameters::text(const QString &name, const QString &fallback)
{
    const QJsonValue value = m_check.parameters.value(name);
    if (value.isUndefined())
        return fallback;
    const QString content = value.toString();
    if (!value.isString() || content.isEmpty() || content.size() > 1024
        || content.contains(QChar(0)))
        m_errors << u"%1 must be a text of 1 to 1024 characters"_s.arg(name);
    return content;
}

int Parameters::number(const QString &name, int fallback, int least, int most)
{
    const QJsonValue value = m_check.parameters.value(name);
    if (value.isUndefined())
        return fallback;
    bool isText = value.isString(); // ":port:" was replaced inside a text
    const auto content
        = isText ? std::optional<qint64>(value.toString().toLongLong(&isText)) : jsonInteger(value);
    if (!content || (value.isString() && !isText) || *content < least || *content > most) {
        m_errors << u"%1 must be a whole number from %2 to %3"_s.arg(name).arg(least).arg(most);
        return fallback;
    }
    return int(*content);
}

QStringList Parameters::texts(const QString &name)
{
    const QJsonValue value = m_check.parameters.value(name);
    if (value.isUndefined() || value.isString())
        return value.isString() ? QStringList{text(name)} : QStringList();
    QStringList list;
    for (const QJsonValue &one : value.toArray())
        list << one.toString();
    if (list.isEmpty() || list.size() > 32 || list.contains(QString()))
        m_errors << u"%1 must be a text or a list of up to 32 texts"_s.arg(name);
    return list;
}

QList<int> Parameters::numbers(const QString &name, int least, int most)
{
    const QJsonValue value = m_check.parameters.value(name);
    QList<int> list;
    for (const QJsonValue &one : value.isArray() ? value.toArray() : QJsonArray{value}) {
        const auto content = jsonInteger(one);
        if (content && *content >= least && *content <= most && list.size() < 32)
            list << int(*content);
        else if (!value.isUndefined())
            m_errors << u"%1 must be numbers from %2 to %3"_s.arg(name).arg(least).arg(most);
    }
    return list;
}

bool Parameters::flag(const QString &name, bool fallback)
{
    const QJsonValue value = m_check.parameters.value(name);
    if (!value.isUndefined() && !value.isBool())
        m_errors << u"%1 must be true or false"_s.arg(name);
    return value.toBool(fallback);
}

std::optional<qint64> Parameters::amount(const QString &name)
{
    const QJsonValue value = m_check.parameters.value(name);
    const auto bytes = amountOf(value);
    if (!value.isUndefined() && !bytes)
        m_errors << u"%1 must be a number of bytes or a text such as \"20G\""_s.arg(name);
    return bytes;
}

int Parameters::port()
{
    const Role *role = findRole(m_service.id.role);
    bool isNumber = false;
    const int ofInstance = m_service.id.instance.toInt(&isNumber);
    const int fallback = isNumber && ofInstance > 0 && ofInstance < 65536 ? ofInstance
        : role                                                            ? role->defaultPort
                                                                          : 0;
    return number(u"port"_s, fallback, 1, 65535);
}

Result<void> Parameters::finish() const
{
    if (m_errors.isEmpty())
        return {};
    return Error{
        u"%1: probe %2: %3"_s.arg(m_service.id.text(), m_check.probe, m_errors.join(u"; "_s))};
}

} // namespace Treewarden
