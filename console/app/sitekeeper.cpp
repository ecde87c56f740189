// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/sitekeeper.h"

#include "console/models/fleetdesk.h"
#include "console/models/sitelist.h"
#include "console/models/watchersource.h"
#include "console/settings/passwords.h"
#include "console/settings/sitebook.h"
#include "shared/core/textformat.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

SiteKeeper::SiteKeeper(SiteBook &book, Passwords &passwords, SiteList &sites)
    : m_book(book)
    , m_passwords(passwords)
    , m_sites(sites)
{
}

SiteKeeper::~SiteKeeper() = default;

void SiteKeeper::follow()
{
    QStringList ids;
    for (const SiteProfile &profile : m_book.sites())
        ids << profile.id;
    const QStringList watched = m_watched.keys();
    for (const QString &id : watched) {
        if (ids.contains(id))
            continue;
        m_watched.remove(id);
        m_sites.remove(id);
    }
    for (const SiteProfile &profile : m_book.sites())
        bring(profile);
    m_sites.setOrder(ids);
}

SiteKeeper::Watched &SiteKeeper::watchedOf(const SiteProfile &profile)
{
    Watched &watched = m_watched[profile.id];
    if (watched.source)
        return watched;
    auto source = std::make_unique<WatcherSource>();
    watched.source = source.get();
    watched.source->hold(profile.address, tr("Waiting for the password."));
    auto desk = std::make_unique<FleetDesk>(*source);
    m_sites.add(
        std::make_unique<Site>(profile.id, profile.name, std::move(source), std::move(desk)));
    return watched;
}

void SiteKeeper::bring(const SiteProfile &profile)
{
    Watched &watched = watchedOf(profile);
    m_sites.find(profile.id)->setName(profile.name);
    SiteProfile same = watched.profile;
    same.name = profile.name; // of no matter to Redis
    same.keeping = profile.keeping;
    const bool isWatched = watched.password && same == profile
        && m_passwords.known(profile.id).value_or(QString()) == *watched.password;
    watched.profile = profile;
    if (isWatched)
        return;
    if (profile.keeping == PasswordKeeping::None)
        watch(profile, {});
    else
        m_passwords.read(profile, this, [this, profile](const Result<QString> &password) {
            take(profile, password);
        });
}

void SiteKeeper::take(const SiteProfile &profile, const Result<QString> &password)
{
    const auto watched = m_watched.constFind(profile.id);
    if (watched == m_watched.cend() || watched->profile != profile)
        return; // it was changed meanwhile
    if (password && !password->isEmpty()) {
        watch(profile, *password);
        return;
    }
    QString why;
    if (!password)
        why = password.error().text;
    else if (profile.keeping != PasswordKeeping::Asked)
        why = tr("It is not where it should be kept.");
    watched->source->hold(profile.address, tr("Its password is not known yet. %1").arg(why));
    Q_EMIT passwordWanted(profile, why);
}

void SiteKeeper::watch(const SiteProfile &profile, const QString &password)
{
    Watched &watched = m_watched[profile.id];
    Result<RedisUrl> url = profile.url();
    if (!url) {
        watched.source->hold(profile.address, url.error().text);
        return;
    }
    url->password = password;
    watched.password = password;
    watched.source->watch(*url);
}

void SiteKeeper::watchForNow(const RedisUrl &url)
{
    auto source = std::make_unique<WatcherSource>();
    WatcherSource &watched = *source;
    auto desk = std::make_unique<FleetDesk>(*source);
    m_sites.add(std::make_unique<Site>(newSiteId(), QString(), std::move(source), std::move(desk)));
    watched.watch(url);
}

void SiteKeeper::tellPassword(const QString &id, const QString &password)
{
    m_passwords.remember(id, password);
    if (const auto watched = m_watched.constFind(id); watched != m_watched.cend())
        watch(watched->profile, password);
}

} // namespace Treewarden
