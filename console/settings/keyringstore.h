// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/settings/passwordstore.h"

#include <chrono>

namespace QKeychain {
class Job;
}

namespace Treewarden {

/// The desktop's secret service, through QtKeychain. Whether there is one only shows when it is
/// asked.
class KeyringStore : public PasswordStore
{
    Q_OBJECT
public:
    /// Longer than `patience` nobody waits: the person may not be there to unlock it.
    explicit KeyringStore(std::chrono::milliseconds patience = std::chrono::seconds(60),
                          QObject *parent = nullptr);

    void read(const QString &id, QObject *context, const Answer &answer) override;
    void write(const QString &id, const QString &password, QObject *context,
               const Done &done) override;

private:
    void run(QKeychain::Job *job, const QString &id, QObject *context,
             std::function<void(const Result<void> &)> ended);

    std::chrono::milliseconds m_patience;
};

} // namespace Treewarden
