// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/sweeper.h"

#include "shared/core/textformat.h"
#include "shared/fleet/sweepscript.h"

#include <QCryptographicHash>

namespace Treewarden {

using namespace std::chrono_literals;

namespace {

const QByteArray &scriptDigest()
{
    static const QByteArray digest
        = QCryptographicHash::hash(QByteArrayView(sweepScript), QCryptographicHash::Sha1).toHex();
    return digest;
}

} // namespace

Sweeper::Sweeper(RedisConnection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
    m_timer.setInterval(1s);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Sweeper::sweep);
}

void Sweeper::start()
{
    m_timer.start();
    sweep();
}

void Sweeper::stop()
{
    m_timer.stop();
}

/// One sweep at a time, and none that would wait for a connection: what came late would only have
/// to hold.
void Sweeper::sweep()
{
    if (m_isRunning || !m_connection.isConnected())
        return;
    m_isRunning = true;
    m_connection.command(
        {"EVALSHA", scriptDigest(), "0"}, this,
        [this](const RedisReply &reply) {
            if (reply.value.isError() && reply.value.text.startsWith("NOSCRIPT"))
                sendScript();
            else
                take(reply);
        },
        RedisConnection::Queueing::Never);
}

/// A Redis that has just started does not know the script yet.
void Sweeper::sendScript()
{
    m_connection.command(
        {"EVAL", sweepScript, "0"}, this, [this](const RedisReply &reply) { take(reply); },
        RedisConnection::Queueing::Never);
}

void Sweeper::take(const RedisReply &reply)
{
    m_isRunning = false;
    if (!reply.isOk()) {
        if (!std::exchange(m_hasFailed, true))
            Q_EMIT failed(oneLine(reply.error));
        return;
    }
    m_hasFailed = false;
    QStringList ips;
    for (qsizetype i = 2; i < reply.value.elements.size(); ++i)
        ips << QString::fromUtf8(reply.value.elements[i].toBytes());
    if (!ips.isEmpty())
        Q_EMIT swept(ips, reply.value.elements[1].integer == 1);
}

} // namespace Treewarden
