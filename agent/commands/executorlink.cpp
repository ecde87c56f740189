// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/commands/executorlink.h"

#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QDebug>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds firstPause = 100ms, longestPause = 30s, welcomeWithin = 5s;

// What the agent reads in one go, and when it goes on: an executor that floods costs no round.
constexpr qint64 mostBytes = 16 * 1024;
constexpr auto readAgainAfter = 20ms;

// What an executor that does not read may leave unread.
constexpr qint64 mostUnread = 1 << 20;

constexpr QStringView howToStart
    = u"start it with: systemctl enable --now treewarden-executor.socket";

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

} // namespace

ExecutorLink::ExecutorLink(QString socketPath, QObject *parent)
    : QObject(parent)
    , m_path(std::move(socketPath))
    , m_trouble(u"no executor was found at %1: %2"_s.arg(m_path, howToStart))
{
    m_socket.setReadBufferSize(mostBytes);
    for (QTimer *timer : {&m_retry, &m_welcome, &m_readAgain})
        timer->setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &ExecutorLink::connectNow);
    connect(&m_readAgain, &QTimer::timeout, this, &ExecutorLink::read);
    connect(&m_welcome, &QTimer::timeout, this,
            [this] { retry(u"it does not answer: restart treewarden-executor"_s); });
    connect(&m_socket, &QLocalSocket::readyRead, this, [this] {
        if (!m_readAgain.isActive())
            read();
    });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] {
        const bool isThere = m_socket.error() != QLocalSocket::ServerNotFoundError
            && m_socket.error() != QLocalSocket::ConnectionRefusedError;
        retry(isThere ? m_socket.errorString() : howToStart.toString());
    });
    connect(&m_socket, &QLocalSocket::bytesWritten, this, &ExecutorLink::sendDue);
    connect(&m_socket, &QLocalSocket::disconnected, this,
            [this] { retry(u"it ended the connection"_s); });
}

ExecutorLink::~ExecutorLink()
{
    m_socket.disconnect(); // it tells its end, and there is nobody any more
}

void ExecutorLink::open()
{
    if (!m_path.isEmpty())
        m_retry.start(0);
}

void ExecutorLink::hurry()
{
    if (m_retry.isActive() && m_retry.remainingTime() > firstPause.count())
        m_retry.start(firstPause);
}

bool ExecutorLink::isReady() const
{
    return m_isWelcome && m_socket.bytesToWrite() < mostUnread && !m_isConfigurationDue
        && !m_isMaintenanceDue;
}

QString ExecutorLink::trouble() const
{
    if (m_isWelcome)
        return isReady()
            ? QString()
            : u"the executor does not take what it is told: restart treewarden-executor"_s;
    return m_trouble;
}

void ExecutorLink::connectNow()
{
    m_frames = {};
    // Connecting counts: where the queue is full it may never end.
    m_welcome.start(welcomeWithin);
    m_socket.connectToServer(m_path);
}

/// Whatever is wrong with the connection ends it; said once until it is another trouble.
void ExecutorLink::retry(const QString &why)
{
    if (m_retry.isActive())
        return;
    m_pause = std::clamp(m_pause * 2, firstPause, longestPause);
    m_retry.start(m_pause);
    m_welcome.stop();
    m_readAgain.stop();
    m_socket.abort();
    m_trouble = u"no executor answers at %1: %2"_s.arg(m_path, oneLine(why, 200));
    // Many servers have none.
    if (m_isWelcome && m_told != m_trouble)
        qInfo().noquote() << m_trouble;
    m_told = m_trouble;
    m_takenDue = 0; // those that are not taken come again
    if (std::exchange(m_isWelcome, false))
        Q_EMIT lost();
}

void ExecutorLink::read()
{
    const auto frames = m_frames.take(m_socket.read(mostBytes));
    if (!frames)
        return retry(
            u"it does not speak the agent's language (%1): install both of one version"_s.arg(
                frames.error().text));
    for (const QJsonObject &frame : *frames) {
        takeFrame(frame);
        if (m_retry.isActive())
            return;
    }
    if (m_socket.bytesAvailable() > 0)
        m_readAgain.start(readAgainAfter);
}

void ExecutorLink::takeFrame(const QJsonObject &frame)
{
    const QString type = frame.value(u"type").toString();
    if (type == u"welcome") {
        if (frame.value(u"version") != 1)
            return retry(
                u"it speaks another version of the protocol: install both of one version"_s);
        return begin();
    }
    if (!m_isWelcome)
        return retry(u"it speaks before it says welcome: install both of one version"_s);
    if (type == u"state")
        return takeState(frame);
    if (type == u"notice")
        Q_EMIT noticed(frame.value(u"details").toObject(), frame.value(u"entry").toString());
    else if (type == u"config")
        Q_EMIT configurationAnswered(jsonInteger(frame.value(u"version")).value_or(0),
                                     frame.value(u"accepted").toBool(),
                                     oneLine(frame.value(u"detail").toString()));
}

