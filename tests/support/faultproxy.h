// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisurl.h"

#include <QTcpServer>

QT_BEGIN_NAMESPACE
class QLocalSocket;
class QTcpSocket;
QT_END_NAMESPACE

namespace Treewarden {

/// A TCP server in front of a Unix socket that does to the bytes what bad networks do. It runs in
/// the test's own event loop. A fault may be set at any time; it holds for connections that stand
/// and those to come.
class FaultProxy : public QObject
{
    Q_OBJECT
public:
    explicit FaultProxy(const QString &upstreamPath);

    RedisUrl url() const;

    void setBlackHole(bool on) { m_isBlackHole = on; } ///< takes everything, passes nothing on

    void setOneByteAtATime(bool on)
    {
        m_isTrickling = on;
    } ///< answers come in single segments of one byte

    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; } ///< of answers

    /// Each connection is closed after so many bytes of answers; -1 never.
    void setCutAfter(qint64 bytes) { m_cutAfter = bytes; }

    void setReset(bool on) { m_isResetting = on; } ///< a cut is an RST

    void setRefusing(bool on); ///< nobody listens
    /// Ends all connections now.
    void cutAll();

    int connections() const { return m_connections; } ///< accepted so far

private:
    struct Pair;
    void accept();
    void answer(const std::shared_ptr<Pair> &pair, QByteArray bytes);
    void cut(const std::shared_ptr<Pair> &pair);

    QString m_upstreamPath;
    QTcpServer m_server;
    quint16 m_port = 0;
    QList<std::weak_ptr<Pair>> m_pairs;
    bool m_isBlackHole = false;
    bool m_isTrickling = false;
    bool m_isResetting = false;
    qint64 m_cutAfter = -1;
    std::chrono::milliseconds m_delay{0};
    int m_connections = 0;
};

} // namespace Treewarden
