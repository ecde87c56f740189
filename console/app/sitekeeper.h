// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/settings/siteprofile.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace Treewarden {

class Passwords;
class Site;
class SiteBook;
class SiteList;
class WatcherSource;

/// Keeps the list of watched sites in line with the book of profiles, and gets each its password.
class SiteKeeper : public QObject
{
    Q_OBJECT
public:
    SiteKeeper(SiteBook &book, Passwords &passwords, SiteList &sites);
    ~SiteKeeper() override;

    /// Watches what the book names: new ones are added, others removed, changed ones watched anew.
    void follow();

    /// Watches this one for the present run, whatever the book says.
    void watchForNow(const RedisUrl &url);

    /// The password that was wished for. It is not written down anywhere.
    void tellPassword(const QString &id, const QString &password);

Q_SIGNALS:
    /// A site waits for its password; `why` it is asked for is a sentence, or empty.
    void passwordWanted(const Treewarden::SiteProfile &site, const QString &why);

private:
    struct Watched
    {
        WatcherSource *source = nullptr;
        SiteProfile profile;
        std::optional<QString> password; ///< that it is watched with
    };

    Watched &watchedOf(const SiteProfile &profile);
    void bring(const SiteProfile &profile);
    void take(const SiteProfile &profile, const Result<QString> &password);
    void watch(const SiteProfile &profile, const QString &password);

    SiteBook &m_book;
    Passwords &m_passwords;
    SiteList &m_sites;
    QHash<QString, Watched> m_watched; ///< by id
};

} // namespace Treewarden
