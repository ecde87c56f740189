// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/connectionform.h"
#include "console/dialogs/firststart.h"
#include "console/dialogs/sitesdialog.h"
#include "console/settings/sitebook.h"
#include "tests/support/freeport.h"
#include "tests/support/memorystore.h"
#include "tests/support/redisserver.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestSitesDialog : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<SiteBook> m_book;
    MemoryPasswords m_memory;
    std::unique_ptr<SiteSaver> m_saver;
    std::unique_ptr<SitesDialog> m_dialog;

    SiteProfile first() const { return m_book->sites().value(0); }

    void type(const QString &field, const QString &text)
    {
        auto *edit = m_dialog->findChild<QLineEdit *>(field);
        QVERIFY(edit);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

    void click(const QString &button)
    {
        QTest::mouseClick(m_dialog->findChild<QPushButton *>(button), Qt::LeftButton);
    }

    QString message() { return m_dialog->findChild<QLabel *>(u"message"_s)->text(); }

private Q_SLOTS:

    void init()
    {
        static int count = 0;
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QString::number(++count)),
                                                 QSettings::IniFormat);
        m_book = std::make_unique<SiteBook>(*m_settings);
        m_memory = MemoryPasswords();
        m_saver = std::make_unique<SiteSaver>(*m_book, *m_memory.passwords);
        m_dialog = std::make_unique<SitesDialog>(*m_saver);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }

    void theTestFindsARedis()
    {
        RedisServer redis;
        redis.call({"HSET", "servers:alive", "10.0.0.1", "1", "10.0.0.2", "0"});
        type(u"address"_s, redis.urlText());
        click(u"test"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(message().contains(u"It works"_s), qPrintable(message()), 15'000);
        QVERIFY2(message().contains(u"2 servers enrolled"_s), qPrintable(message()));
    }

    void theTestSaysThatNobodyListens()
    {
        type(u"address"_s, u"127.0.0.1:%1"_s.arg(freePort()));
        click(u"test"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(message().contains(u"nothing listens"_s), qPrintable(message()),
                                  15'000);
    }

    void theTestSaysThatThePasswordIsWrong()
    {
        RedisServer redis({.listen = RedisServer::Listen::Tcp, .password = "secret"});
        type(u"address"_s, u"redis://127.0.0.1:%1"_s.arg(redis.port()));
        type(u"password"_s, u"wrong-one"_s);
        click(u"test"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(message().contains(u"password"_s, Qt::CaseInsensitive),
                                  qPrintable(message()), 15'000);
        QVERIFY(!message().contains(u"wrong-one"_s));
        type(u"password"_s, u"secret"_s);
        click(u"test"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(message().contains(u"It works"_s), qPrintable(message()), 15'000);
    }

    void theTestSaysThatItIsNoRedis()
    {
        QTcpServer impostor;
        QVERIFY(impostor.listen(QHostAddress::LocalHost));
        connect(&impostor, &QTcpServer::newConnection, &impostor, [&impostor] {
            impostor.nextPendingConnection()->write("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
        });
        type(u"address"_s, u"127.0.0.1:%1"_s.arg(impostor.serverPort()));
        click(u"test"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(!message().startsWith(u"Connecting"_s) && !message().isEmpty(),
                                  qPrintable(message()), 15'000);
        QVERIFY2(!message().contains(u"It works"_s), qPrintable(message()));
    }

    void anAddressThatIsNoneIsExplained_data()
    {
        QTest::addColumn<QString>("address");
        for (const char *address :
             {"", "http://example.org", "redis://host:99999", "redis://host/notanumber", "unix://"})
            QTest::newRow(*address ? address : "empty") << QString::fromLatin1(address);
    }

    void anAddressThatIsNoneIsExplained()
    {
        QFETCH(QString, address);
        type(u"address"_s, address);
        click(u"save"_s);
        QVERIFY(m_book->sites().isEmpty());
        QVERIFY(m_dialog->isVisible());
        QVERIFY2(message().size() > 20, qPrintable(message()));
    }

    void remembersEverythingButThePassword()
    {
        type(u"name"_s, u"Shanghai"_s);
        type(u"address"_s, u"rediss://10.0.0.1:6390/3"_s);
        type(u"user"_s, u"viewer"_s);
        type(u"password"_s, u"top-secret"_s);
        type(u"caFile"_s, u"/etc/ca.pem"_s);
        click(u"save"_s);
        QTRY_COMPARE(m_book->sites().size(), 1);
        QCOMPARE(first().name, u"Shanghai"_s);
        QCOMPARE(first().user, u"viewer"_s);
        QCOMPARE(first().caFile, u"/etc/ca.pem"_s);
        QCOMPARE(first().url()->database, 3);
        QCOMPARE(first().keeping, PasswordKeeping::Keyring);
        QCOMPARE(m_memory.keyring->passwords.value(first().id), u"top-secret"_s);
        m_settings->sync();
        QFile file(m_settings->fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray written = file.readAll();
        QVERIFY(written.contains("10.0.0.1:6390"));
        QVERIFY(written.contains("viewer"));
        QVERIFY(!written.contains("top-secret"));
    }

    void aPasswordInTheAddressIsNotRememberedThere()
    {
        type(u"address"_s, u"redis://viewer:hidden-one@10.0.0.1"_s);
        click(u"save"_s);
        QTRY_COMPARE(m_book->sites().size(), 1);
        QCOMPARE(first().user, u"viewer"_s);
        QCOMPARE(m_memory.keyring->passwords.value(first().id), u"hidden-one"_s);
        m_settings->sync();
        QFile file(m_settings->fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("hidden-one"));
    }

    void withoutAKeyringItSaysSoAndOffersTheOthers()
    {
        m_memory.keyring->trouble = u"This desktop has no keyring."_s;
        type(u"address"_s, u"redis://10.0.0.1"_s);
        type(u"password"_s, u"top-secret"_s);
        auto *note = m_dialog->findChild<QLabel *>(u"keepingNote"_s);
        auto *keeping = m_dialog->findChild<QComboBox *>(u"keeping"_s);
        QTRY_VERIFY2(note->text().contains(u"This desktop has no keyring."_s),
                     qPrintable(note->text()));
        QVERIFY(note->isVisible());
        QCOMPARE(keeping->currentText(), u"Not kept: asked for at every start"_s);
        keeping->setCurrentIndex(2);
        click(u"save"_s);
        QTRY_COMPARE(m_book->sites().size(), 1);
        QCOMPARE(first().keeping, PasswordKeeping::File);
        QCOMPARE(m_memory.file->passwords.value(first().id), u"top-secret"_s);
    }

    void aKeyringThatRefusesWhenSavingLosesNothing()
    {
        type(u"address"_s, u"redis://10.0.0.1"_s);
        type(u"password"_s, u"top-secret"_s);
        QTRY_VERIFY(m_dialog->findChild<QComboBox *>(u"keeping"_s)->isVisible());
        QTest::qWait(0); // the keyring answered that it works
        m_memory.keyring->trouble = u"The keyring was not unlocked."_s;
        click(u"save"_s);
        QTRY_VERIFY2(message().contains(u"not unlocked"_s), qPrintable(message()));
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(m_dialog->findChild<QLineEdit *>(u"password"_s)->text(), u"top-secret"_s);
        QVERIFY(m_book->sites().isEmpty());
    }

    void aKeptPasswordNeedNotBeTypedAgain()
    {
        RedisServer redis({.listen = RedisServer::Listen::Tcp, .password = "secret"});
        type(u"address"_s, u"redis://127.0.0.1:%1"_s.arg(redis.port()));
        type(u"password"_s, u"secret"_s);
        click(u"save"_s);
        QTRY_COMPARE(m_book->sites().size(), 1);
        m_dialog = std::make_unique<SitesDialog>(*m_saver);
        m_dialog->show();
        QVERIFY(m_dialog->findChild<QLineEdit *>(u"password"_s)->text().isEmpty());
        click(u"test"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(message().contains(u"It works"_s), qPrintable(message()), 15'000);
        type(u"name"_s, u"Guarded"_s);
        click(u"save"_s);
        QTRY_COMPARE(first().name, u"Guarded"_s);
        QCOMPARE(m_memory.keyring->passwords.value(first().id), u"secret"_s);
    }

    void sitesAreAddedOrderedAndRemoved()
    {
        const auto titles = [this] {
            QStringList texts;
            const auto *list = m_dialog->findChild<QListWidget *>();
            for (int row = 0; row < list->count(); ++row)
                texts << list->item(row)->text();
            return texts;
        };
        type(u"address"_s, u"redis://10.0.0.1"_s);
        click(u"add"_s);
        type(u"name"_s, u"Oslo"_s);
        type(u"address"_s, u"redis://10.0.0.2"_s);
        QCOMPARE(titles(), (QStringList{u"10.0.0.1"_s, u"Oslo"_s}));
        click(u"up"_s);
        QCOMPARE(titles(), (QStringList{u"Oslo"_s, u"10.0.0.1"_s}));
        click(u"add"_s);
        click(u"remove"_s);
        click(u"save"_s);
        QTRY_COMPARE(m_book->sites().size(), 2);
        QCOMPARE(first().name, u"Oslo"_s);
        QCOMPARE(m_book->sites()[1].address, RedisUrl::parse(u"redis://10.0.0.1"_s)->displayText());
    }

    void tlsIsOneTickAway()
    {
        type(u"address"_s, u"10.0.0.1:6390"_s);
        auto *tls = m_dialog->findChild<QCheckBox *>(u"tls"_s);
        auto *address = m_dialog->findChild<QLineEdit *>(u"address"_s);
        QVERIFY(!tls->isChecked());
        tls->click();
        QCOMPARE(address->text(), u"rediss://10.0.0.1:6390"_s);
        QVERIFY(tls->isChecked());
        tls->click();
        QCOMPARE(address->text(), u"redis://10.0.0.1:6390"_s);
    }

    void certificatesAreAskedForWithTlsOnly()
    {
        type(u"address"_s, u"redis://host"_s);
        QVERIFY(!m_dialog->findChild<QLineEdit *>(u"caFile"_s)->isVisible());
        type(u"address"_s, u"rediss://host"_s);
        QVERIFY(m_dialog->findChild<QLineEdit *>(u"caFile"_s)->isVisible());
    }

    void enterSaves()
    {
        type(u"address"_s, u"10.0.0.9"_s);
        QTest::keyClick(m_dialog->findChild<QLineEdit *>(u"address"_s), Qt::Key_Return);
        QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
        QCOMPARE(first().url()->host, u"10.0.0.9"_s);
    }

    void theFirstStartConnectsByEnter()
    {
        FirstStart page(*m_saver);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        auto *address = page.findChild<QLineEdit *>(u"address"_s);
        QTest::keyClicks(address, u"10.0.0.9"_s);
        QTest::keyClick(address, Qt::Key_Return);
        QTRY_COMPARE(m_book->sites().size(), 1);
        QCOMPARE(first().url()->host, u"10.0.0.9"_s);
        QVERIFY(!page.findChild<QLineEdit *>(u"name"_s)->isVisible());
    }
};

QTEST_MAIN(TestSitesDialog)
#include "tst_sitesdialog.moc"
