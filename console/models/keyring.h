// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/trust/signingkey.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

class QThread;

namespace Treewarden {

/// The administrator's signing key while it is unlocked. It lies in memory only and is forgotten
/// when it has not been used for a while.
class KeyRing : public QObject
{
    Q_OBJECT
public:
    explicit KeyRing(QObject *parent = nullptr);
    ~KeyRing() override;

    /// How long an unused key stays; 0: until lock().
    void setIdleTime(std::chrono::milliseconds time);

    /// Reads the key of a file beside the event loop, for a passphrase takes its time. changed() or
    /// failed() follows; while it works another call does nothing.
    void unlock(const QString &path, const QByteArray &passphrase);
    void lock();

    bool isUnlocked() const { return m_key.has_value(); }

    /// What people call the key; empty while locked.
    QString name() const { return m_key ? m_key->name() : QString(); }

    /// The key for one more use; nullptr while locked. From here its time begins anew.
    const SigningKey *use();

    /// The line that a server needs to trust the key; empty while locked.
    QString trustedLine() const;

Q_SIGNALS:
    /// Unlocked, or locked.
    void changed();
    /// It was not unlocked: why, a sentence.
    void failed(const QString &sentence);

private:
    void take(const Result<SigningKey> &key);

    std::optional<SigningKey> m_key;
    std::unique_ptr<QThread> m_reader;
    QTimer m_idle;
};

} // namespace Treewarden
