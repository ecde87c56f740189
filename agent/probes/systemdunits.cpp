// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/systemdunits.h"

#include "agent/probes/probe.h"
#include "shared/core/busaddress.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <dlfcn.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QString moduleFile()
{
    return QCoreApplication::applicationDirPath() + u"/../lib/treewarden/treewarden-systemd.so"_s;
}

} // namespace

std::shared_ptr<SystemdUnits> makeSystemdUnits()
{
    return std::make_shared<SystemdUnits>();
}

SystemdUnits::SystemdUnits(const QString &address)
    : m_address(address.isEmpty() ? systemBusAddress() : address)
{
}

SystemdUnits::~SystemdUnits() = default;

Result<SystemdClient *> SystemdUnits::client()
{
    if (m_client)
        return m_client.get();
    void *module = dlopen(QFile::encodeName(moduleFile()).constData(), RTLD_NOW | RTLD_LOCAL);
    void *found = module ? dlsym(module, systemdClientFactory) : nullptr;
    if (!found) {
        return Error{u"the module that talks to systemd cannot be loaded (%1): install it with the "
                     "agent"_s.arg(QString::fromLocal8Bit(dlerror()))};
    }
    m_client.reset(reinterpret_cast<SystemdClientFactory>(found)(m_address));
    m_client->unitChanged = [this](const QString &path) { Q_EMIT unitChanged(path); };
    return m_client.get();
}

QString SystemdUnits::obstacle() const
{
    const QString prefix = u"unix:path="_s;
    const QString path = m_address.startsWith(prefix)
        ? m_address.sliced(prefix.size()).section(u',', 0, 0)
        : QString();
    if (path.isEmpty() || access(QFile::encodeName(path).constData(), R_OK | W_OK) == 0)
        return {};
    return u"there is no system bus at %1 for this user: %2"_s.arg(
        path, QString::fromLocal8Bit(std::strerror(errno)));
}

} // namespace Treewarden
