// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/trust/signingkey.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

SigningKey someKey()
{
    return SigningKey::generate(u"chen"_s).value();
}

/// Answers with `passphrase` and counts how often it was asked.
SigningKey::AskPassphrase answering(const QByteArray &passphrase, int *asked = nullptr)
{
    return [=](const QString &) -> std::optional<QByteArray> {
        if (asked)
            ++*asked;
        return passphrase;
    };
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestSigningKey : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void signsWhatItsPublicHalfVerifies()
    {
        const SigningKey key = someKey(), other = someKey();
        const QByteArray signature = key.sign("restart");
        QVERIFY(key.publicKey().verifies("restart", signature));
        QVERIFY(!key.publicKey().verifies("restar", signature));
        QVERIFY(!other.publicKey().verifies("restart", signature));
        QVERIFY(!key.publicKey().verifies("restart", signature.left(63)));
        QVERIFY(key.id() != other.id());
        QCOMPARE(key.id().size(), 16);
    }

    // RFC 8032, section 7.1, test 2: others must be able to verify with what they have.
    void verifiesTheVectorOfTheStandard()
    {
        const auto key = PublicKey::fromBytes(QByteArray::fromHex(
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        QVERIFY(
            key.verifies(QByteArray::fromHex("72"),
                         QByteArray::fromHex(
                             "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085a"
                             "c1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")));
    }

    void comesBackFromItsFile_data()
    {
        QTest::addColumn<QByteArray>("passphrase");
        QTest::newRow("plain") << QByteArray();
        QTest::newRow("encrypted") << QByteArray("correct horse");
    }

    void comesBackFromItsFile()
    {
        QFETCH(const QByteArray, passphrase);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"key"_s);
        const SigningKey key = someKey();
        QVERIFY(key.write(path, passphrase));
        // Neither the group nor others may do anything.
        QCOMPARE(int(QFile::permissions(path)) & 0x077, 0);
        int asked = 0;
        const auto read = SigningKey::read(path, answering(passphrase, &asked));
        QVERIFY2(read, read ? "" : qPrintable(read.error().text));
        QCOMPARE(asked, passphrase.isEmpty() ? 0 : 1);
        QCOMPARE(read->id(), key.id());
        QCOMPARE(read->name(), u"chen"_s);
        QVERIFY(key.publicKey().verifies("x", read->sign("x")));
    }

    void keepsItsSecretFromWhoLacksThePassphrase()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"key"_s);
        QVERIFY(someKey().write(path, "correct horse"));
        QVERIFY(SigningKey::read(path, answering("wrong"))
                    .error()
                    .text.contains(u"passphrase is wrong"_s));
        QVERIFY(SigningKey::read(path, nullptr).error().text.contains(u"needs its passphrase"_s));
    }

    void neverWritesOverAFile()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"key"_s);
        QVERIFY(someKey().write(path, {}));
        const QByteArray before = contentOf(path);
        QVERIFY(!someKey().write(path, {}));
        QCOMPARE(contentOf(path), before);
    }

    void refusesAFileThatOthersCanRead()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"key"_s);
        QVERIFY(someKey().write(path, {}));
        QVERIFY(
            QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
        QVERIFY(SigningKey::read(path, nullptr).error().text.contains(u"others than its owner"_s));
    }

    void doesNotWaitAtAPipe()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"pipe"_s);
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        const auto key = SigningKey::read(path, [](const QString &) { return QByteArray(); });
        QVERIFY(!key);
        QVERIFY2(key.error().text.contains(u"no file"_s), qPrintable(key.error().text));
    }

    void tellsADamagedFile_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("no key at all")
            << QByteArray("treewarden-signing-key-v1") << QByteArray("-----BEGIN");
        QTest::newRow("another id") << QByteArray("id: ") << QByteArray("id: 0");
        QTest::newRow("short secret") << QByteArray("secret: ") << QByteArray("secret: AAAA");
        QTest::newRow("no name") << QByteArray("name: chen") << QByteArray("name: ../chen");
    }

    void tellsADamagedFile()
    {
        QFETCH(const QByteArray, from);
        QFETCH(const QByteArray, to);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"key"_s);
        QVERIFY(someKey().write(path, {}));
        QByteArray text = contentOf(path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text.replace(from, to));
        file.close();
        const auto read = SigningKey::read(path, nullptr);
        QVERIFY(!read);
        QVERIFY(read.error().text.contains(path));
    }

    // A file that asks for all memory of the machine is no key.
    void boundsWhatAHostileFileMayCost()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"key"_s);
        QVERIFY(someKey().write(path, "x"));
        QByteArray text = contentOf(path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text.replace("argon2id 3 268435456", "argon2id 3 26843545600"));
        file.close();
        QVERIFY(SigningKey::read(path, answering("x")).error().text.contains(u"damaged"_s));
    }

    void hasANameThatFitsIntoALine()
    {
        QVERIFY(!SigningKey::generate(u"a b"_s));
        QVERIFY(!SigningKey::generate({}));
        QVERIFY(someKey().trustedLine().startsWith("ed25519 "));
    }
};

QTEST_GUILESS_MAIN(TestSigningKey)
#include "tst_signingkey.moc"
