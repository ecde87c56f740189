// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/executorframe.h"

#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QtEndian>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype headerSize = sizeof(quint32);

} // namespace

QByteArray executorFrame(const QJsonObject &message)
{
    const QByteArray json = compactJson(message);
    QByteArray frame(headerSize, '\0');
    qToBigEndian(quint32(json.size()), frame.data());
    return frame + json;
}

Result<QList<QJsonObject>> ExecutorFrameReader::take(const QByteArray &bytes)
{
    m_buffer += bytes;
    QList<QJsonObject> messages;
    qsizetype begin = 0;
    while (m_buffer.size() - begin >= headerSize) {
        const qsizetype length = qFromBigEndian<quint32>(m_buffer.constData() + begin);
        if (length > longestExecutorFrame)
            return Error{u"a message of %1 is longer than any"_s.arg(formatBytes(length))};
        if (m_buffer.size() - begin < headerSize + length)
            break;
        auto message
            = parseJsonObject(m_buffer.mid(begin + headerSize, length),
                              u"a message between agent and executor"_s, longestExecutorFrame);
        if (!message)
            return message.error();
        messages << *message;
        begin += headerSize + length;
    }
    m_buffer.remove(0, begin);
    return messages;
}

} // namespace Treewarden