void ExecutorLink::takeState(const QJsonObject &frame)
{
    const auto parsed = parseUpdateMessage(compactJson(frame.value(u"message").toObject()));
    const auto *message = parsed && *parsed ? std::get_if<CommandMessage>(&**parsed) : nullptr;
    if (!message)
        return retry(u"it tells what is no state of a command: install both of one version"_s);
    const qint64 n = jsonInteger(frame.value(u"n")).value_or(0);
    CommandMessage told = *message;
    told.told.reset();
    told.detail = oneLine(told.detail);
    told.by = oneLine(told.by, 100);
    told.reason = oneLine(told.reason);
    Q_EMIT stateTold(told, isFinal(told.state) ? std::max<qint64>(n, 0) : 0,
                     frame.value(u"entry").toString());
}

void ExecutorLink::begin()
{
    m_welcome.stop();
    if (std::exchange(m_isWelcome, true))
        return;
    m_pause = {};
    m_told.clear();
    qInfo().noquote() << u"the executor at %1 is there"_s.arg(m_path);
    m_isConfigurationDue = !m_fields.isEmpty();
    m_isMaintenanceDue = true;
    m_isFull = true;
    sendDue();
}

/// What replaces what was said before waits while the executor does not read: only the newest
/// counts.
void ExecutorLink::sendDue()
{
    const auto hasRoom = [this] { return m_isWelcome && m_socket.bytesToWrite() < mostUnread; };
    if (hasRoom() && std::exchange(m_isConfigurationDue, false))
        send(configurationFrame());
    if (hasRoom() && std::exchange(m_isMaintenanceDue, false))
        send(maintenanceFrame());
    if (hasRoom() && m_takenDue > 0)
        send({{u"type"_s, u"taken"_s}, {u"n"_s, std::exchange(m_takenDue, 0)}});
    if (isReady() && std::exchange(m_isFull, false))
        Q_EMIT ready();
}

bool ExecutorLink::send(const QJsonObject &frame)
{
    const QByteArray bytes = executorFrame(frame);
    return m_socket.write(bytes) == bytes.size();
}

void ExecutorLink::setConfiguration(const QString &ip, const QHash<QByteArray, QByteArray> &fields)
{
    if (m_ip == ip && m_fields == fields)
        return;
    m_ip = ip;
    m_fields = fields;
    m_isConfigurationDue = m_isWelcome;
    sendDue();
}

QJsonObject ExecutorLink::configurationFrame() const
{
    QJsonObject fields;
    for (auto it = m_fields.cbegin(); it != m_fields.cend(); ++it)
        fields.insert(QString::fromUtf8(it.key()), base64(*it));
    return {{u"type"_s, u"config"_s}, {u"ip"_s, m_ip}, {u"fields"_s, fields}};
}

void ExecutorLink::tellRemoved(const QString &ip)
{
    if (m_isWelcome && send({{u"type"_s, u"removed"_s}, {u"ip"_s, ip}}))
        m_socket.flush();
}

void ExecutorLink::setMaintenance(const QString &ip, const QMap<QString, qint64> &scopes)
{
    if (m_maintenance == scopes)
        return;
    m_ip = ip;
    m_maintenance = scopes;
    m_isMaintenanceDue = m_isWelcome;
    sendDue();
}

QJsonObject ExecutorLink::maintenanceFrame() const
{
    QJsonObject scopes;
    for (auto it = m_maintenance.cbegin(); it != m_maintenance.cend(); ++it)
        scopes.insert(it.key(), *it);
    return {{u"type"_s, u"maintenance"_s}, {u"ip"_s, m_ip}, {u"scopes"_s, scopes}};
}

bool ExecutorLink::handOver(const CommandEntry &command, const StreamId &id)
{
    if (!isReady()) {
        m_isFull = true;
        return false;
    }
    return send({{u"type"_s, u"command"_s},
                 {u"entry"_s, QString::fromLatin1(id.text())},
                 {u"payload"_s, base64(command.payload)},
                 {u"key"_s, command.key},
                 {u"signature"_s, QString::fromLatin1(command.signature)}});
}

void ExecutorLink::take(qint64 n)
{
    m_takenDue = n;
    sendDue();
}

} // namespace Treewarden
