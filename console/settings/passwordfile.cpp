// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/passwordfile.h"

#include "shared/core/json.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QTimer>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr QFileDevice::Permissions onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QFileDevice::Permissions anybodyElse = QFileDevice::ReadGroup | QFileDevice::WriteGroup
    | QFileDevice::ReadOther | QFileDevice::WriteOther;

} // namespace

PasswordFile::PasswordFile(const QString &path, QObject *parent)
    : PasswordStore(parent)
    , m_path(path)
{
}

void PasswordFile::read(const QString &id, QObject *context, const Answer &answer)
{
    const auto passwords = load();
    const Result<QString> found
        = passwords ? Result<QString>(passwords->value(id)) : Result<QString>(passwords.error());
    QTimer::singleShot(0, context, [answer, found] { answer(found); });
}

void PasswordFile::write(const QString &id, const QString &password, QObject *context,
                         const Done &done)
{
    const Result<void> changed = change(id, password);
    QTimer::singleShot(0, context, [done, changed] { done(changed); });
}

Result<void> PasswordFile::change(const QString &id, const QString &password) const
{
    auto passwords = load();
    if (!passwords)
        return passwords.error();
    if (passwords->value(id) == password)
        return {};
    if (password.isEmpty())
        passwords->remove(id);
    else
        passwords->insert(id, password);
    return save(*passwords);
}

Result<QMap<QString, QString>> PasswordFile::load() const
{
    QFile file(m_path);
    if (!file.exists())
        return QMap<QString, QString>();
    if (!file.open(QIODevice::ReadOnly))
        return Error{tr("Cannot read the passwords in %1: %2.").arg(m_path, file.errorString())};
    if (file.permissions() & anybodyElse)
        return Error{tr("Others can read the passwords in %1: change them, then run chmod 600 %1")
                         .arg(m_path)};
    const auto json = parseJsonObject(file.readAll(), m_path);
    if (!json)
        return json.error();
    QMap<QString, QString> passwords;
    for (auto entry = json->begin(); entry != json->end(); ++entry)
        passwords.insert(entry.key(), entry->toString());
    return passwords;
}

Result<void> PasswordFile::save(const QMap<QString, QString> &passwords) const
{
    QDir().mkpath(QFileInfo(m_path).path());
    QJsonObject json;
    for (auto entry = passwords.begin(); entry != passwords.end(); ++entry)
        json.insert(entry.key(), entry.value());
    QSaveFile file(m_path);
    // The rights come before the first byte.
    const bool isSaved = file.open(QIODevice::WriteOnly) && file.setPermissions(onlyOwner)
        && file.write(compactJson(json) + '\n') > 0 && file.commit();
    if (!isSaved)
        return Error{tr("Cannot write the passwords to %1: %2.").arg(m_path, file.errorString())};
    return {};
}

} // namespace Treewarden
