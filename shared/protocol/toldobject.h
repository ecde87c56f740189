// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace Treewarden {

/// A JSON object as somebody told it, read when it is looked at.
class ToldObject
{
public:
    /// An object without any member.
    ToldObject() = default;
    ToldObject(const QJsonObject &object);
    /// `object` is a JSON object and stands in `told`, which is kept as it is.
    ToldObject(const QByteArray &told, QByteArrayView object);

    QJsonObject read() const;

    bool isEmpty() const { return m_size <= 2; }

private:
    QByteArray m_told;
    qsizetype m_from = 0, m_size = 0;
};

} // namespace Treewarden
