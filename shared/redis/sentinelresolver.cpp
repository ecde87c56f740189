// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/sentinelresolver.h"

#include "shared/core/textformat.h"
#include "shared/redis/redissocket.h"
#include "shared/redis/redistext.h"
#include "shared/redis/respencoder.h"

#include <QPointer>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

const QByteArray switchChannel = QByteArrayLiteral("+switch-master");

} // namespace

SentinelResolver::SentinelResolver(RedisUrl url, QObject *parent)
    : QObject(parent)
    , m_url(std::move(url))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { giveUp(tr("no answer")); });
}

SentinelResolver::~SentinelResolver()
{
    dropSocket();
}

void SentinelResolver::resolve(std::chrono::milliseconds patience)
{
    m_patience = patience;
    m_asked = 0;
    m_reason.clear();
    askNext();
}

void SentinelResolver::distrust()
{
    m_next = (m_next + 1) % m_url.sentinels.size();
}

void SentinelResolver::askNext()
{
    dropSocket();
    if (m_asked == m_url.sentinels.size()) {
        m_stage = Stage::Idle;
        return Q_EMIT failed(m_reason);
    }
    ++m_asked;
    RedisUrl sentinel = m_url;
    const RedisUrl::Sentinel &one = m_url.sentinels.at(m_next);
    sentinel.host = one.host;
    sentinel.port = one.port;
    m_stage = Stage::Asking;
    m_hasLoggedIn = false;
    m_decoder = std::make_unique<RespDecoder>();
    m_socket = new RedisSocket(sentinel, this);
    connect(m_socket, &RedisSocket::opened, this, &SentinelResolver::ask);
    connect(m_socket, &RedisSocket::readyRead, this, &SentinelResolver::read);
    connect(m_socket, &RedisSocket::failed, this,
            [this](const QString &reason) { giveUp(reason); });
    m_timer.start(m_patience);
    m_socket->open();
}

void SentinelResolver::ask()
{
    QByteArray bytes;
    appendCommand(bytes, {"SENTINEL", "get-master-addr-by-name", m_url.master.toUtf8()});
    m_socket->write(bytes);
}

void SentinelResolver::read()
{
    const quint64 generation = m_generation;
    char chunk[RespDecoder::chunkBytes];
    RedisValue value;
    for (qint64 size; (size = m_socket->read(chunk, sizeof chunk)) > 0;) {
        m_decoder->feed({chunk, size});
        while (m_decoder->next(value)) {
            takeValue(value);
            if (generation != m_generation)
                return;
        }
        if (!m_decoder->error().isEmpty())
            return giveUp(m_decoder->error());
    }
}

void SentinelResolver::takeValue(const RedisValue &value)
{
    if (m_stage == Stage::Asking)
        return takeAddress(value);
    // "message", the channel, "name old-host old-port new-host new-port"
    const QList<QByteArray> words = value.toList();
    if (m_stage == Stage::Listening && words.size() == 3 && words.at(1) == switchChannel
        && words.at(2).startsWith(m_url.master.toUtf8() + ' '))
        Q_EMIT switched();
}

void SentinelResolver::takeAddress(const RedisValue &value)
{
    QByteArray bytes;
    if (value.text.startsWith("NOAUTH") && !m_url.password.isEmpty() && !m_hasLoggedIn) {
        m_hasLoggedIn = true;
        QList<QByteArray> words{"AUTH"};
        if (!m_url.user.isEmpty())
            words << m_url.user.toUtf8();
        words << m_url.password.toUtf8();
        appendCommand(bytes, words);
        m_socket->write(bytes);
        return ask();
    }
    if (m_hasLoggedIn && value.type == RedisValue::Type::Status)
        return; // the answer to AUTH
    if (value.isError())
        return giveUp(explainRedisError(value.text, m_url.password));
    const QList<QByteArray> address = value.toList();
    if (address.isEmpty())
        return giveUp(tr("it knows no master '%1'").arg(m_url.master));
    RedisUrl master = m_url;
    master.sentinels.clear();
    master.master.clear();
    master.host = QString::fromUtf8(address.first().left(255));
    master.port = address.value(1).toUShort();
    if (master.host.isEmpty() || master.port == 0)
        return giveUp(tr("it answers rubbish"));
    m_timer.stop();
    m_stage = Stage::Listening;
    appendCommand(bytes, {"SUBSCRIBE", switchChannel});
    m_socket->write(bytes);
    Q_EMIT resolved(master);
}

void SentinelResolver::giveUp(const QString &reason)
{
    const bool wasAsking = m_stage == Stage::Asking;
    const RedisUrl::Sentinel &one = m_url.sentinels.at(m_next);
    m_reason = tr("the Sentinel at %1:%2: %3")
                   .arg(oneLine(one.host, 255), QString::number(one.port), oneLine(reason));
    distrust();
    if (wasAsking)
        return askNext();
    // It only told the news: the master is still the one that it named.
    dropSocket();
    m_stage = Stage::Idle;
}

void SentinelResolver::dropSocket()
{
    ++m_generation;
    m_timer.stop();
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->deleteLater();
    m_socket = nullptr;
}

} // namespace Treewarden
