// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/parameters.h"

#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/protocol/role.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

Parameters::Parameters(const ServiceDefinition &service, const ProbeCheck &check)
    : m_service(service)
    , m_check(check)
{
}

QString Parameters::text(const QString &name, const QString &fallback)
{
    m_asked << name;
    const QJsonValue value = m_check.parameters.value(name);
    if (value.isUndefined())
        return fallback;
    const QString content = value.toString();
    if (!value.isString() || content.isEmpty() || content.size() > 1024 || content.contains(QChar(0)))
        m_errors << u"%1 must be a text of 1 to 1024 characters"_s.arg(name);
    return content;
}

int Parameters::number(const QString &name, int fallback, int least, int most)
{
    m_asked << name;
    const QJsonValue value = m_check.parameters.value(name);
    if (value.isUndefined())
        return fallback;
    bool isText = value.isString(); // ":port:" was replaced inside a text
    const auto content = isText ? std::optional<qint64>(value.toString().toLongLong(&isText)) : jsonInteger(value);
    if (!content || (value.isString() && !isText) || *content < least || *content > most) {
        m_errors << u"%1 must be a whole number from %2 to %3"_s.arg(name).arg(least).arg(most);
        return fallback;
    }
    return int(*content);
}

int Parameters::port()
{
    const Role *role = findRole(m_service.id.role);
    bool isNumber = false;
    const int ofInstance = m_service.id.instance.toInt(&isNumber);
    const int fallback = isNumber && ofInstance > 0 && ofInstance < 65536 ? ofInstance : role ? role->defaultPort : 0;
    return number(u"port"_s, fallback, 1, 65535);
}

Result<void> Parameters::finish()
{
    for (const QString &name : m_check.parameters.keys()) {
        if (!m_asked.contains(name) && name != u"timeout" && name != u"type") {
            std::sort(m_asked.begin(), m_asked.end());
            m_errors << u"it has no parameter %1 (it has %2)"_s.arg(oneLine(name, 40), m_asked.join(u", "_s));
        }
    }
    if (m_errors.isEmpty())
        return {};
    return Error { u"%1: probe %2: %3"_s.arg(m_service.id.text(), m_check.probe, m_errors.join(u"; "_s)) };
}

} // namespace Treewarden
