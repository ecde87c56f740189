// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/sitebook.h"
#include "console/settings/sitesaver.h"
#include "tests/support/memorystore.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestSiteBook : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;

    void open(const QString &name)
    {
        m_settings = std::make_unique<QSettings>(m_folder.filePath(name), QSettings::IniFormat);
    }

    QByteArray written()
    {
        m_settings->sync();
        QFile file(m_settings->fileName());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static SiteProfile profile(const QString &name, const QString &address)
    {
        SiteProfile profile;
        profile.id = newSiteId();
        profile.name = name;
        profile.address = address;
        return profile;
    }

private Q_SLOTS:

    void remembersSitesInTheirOrder()
    {
        open(u"order"_s);
        SiteProfile shanghai = profile(u"Shanghai, 上海"_s, u"sentinel://a:1,b:2/master"_s);
        shanghai.user = u"viewer"_s;
        shanghai.keeping = PasswordKeeping::Keyring;
        const SiteProfile oslo = profile(u"Oslo"_s, u"redis://10.0.0.1:6379/0"_s);
        SiteBook(*m_settings).setSites({shanghai, oslo});
        m_settings->sync();
        open(u"order"_s);
        QCOMPARE(SiteBook(*m_settings).sites(), (QList{shanghai, oslo}));
        SiteBook(*m_settings).setSites({oslo});
        open(u"order"_s);
        QCOMPARE(SiteBook(*m_settings).sites(), QList{oslo});
    }

    void theOneConnectionOfEarlierVersionsBecomesASite()
    {
        open(u"old"_s);
        m_settings->setValue(u"redis/address"_s, u"rediss://10.0.0.1:6390/3"_s);
        m_settings->setValue(u"redis/user"_s, u"viewer"_s);
        m_settings->setValue(u"redis/ca_file"_s, u"/etc/ca.pem"_s);
        const QList<SiteProfile> sites = SiteBook(*m_settings).sites();
        QCOMPARE(sites.size(), 1);
        QCOMPARE(sites[0].address, u"rediss://10.0.0.1:6390/3"_s);
        QCOMPARE(sites[0].user, u"viewer"_s);
        QCOMPARE(sites[0].caFile, u"/etc/ca.pem"_s);
        QCOMPARE(sites[0].keeping, PasswordKeeping::Asked);
        QVERIFY(!m_settings->contains(u"redis/address"_s));
        QCOMPARE(SiteBook(*m_settings).sites(), sites); // once only
    }

    void rubbishIsNoSite()
    {
        open(u"rubbish"_s);
        m_settings->setValue(u"sites/size"_s, 2'000'000'000);
        m_settings->setValue(u"sites/1/address"_s, QString(1'000'000, u'a'));
        m_settings->setValue(u"sites/2/name"_s, u"without an address"_s);
        m_settings->setValue(u"sites/3/address"_s, u"redis://a"_s);
        m_settings->setValue(u"sites/3/id"_s, u"same"_s);
        m_settings->setValue(u"sites/4/address"_s, u"redis://b"_s);
        m_settings->setValue(u"sites/4/id"_s, u"same"_s);
        const QList<SiteProfile> sites = SiteBook(*m_settings).sites();
        QCOMPARE(sites.size(), 3);
        QVERIFY(sites[0].address.size() <= 2000);
        QVERIFY(sites[1].id != sites[2].id);
        QVERIFY(!sites[2].id.isEmpty());
    }

    void aPasswordIsNeverInThePreferences()
    {
        open(u"password"_s);
        SiteBook book(*m_settings);
        MemoryPasswords memory;
        SiteSaver saver(book, *memory.passwords);
        QSignalSpy saved(&saver, &SiteSaver::saved);
        SiteProfile site = profile({}, u"redis://10.0.0.1"_s);
        for (const PasswordKeeping keeping :
             {PasswordKeeping::Keyring, PasswordKeeping::File, PasswordKeeping::Asked}) {
            site.keeping = keeping;
            saver.save({{site, u"top-secret"_s}});
            QVERIFY(saved.wait());
            QVERIFY(written().contains("10.0.0.1"));
            QVERIFY(!written().contains("top-secret"));
        }
    }

    void aPasswordMovesWithItsKeeping()
    {
        open(u"moves"_s);
        SiteBook book(*m_settings);
        MemoryPasswords memory;
        SiteSaver saver(book, *memory.passwords);
        QSignalSpy saved(&saver, &SiteSaver::saved);
        SiteProfile site = profile({}, u"redis://10.0.0.1"_s);
        site.keeping = PasswordKeeping::Keyring;
        saver.save({{site, u"s3cret"_s}});
        QVERIFY(saved.wait());
        QCOMPARE(memory.keyring->passwords.value(site.id), u"s3cret"_s);
        site.keeping = PasswordKeeping::File;
        saver.save({{site, {}}}); // nobody types it again
        QVERIFY(saved.wait());
        QCOMPARE(memory.file->passwords.value(site.id), u"s3cret"_s);
        QVERIFY(memory.keyring->passwords.isEmpty());
        site.keeping = PasswordKeeping::Asked;
        saver.save({{site, {}}});
        QVERIFY(saved.wait());
        QVERIFY(memory.file->passwords.isEmpty());
        QCOMPARE(memory.passwords->known(site.id), u"s3cret"_s); // for this run
    }

    void aRemovedSiteTakesItsPasswordAlong()
    {
        open(u"removed"_s);
        SiteBook book(*m_settings);
        MemoryPasswords memory;
        SiteSaver saver(book, *memory.passwords);
        QSignalSpy saved(&saver, &SiteSaver::saved);
        SiteProfile site = profile({}, u"redis://10.0.0.1"_s);
        site.keeping = PasswordKeeping::Keyring;
        saver.save({{site, u"s3cret"_s}});
        QVERIFY(saved.wait());
        saver.save({});
        QCOMPARE(saved.size(), 2);
        QVERIFY(memory.keyring->passwords.isEmpty());
        QVERIFY(!memory.passwords->known(site.id));
        QVERIFY(book.sites().isEmpty());
    }

    void nothingIsSavedWhoseKeyringRefuses()
    {
        open(u"refused"_s);
        SiteBook book(*m_settings);
        MemoryPasswords memory;
        memory.keyring->trouble = u"The keyring was not unlocked."_s;
        SiteSaver saver(book, *memory.passwords);
        QSignalSpy saved(&saver, &SiteSaver::saved), failed(&saver, &SiteSaver::failed);
        SiteProfile site = profile({}, u"redis://10.0.0.1"_s);
        site.keeping = PasswordKeeping::Keyring;
        saver.save({{site, u"s3cret"_s}});
        QVERIFY(failed.wait());
        QCOMPARE(failed[0][0].toString(), site.id);
        QCOMPARE(failed[0][1].toString(), u"The keyring was not unlocked."_s);
        QVERIFY(saved.isEmpty());
        QVERIFY(book.sites().isEmpty());
        QVERIFY(memory.file->passwords.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSiteBook)
#include "tst_sitebook.moc"
