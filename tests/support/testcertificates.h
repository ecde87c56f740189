// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QTemporaryDir>

namespace Treewarden {

/// A certificate authority of one test, and what it signs. Functions that fail say so with
/// qFatal().
class TestCertificates
{
public:
    struct Pair
    {
        QString certificate, key; ///< paths of PEM files
    };

    TestCertificates();

    QString authority() const { return m_folder.filePath(QStringLiteral("ca.crt")); }

    /// `names`: "IP:127.0.0.1,DNS:localhost".
    Pair issue(const QString &names, const QDateTime &from, const QDateTime &to);
    /// Valid for some days from yesterday.
    Pair issue(const QString &names, int days = 30);

private:
    void run(const QStringList &arguments) const;

    QTemporaryDir m_folder;
    int m_issued = 0;
};

} // namespace Treewarden
