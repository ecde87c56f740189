// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/trust/signingkey.h"
#include "shared/trust/trustedkeys.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestTrustedKeys : public QObject
{
    Q_OBJECT

    const SigningKey m_key = SigningKey::generate(u"chen"_s).value();
    const QByteArray m_line = m_key.trustedLine();

    TrustedKey parsedWith(const QByteArray &options) const
    {
        const auto keys = TrustedKeys::parse(m_line.trimmed() + ' ' + options + '\n', u"file"_s);
        return keys && keys->find(m_key.id()) ? *keys->find(m_key.id()) : TrustedKey();
    }

private Q_SLOTS:

    void takesTheLineThatKeygenWrites()
    {
        const auto keys = TrustedKeys::parse("# who may\n\n" + m_line, u"file"_s);
        QVERIFY(keys);
        QCOMPARE(keys->size(), 1);
        const TrustedKey *key = keys->find(m_key.id());
        QVERIFY(key);
        QCOMPARE(key->name, u"chen"_s);
        QVERIFY(key->allowsAction(u"stop"_s) && key->allowsRole(u"mysql"_s)
                && key->allowsConfiguring());
        QVERIFY(!keys->find(u"0123456789abcdef"_s));
    }

    void bindsAKeyToActionsAndRoles()
    {
        const TrustedKey bound = parsedWith("actions=restart,reload roles=nginx");
        QVERIFY(bound.allowsAction(u"restart"_s) && !bound.allowsAction(u"stop"_s));
        QVERIFY(bound.allowsRole(u"nginx"_s) && !bound.allowsRole(u"mysql"_s));
        QVERIFY(!bound.allowsConfiguring());
        QVERIFY(parsedWith("actions=restart,configure").allowsConfiguring());
        // Who may configure could give itself every role.
        QVERIFY(!parsedWith("roles=nginx").allowsConfiguring());
    }

    void refusesAWholeFileForOneWrongLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no key") << QByteArray("ed25519 chen");
        QTest::newRow("short key") << QByteArray("ed25519 AAAA chen");
        QTest::newRow("another kind")
            << QByteArray("rsa " + m_key.publicKey().toBase64() + " chen");
        QTest::newRow("unknown option") << m_line.trimmed() + " role=nginx";
        QTest::newRow("empty option") << m_line.trimmed() + " roles=";
        QTest::newRow("option twice") << m_line.trimmed() + " roles=a roles=b";
        QTest::newRow("key twice") << m_line.trimmed();
        QTest::newRow("name with a slash")
            << QByteArray("ed25519 " + m_key.publicKey().toBase64() + " ../x");
    }

    void refusesAWholeFileForOneWrongLine()
    {
        QFETCH(const QByteArray, line);
        const auto keys = TrustedKeys::parse(m_line + line + '\n', u"the file"_s);
        QVERIFY(!keys);
        QVERIFY2(keys.error().text.startsWith(u"the file, line 2: "_s),
                 qPrintable(keys.error().text));
    }

    void trustsNobodyWithoutAFile()
    {
        const auto keys = TrustedKeys::read(u"/nonexistent/trusted-keys"_s);
        QVERIFY(keys && keys->isEmpty());
    }

    void refusesAFileThatOthersCanChange()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"trusted-keys"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_line);
        file.close();
        QVERIFY(TrustedKeys::read(path));
        QVERIFY(file.setPermissions(file.permissions() | QFile::WriteGroup));
        const auto keys = TrustedKeys::read(path);
        QVERIFY(!keys && keys.error().text.contains(u"chmod 644"_s));
    }
};

QTEST_GUILESS_MAIN(TestTrustedKeys)
#include "tst_trustedkeys.moc"
