// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/addressmonitor.h"

#include <QDebug>

#include <utility>

namespace Treewarden {

using namespace Qt::StringLiterals;

AddressMonitor::AddressMonitor(QString ip, Read read, QObject *parent)
    : QObject(parent)
    , m_ip(std::move(ip))
    , m_read(std::move(read))
    , m_addresses(m_read())
    , m_hasEnrolled(m_addresses.contains(m_ip))
    , m_wasEnrolledHere(m_hasEnrolled)
{
    connect(&m_watch, &AddressWatch::changed, this, &AddressMonitor::look);
    if (!m_watch.error().isEmpty())
        qWarning().noquote() << u"the kernel does not tell when addresses change (%1): they are "
                                u"read with the server's other facts"_s.arg(m_watch.error());
}

void AddressMonitor::look()
{
    const HostAddresses now = m_read();
    if (now == m_addresses)
        return;
    m_addresses = now;
    const bool hasEnrolled = now.contains(m_ip);
    if (!m_wasEnrolledHere || std::exchange(m_hasEnrolled, hasEnrolled) == hasEnrolled)
        return Q_EMIT changed(addresses(), std::nullopt, {});
    const QString reason = hasEnrolled
        ? u"the enrolled address %1 is on this host again"_s.arg(m_ip)
        : u"the enrolled address %1 left this host, which goes on reporting under it: give the "
          u"address back, or enrol the server under another"_s.arg(m_ip);
    if (hasEnrolled)
        qInfo().noquote() << reason;
    else
        qCritical().noquote() << reason;
    Q_EMIT changed(addresses(), hasEnrolled, reason);
}

} // namespace Treewarden
