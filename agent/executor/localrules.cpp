// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/localrules.h"

#include <QDebug>
#include <QFile>

#include <sys/stat.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

LocalRules::LocalRules(QString keysPath, QString policyPath)
    : m_keysPath(std::move(keysPath))
    , m_policyPath(std::move(policyPath))
{
}

LocalRules::Stamp LocalRules::stampOf(const QString &path)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {0, 0, 0, 0};
    return {status.st_dev, status.st_ino, quint64(status.st_size),
            qint64(status.st_ctim.tv_sec) * 1'000'000'000 + status.st_ctim.tv_nsec};
}

const Result<TrustedKeys> &LocalRules::keys()
{
    const Stamp stamp = stampOf(m_keysPath);
    if (stamp != m_keysStamp) {
        m_keysStamp = stamp;
        m_keys = TrustedKeys::read(m_keysPath);
        ++m_generation;
        if (!m_keys)
            qWarning().noquote() << m_keys.error().text + u"; every command is refused"_s;
        else
            qInfo().noquote() << u"%1: keys trusted: %2"_s.arg(m_keysPath).arg(m_keys->size());
    }
    return m_keys;
}

const Result<Policy> &LocalRules::policy()
{
    const Stamp stamp = stampOf(m_policyPath);
    if (stamp != m_policyStamp) {
        m_policyStamp = stamp;
        m_policy = Policy::read(m_policyPath);
        if (!m_policy)
            qWarning().noquote() << m_policy.error().text + u"; every command is refused"_s;
    }
    return m_policy;
}

quint64 LocalRules::keysGeneration()
{
    keys();
    return m_generation;
}

} // namespace Treewarden
