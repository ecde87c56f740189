// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/settings/passwords.h"

#include <QMap>
#include <QTimer>

namespace Treewarden {

/// A place for passwords that a test looks into; it answers at the next turn of the event loop, or
/// refuses.
class MemoryStore : public PasswordStore
{
public:
    void read(const QString &id, QObject *context, const Answer &answer) override
    {
        const Result<QString> found = trouble.isEmpty() ? Result<QString>(passwords.value(id))
                                                        : Result<QString>(Error{trouble});
        QTimer::singleShot(0, context, [answer, found] { answer(found); });
    }

    void write(const QString &id, const QString &password, QObject *context,
               const Done &done) override
    {
        if (trouble.isEmpty() && password.isEmpty())
            passwords.remove(id);
        else if (trouble.isEmpty())
            passwords.insert(id, password);
        const Result<void> written = trouble.isEmpty() ? Result<void>() : Error{trouble};
        QTimer::singleShot(0, context, [done, written] { done(written); });
    }

    QMap<QString, QString> passwords; ///< by id
    QString trouble; ///< refuses everything with this sentence
};

/// Passwords of a test: nothing of the desktop is touched.
struct MemoryPasswords
{
    MemoryPasswords()
    {
        auto first = std::make_unique<MemoryStore>(), second = std::make_unique<MemoryStore>();
        keyring = first.get();
        file = second.get();
        passwords = std::make_unique<Passwords>(std::move(first), std::move(second));
    }

    MemoryStore *keyring, *file;
    std::unique_ptr<Passwords> passwords;
};

} // namespace Treewarden
