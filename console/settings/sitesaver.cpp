// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/sitesaver.h"

#include "console/settings/passwords.h"
#include "console/settings/sitebook.h"

namespace Treewarden {

SiteSaver::SiteSaver(SiteBook &book, Passwords &passwords, QObject *parent)
    : QObject(parent)
    , m_book(book)
    , m_passwords(passwords)
{
}

void SiteSaver::save(const QList<SiteEntry> &entries)
{
    if (m_isWorking)
        return;
    m_isWorking = true;
    m_entries = entries;
    m_at = 0;
    next();
}

SiteProfile SiteSaver::before(const QString &id) const
{
    for (const SiteProfile &site : m_book.sites()) {
        if (site.id == id)
            return site;
    }
    return {};
}

void SiteSaver::next()
{
    if (m_at == m_entries.size()) {
        finish();
        return;
    }
    const SiteEntry entry = m_entries.at(m_at);
    const SiteProfile old = before(entry.site.id);
    const bool isMoved = entry.site.keeping != old.keeping;
    if (entry.password || !isMoved || entry.site.keeping == PasswordKeeping::None) {
        keep(entry, old);
        return;
    }
    m_passwords.read(old, this, [this, entry, old](const Result<QString> &password) {
        if (!password) {
            fail(entry.site.id, password.error().text);
            return;
        }
        keep({entry.site, *password}, old);
    });
}

void SiteSaver::keep(const SiteEntry &entry, const SiteProfile &old)
{
    const bool isMoved = entry.site.keeping != old.keeping && !old.id.isEmpty();
    const auto goOn = [this, isMoved, old] {
        if (isMoved)
            m_passwords.clear(old);
        ++m_at;
        next();
    };
    if (entry.site.keeping == PasswordKeeping::None)
        m_passwords.forget(entry.site);
    if (!entry.password || entry.site.keeping == PasswordKeeping::None) {
        goOn();
        return;
    }
    m_passwords.keep(entry.site, *entry.password, this,
                     [this, id = entry.site.id, goOn](const Result<void> &kept) {
                         if (kept)
                             goOn();
                         else
                             fail(id, kept.error().text);
                     });
}

void SiteSaver::fail(const QString &id, const QString &sentence)
{
    m_isWorking = false;
    Q_EMIT failed(id, sentence);
}

void SiteSaver::finish()
{
    QList<SiteProfile> sites;
    QStringList ids;
    for (const SiteEntry &entry : std::as_const(m_entries)) {
        sites << entry.site;
        ids << entry.site.id;
    }
    for (const SiteProfile &site : m_book.sites()) {
        if (!ids.contains(site.id))
            m_passwords.forget(site);
    }
    m_book.setSites(sites);
    m_entries.clear();
    m_isWorking = false;
    Q_EMIT saved();
}

} // namespace Treewarden
