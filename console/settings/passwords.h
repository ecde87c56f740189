// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/settings/passwordstore.h"
#include "console/settings/siteprofile.h"

#include <QHash>

#include <memory>

namespace Treewarden {

/// The passwords of the sites, wherever each of them lies. In memory too while the console runs.
class Passwords : public QObject
{
    Q_OBJECT
public:
    Passwords(std::unique_ptr<PasswordStore> keyring, std::unique_ptr<PasswordStore> file,
              QObject *parent = nullptr);

    /// The password of a site; empty when it has none or nobody has told it yet.
    void read(const SiteProfile &site, QObject *context, const PasswordStore::Answer &answer);

    /// Puts it where the profile wants it. When that place refuses, it lies nowhere but in memory.
    void keep(const SiteProfile &site, const QString &password, QObject *context,
              const PasswordStore::Done &done);

    /// For this run only.
    void remember(const QString &id, const QString &password) { m_known.insert(id, password); }

    /// What is known without asking anybody.
    std::optional<QString> known(const QString &id) const;

    /// Takes it away from where it lies, and keeps it in memory.
    void clear(const SiteProfile &site);
    /// The site is gone: takes it away from everywhere.
    void forget(const SiteProfile &site);

    /// Whether the keyring works at all, without opening or changing anything of the sites.
    void tryKeyring(QObject *context, const PasswordStore::Done &done);

private:
    PasswordStore *storeOf(PasswordKeeping keeping) const;

    std::unique_ptr<PasswordStore> m_keyring, m_file;
    QHash<QString, QString> m_known;
};

/// The stores of the program: the desktop's keyring, and `folder`/passwords.json.
std::unique_ptr<Passwords> systemPasswords(const QString &folder);

} // namespace Treewarden
