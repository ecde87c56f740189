// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/toldobject.h"

#include "shared/core/json.h"

#include <QJsonDocument>

namespace Treewarden {

ToldObject::ToldObject(const QJsonObject &object)
    : m_told(object.isEmpty() ? QByteArray() : compactJson(object))
    , m_size(m_told.size())
{
}

ToldObject::ToldObject(const QByteArray &told, QByteArrayView object)
    : m_told(told)
    , m_from(object.data() - told.constData())
    , m_size(object.size())
{
    Q_ASSERT(m_from >= 0 && m_from + m_size <= told.size());
}

QJsonObject ToldObject::read() const
{
    return isEmpty() ? QJsonObject()
                     : QJsonDocument::fromJson(m_told.sliced(m_from, m_size)).object();
}

} // namespace Treewarden
