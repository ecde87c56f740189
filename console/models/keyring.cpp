// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/keyring.h"

#include <QThread>

namespace Treewarden {
using namespace std::chrono_literals;

KeyRing::KeyRing(QObject *parent)
    : QObject(parent)
{
    m_idle.setSingleShot(true);
    m_idle.setInterval(15min);
    connect(&m_idle, &QTimer::timeout, this, &KeyRing::lock);
}

KeyRing::~KeyRing()
{
    if (m_reader)
        m_reader->wait();
}

void KeyRing::setIdleTime(std::chrono::milliseconds time)
{
    m_idle.setInterval(time);
    if (time <= 0ms)
        m_idle.stop();
    else if (m_key)
        m_idle.start();
}

void KeyRing::unlock(const QString &path, const QByteArray &passphrase)
{
    if (m_reader)
        return;
    auto read = std::make_shared<std::optional<Result<SigningKey>>>();
    m_reader.reset(QThread::create([read, path, passphrase] {
        *read = SigningKey::read(
            path, [&](const QString &) -> std::optional<QByteArray> { return passphrase; });
    }));
    connect(m_reader.get(), &QThread::finished, this, [this, read] {
        m_reader->wait();
        m_reader.release()->deleteLater();
        take(**read);
    });
    m_reader->start();
}

void KeyRing::take(const Result<SigningKey> &key)
{
    if (!key) {
        Q_EMIT failed(key.error().text);
        return;
    }
    m_key = *key;
    use();
    Q_EMIT changed();
}

void KeyRing::lock()
{
    m_idle.stop();
    if (!m_key)
        return;
    m_key.reset();
    Q_EMIT changed();
}

const SigningKey *KeyRing::use()
{
    if (!m_key)
        return nullptr;
    if (m_idle.intervalAsDuration() > 0ms)
        m_idle.start();
    return &*m_key;
}

QString KeyRing::trustedLine() const
{
    return m_key ? QString::fromUtf8(m_key->trustedLine()).trimmed() : QString();
}

} // namespace Treewarden
