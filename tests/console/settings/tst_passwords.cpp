// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/keyringstore.h"
#include "console/settings/passwordfile.h"
#include "console/settings/passwords.h"
#include "tests/support/mockeddesktop.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The stores against a real file, a keyring on a bus of its own, and no bus at all.
class TestPasswords : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<MockedDesktop> m_desktop;

    static bool isInner() { return qEnvironmentVariableIsSet("NO_BUS_HERE"); }

    /// Waits for what a store answers.
    static Result<QString> readFrom(PasswordStore &store, const QString &id)
    {
        std::optional<Result<QString>> got;
        store.read(id, &store, [&](const Result<QString> &answer) { got = answer; });
        if (!QTest::qWaitFor([&] { return got.has_value(); }, 30'000))
            return Error{u"no answer"_s};
        return *got;
    }

    static Result<void> writeTo(PasswordStore &store, const QString &id, const QString &password)
    {
        std::optional<Result<void>> got;
        store.write(id, password, &store, [&](const Result<void> &answer) { got = answer; });
        if (!QTest::qWaitFor([&] { return got.has_value(); }, 30'000))
            return Error{u"no answer"_s};
        return *got;
    }

private Q_SLOTS:

    void initTestCase()
    {
        if (!isInner())
            m_desktop = std::make_unique<MockedDesktop>();
    }

    void theFileIsReadableByItsOwnerOnly()
    {
        const QString path = m_folder.filePath(u"new/passwords.json"_s);
        ::umask(0);
        PasswordFile file(path);
        QCOMPARE(*readFrom(file, u"a"_s), QString());
        QVERIFY(writeTo(file, u"a"_s, u"s3cret 密"_s));
        QVERIFY(writeTo(file, u"b"_s, u"other"_s));
        struct stat status = {};
        QCOMPARE(::stat(path.toUtf8(), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t(0600));
        QCOMPARE(*readFrom(file, u"a"_s), u"s3cret 密"_s);
        QVERIFY(writeTo(file, u"a"_s, {}));
        QCOMPARE(*readFrom(file, u"a"_s), QString());
        QCOMPARE(*readFrom(file, u"b"_s), u"other"_s);
    }

    void aFileThatOthersCanReadIsNotBelieved()
    {
        const QString path = m_folder.filePath(u"open.json"_s);
        PasswordFile file(path);
        QVERIFY(writeTo(file, u"a"_s, u"s3cret"_s));
        QCOMPARE(::chmod(path.toUtf8(), 0644), 0);
        const Result<QString> read = readFrom(file, u"a"_s);
        QVERIFY(!read);
        QVERIFY2(read.error().text.contains(u"chmod 600"_s), qPrintable(read.error().text));
        QVERIFY(!writeTo(file, u"b"_s, u"more"_s));
    }

    void aFileThatIsNoneSaysSo()
    {
        const QString path = m_folder.filePath(u"broken.json"_s);
        QFile broken(path);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        broken.write("not json");
        broken.close();
        PasswordFile file(path);
        QVERIFY(!readFrom(file, u"a"_s));
        QVERIFY(!writeTo(file, u"a"_s, u"s3cret"_s)); // nothing is lost by writing over it
    }

    /// Runs in a process of its own: QtKeychain looks at the desktop once.
    void withoutABusTheKeyringSaysSo()
    {
        if (!isInner()) {
            QProcess inner;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere"_s);
            environment.insert(u"NO_BUS_HERE"_s, u"1"_s);
            inner.setProcessEnvironment(environment);
            inner.setProcessChannelMode(QProcess::MergedChannels);
            inner.start(QCoreApplication::applicationFilePath(),
                        {u"withoutABusTheKeyringSaysSo"_s});
            QVERIFY(inner.waitForFinished(60'000));
            QVERIFY2(inner.exitCode() == 0, inner.readAll().constData());
            return;
        }
        KeyringStore keyring;
        const Result<QString> read = readFrom(keyring, u"a"_s);
        QVERIFY(!read);
        QVERIFY2(read.error().text.contains(u"keyring"_s), qPrintable(read.error().text));
        QVERIFY(!writeTo(keyring, u"a"_s, u"s3cret"_s));
    }

    void theKeyringKeepsPasswords()
    {
        KeyringStore keyring;
        QCOMPARE(*readFrom(keyring, u"a"_s), QString());
        QVERIFY(writeTo(keyring, u"a"_s, u"s3cret 密"_s));
        QVERIFY(m_desktop->dump().contains("treewarden-console/a="));
        QCOMPARE(*readFrom(keyring, u"a"_s), u"s3cret 密"_s);
        QVERIFY(writeTo(keyring, u"a"_s, {}));
        QCOMPARE(*readFrom(keyring, u"a"_s), QString());
        QVERIFY(m_desktop->dump().isEmpty());
    }

    void aKeyringThatIsNotUnlockedSaysSo()
    {
        m_desktop->refuse();
        KeyringStore keyring;
        const Result<QString> refused = readFrom(keyring, u"a"_s);
        QVERIFY(!refused);
        QVERIFY2(refused.error().text.contains(u"keyring"_s), qPrintable(refused.error().text));
        QVERIFY(!writeTo(keyring, u"a"_s, u"s3cret"_s));
        m_desktop->keep();
    }

    /// The last: QtKeychain goes on waiting.
    void aKeyringThatWaitsForSomebodyDoesNotHang()
    {
        m_desktop->wait();
        KeyringStore keyring(200ms);
        const Result<QString> read = readFrom(keyring, u"a"_s);
        QVERIFY(!read);
        QVERIFY2(read.error().text.contains(u"not answered"_s), qPrintable(read.error().text));
    }
};

QTEST_GUILESS_MAIN(TestPasswords)
#include "tst_passwords.moc"
