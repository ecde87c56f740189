// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/sitebook.h"

#include <QSet>
#include <QSettings>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestText = 2000;
const QString arrayName = u"sites"_s;

struct ProfileField
{
    QString key;
    QString SiteProfile::*member;
};

const QList<ProfileField> &profileFields()
{
    static const QList<ProfileField> fields{
        {u"id"_s, &SiteProfile::id},
        {u"name"_s, &SiteProfile::name},
        {u"address"_s, &SiteProfile::address},
        {u"user"_s, &SiteProfile::user},
        {u"ca_file"_s, &SiteProfile::caFile},
        {u"certificate_file"_s, &SiteProfile::certificateFile},
        {u"key_file"_s, &SiteProfile::keyFile},
    };
    return fields;
}

/// QSettings splits a value of a file that was written by hand at its commas.
QString textOf(const QSettings &settings, const QString &key)
{
    const QVariant value = settings.value(key);
    const QString text = value.typeId() == QMetaType::QStringList ? value.toStringList().join(u',')
                                                                  : value.toString();
    return text.left(longestText);
}

} // namespace

SiteBook::SiteBook(QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_sites(read())
{
    if (m_sites.isEmpty())
        migrate();
}

QList<SiteProfile> SiteBook::read() const
{
    QList<SiteProfile> sites;
    QSet<QString> ids;
    const int count = m_settings.beginReadArray(arrayName);
    for (int i = 0; i < qMin(count, int(mostSites)); ++i) {
        m_settings.setArrayIndex(i);
        SiteProfile site;
        for (const ProfileField &field : profileFields())
            site.*field.member = textOf(m_settings, field.key);
        site.keeping = keepingOf(textOf(m_settings, u"password"_s));
        if (site.id.isEmpty() || ids.contains(site.id))
            site.id = newSiteId();
        ids.insert(site.id);
        if (!site.address.isEmpty())
            sites << site;
    }
    m_settings.endArray();
    return sites;
}

/// Earlier versions knew one Redis, and asked for its password at every start.
void SiteBook::migrate()
{
    SiteProfile site;
    site.address = textOf(m_settings, u"redis/address"_s);
    if (site.address.isEmpty())
        return;
    site.id = newSiteId();
    site.user = textOf(m_settings, u"redis/user"_s);
    site.caFile = textOf(m_settings, u"redis/ca_file"_s);
    site.certificateFile = textOf(m_settings, u"redis/certificate_file"_s);
    site.keyFile = textOf(m_settings, u"redis/key_file"_s);
    site.keeping = site.user.isEmpty() ? PasswordKeeping::None : PasswordKeeping::Asked;
    m_sites = {site};
    write();
    m_settings.remove(u"redis"_s);
}

void SiteBook::setSites(const QList<SiteProfile> &sites)
{
    const QList<SiteProfile> kept = sites.first(qMin(sites.size(), mostSites));
    if (kept == m_sites)
        return;
    m_sites = kept;
    write();
    Q_EMIT changed();
}

void SiteBook::write() const
{
    m_settings.remove(arrayName);
    m_settings.beginWriteArray(arrayName, int(m_sites.size()));
    for (int i = 0; i < int(m_sites.size()); ++i) {
        m_settings.setArrayIndex(i);
        for (const ProfileField &field : profileFields()) {
            if (!(m_sites[i].*field.member).isEmpty())
                m_settings.setValue(field.key, m_sites[i].*field.member);
        }
        m_settings.setValue(u"password"_s, keepingWord(m_sites[i].keeping));
    }
    m_settings.endArray();
}

} // namespace Treewarden
