// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/connectiondialog.h"
#include "console/dialogs/firststart.h"
#include "console/settings/preferences.h"
#include "tests/support/freeport.h"
#include "tests/support/redisserver.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestConnectionDialog : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<ConnectionDialog> m_dialog;

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
        m_preferences = std::make_unique<Preferences>(*m_settings);
        m_dialog = std::make_unique<ConnectionDialog>(*m_preferences);
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
        QSignalSpy chosen(m_dialog.get(), &ConnectionDialog::chosen);
        type(u"address"_s, address);
        click(u"connect"_s);
        QVERIFY(chosen.isEmpty());
        QVERIFY(m_dialog->isVisible());
        QVERIFY2(message().size() > 20, qPrintable(message()));
    }

    void remembersEverythingButThePassword()
    {
        QSignalSpy chosen(m_dialog.get(), &ConnectionDialog::chosen);
        type(u"address"_s, u"rediss://10.0.0.1:6390/3"_s);
        type(u"user"_s, u"viewer"_s);
        type(u"password"_s, u"top-secret"_s);
        type(u"caFile"_s, u"/etc/ca.pem"_s);
        click(u"connect"_s);
        QCOMPARE(chosen.size(), 1);
        const RedisUrl url = chosen.first().first().value<RedisUrl>();
        QCOMPARE(url.password, u"top-secret"_s);
        QCOMPARE(url.user, u"viewer"_s);
        QCOMPARE(url.caFile, u"/etc/ca.pem"_s);
        QCOMPARE(url.database, 3);
        m_settings->sync();
        QFile file(m_settings->fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray written = file.readAll();
        QVERIFY(written.contains("10.0.0.1:6390"));
        QVERIFY(written.contains("viewer"));
        QVERIFY(!written.contains("top-secret"));
    }

    void aPasswordInTheAddressIsNotRemembered()
    {
        type(u"address"_s, u"redis://viewer:hidden-one@10.0.0.1"_s);
        click(u"connect"_s);
        m_settings->sync();
        QFile file(m_settings->fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("hidden-one"));
    }

    void certificatesAreAskedForWithTlsOnly()
    {
        type(u"address"_s, u"redis://host"_s);
        QVERIFY(!m_dialog->findChild<QLineEdit *>(u"caFile"_s)->isVisible());
        type(u"address"_s, u"rediss://host"_s);
        QVERIFY(m_dialog->findChild<QLineEdit *>(u"caFile"_s)->isVisible());
    }

    void enterConnects()
    {
        QSignalSpy chosen(m_dialog.get(), &ConnectionDialog::chosen);
        type(u"address"_s, u"10.0.0.9"_s);
        QTest::keyClick(m_dialog->findChild<QLineEdit *>(u"address"_s), Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
    }

    void theFirstStartConnectsByEnter()
    {
        FirstStart page(*m_preferences);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QSignalSpy chosen(&page, &FirstStart::chosen);
        auto *address = page.findChild<QLineEdit *>(u"address"_s);
        QTest::keyClicks(address, u"10.0.0.9"_s);
        QTest::keyClick(address, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().value<RedisUrl>().host, u"10.0.0.9"_s);
    }
};

QTEST_MAIN(TestConnectionDialog)
#include "tst_connectiondialog.moc"
