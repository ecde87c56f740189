// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/passwords.h"

#include "console/settings/keyringstore.h"
#include "console/settings/passwordfile.h"

#include <QTimer>

namespace Treewarden {
using namespace Qt::StringLiterals;

Passwords::Passwords(std::unique_ptr<PasswordStore> keyring, std::unique_ptr<PasswordStore> file,
                     QObject *parent)
    : QObject(parent)
    , m_keyring(std::move(keyring))
    , m_file(std::move(file))
{
}

PasswordStore *Passwords::storeOf(PasswordKeeping keeping) const
{
    if (keeping == PasswordKeeping::Keyring)
        return m_keyring.get();
    return keeping == PasswordKeeping::File ? m_file.get() : nullptr;
}

void Passwords::read(const SiteProfile &site, QObject *context, const PasswordStore::Answer &answer)
{
    PasswordStore *store = storeOf(site.keeping);
    if (!store || m_known.contains(site.id)) {
        QTimer::singleShot(0, context,
                           [answer, password = m_known.value(site.id)] { answer(password); });
        return;
    }
    store->read(site.id, context, [this, id = site.id, answer](const Result<QString> &password) {
        if (password && !password->isEmpty())
            m_known.insert(id, *password);
        answer(password);
    });
}

void Passwords::keep(const SiteProfile &site, const QString &password, QObject *context,
                     const PasswordStore::Done &done)
{
    m_known.insert(site.id, password);
    if (PasswordStore *store = storeOf(site.keeping))
        store->write(site.id, password, context, done);
    else
        QTimer::singleShot(0, context, [done] { done({}); });
}

std::optional<QString> Passwords::known(const QString &id) const
{
    const auto found = m_known.constFind(id);
    return found == m_known.cend() ? std::nullopt : std::optional(*found);
}

void Passwords::forget(const SiteProfile &site)
{
    m_known.remove(site.id);
    clear(site);
}

void Passwords::clear(const SiteProfile &site)
{
    if (PasswordStore *store = storeOf(site.keeping))
        store->write(site.id, {}, this, [](const Result<void> &) {});
}

void Passwords::tryKeyring(QObject *context, const PasswordStore::Done &done)
{
    m_keyring->read(u"nothing"_s, context, [done](const Result<QString> &answer) {
        done(answer ? Result<void>() : Result<void>(answer.error()));
    });
}

std::unique_ptr<Passwords> systemPasswords(const QString &folder)
{
    return std::make_unique<Passwords>(
        std::make_unique<KeyringStore>(),
        std::make_unique<PasswordFile>(folder + u"/passwords.json"_s));
}

} // namespace Treewarden
