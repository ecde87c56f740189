// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/executorserver.h"

#include "agent/executor/listensocket.h"
#include "shared/core/steadyclock.h"

#include <QDebug>

#include <sys/socket.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

ExecutorServer::ExecutorServer(Executor &executor, int descriptor, QSet<uid_t> users,
                               QObject *parent)
    : QObject(parent)
    , m_executor(executor)
    , m_descriptor(descriptor)
    , m_users(std::move(users))
    , m_waiting(descriptor, QSocketNotifier::Read)
{
    connect(&m_waiting, &QSocketNotifier::activated, this, &ExecutorServer::accept);
    connect(&m_executor, &Executor::told, this, &ExecutorServer::tell);
}

ExecutorServer::~ExecutorServer()
{
    close();
    ::close(m_descriptor);
}

void ExecutorServer::close()
{
    m_waiting.setEnabled(false);
}

void ExecutorServer::accept()
{
    const int descriptor = ::accept4(m_descriptor, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (descriptor < 0)
        return;
    const auto user = peerUser(descriptor);
    QString why;
    if (!user)
        why = user.error().text;
    else if (!m_users.contains(*user))
        why = u"the user %1 may not: set [executor] agent_user if the agent runs as that one"_s.arg(
            *user);
    else if (m_peers.size() >= mostPeers)
        why = u"there are %1 connections already"_s.arg(m_peers.size());
    if (why.isEmpty())
        return welcome(descriptor);
    ::close(descriptor);
    if (m_complaints.take(steadyMilliseconds()))
        qWarning().noquote() << u"a connection was refused: %1"_s.arg(why);
}

void ExecutorServer::welcome(int descriptor)
{
    auto *peer = new PeerConnection(descriptor, this);
    m_peers << peer;
    connect(peer, &PeerConnection::frameRead, &m_executor, &Executor::handle);
    connect(peer, &PeerConnection::ended, this, [this, peer](const QString &why) {
        m_peers.removeOne(peer);
        m_greeted.remove(peer);
        peer->deleteLater();
        if (!why.isEmpty() && m_complaints.take(steadyMilliseconds()))
            qWarning().noquote() << u"an agent was dropped: %1"_s.arg(why);
    });
    peer->send(executorFrame({{u"type"_s, u"welcome"_s}, {u"version"_s, 1}}));
    m_executor.whenSafe([this, peer] {
        if (!m_peers.contains(peer))
            return;
        m_greeted << peer;
        for (const QJsonObject &frame : m_executor.untaken())
            peer->send(executorFrame(frame));
    });
}

/// Nobody hears an outcome before the earlier ones that were not taken: taking it takes them too.
void ExecutorServer::tell(const QJsonObject &frame)
{
    const QByteArray bytes = executorFrame(frame);
    // Whoever is dropped meanwhile leaves the list.
    for (PeerConnection *peer : QList(m_peers)) {
        if (m_greeted.contains(peer))
            peer->send(bytes);
    }
}

} // namespace Treewarden
