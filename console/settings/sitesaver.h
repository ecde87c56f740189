// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/settings/siteprofile.h"

#include <QObject>

#include <optional>

namespace Treewarden {

class Passwords;
class SiteBook;

/// A profile as somebody has filled it in.
struct SiteEntry
{
    SiteProfile site;
    std::optional<QString> password; ///< absent: as it was; empty: none
};

/// Saves profiles and their passwords: first each password to its place, then the book, so that
/// nothing is written down whose password could not be kept where it was wished.
class SiteSaver : public QObject
{
    Q_OBJECT
public:
    SiteSaver(SiteBook &book, Passwords &passwords, QObject *parent = nullptr);

    SiteBook &book() const { return m_book; }

    Passwords &passwords() const { return m_passwords; }

    /// All sites in their order; those that are missing are forgotten. While it works another call
    /// does nothing.
    void save(const QList<SiteEntry> &entries);

    bool isWorking() const { return m_isWorking; }

Q_SIGNALS:
    void saved();
    /// The password of a site could not be kept: why, a sentence. Nothing is saved.
    void failed(const QString &id, const QString &sentence);

private:
    SiteProfile before(const QString &id) const;
    void next();
    void keep(const SiteEntry &entry, const SiteProfile &old);
    void fail(const QString &id, const QString &sentence);
    void finish();

    SiteBook &m_book;
    Passwords &m_passwords;
    QList<SiteEntry> m_entries;
    qsizetype m_at = 0;
    bool m_isWorking = false;
};

} // namespace Treewarden
