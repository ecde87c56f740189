// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/settings/passwordstore.h"

#include <QMap>

namespace Treewarden {

/// Passwords in a file that only its owner can read (0600), for desktops without a keyring. A file
/// that others can read is neither believed nor added to.
class PasswordFile : public PasswordStore
{
    Q_OBJECT
public:
    explicit PasswordFile(const QString &path, QObject *parent = nullptr);

    const QString &path() const { return m_path; }

    void read(const QString &id, QObject *context, const Answer &answer) override;
    void write(const QString &id, const QString &password, QObject *context,
               const Done &done) override;

private:
    Result<QMap<QString, QString>> load() const;
    Result<void> save(const QMap<QString, QString> &passwords) const;
    Result<void> change(const QString &id, const QString &password) const;

    QString m_path;
};

} // namespace Treewarden
