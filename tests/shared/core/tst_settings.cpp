// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    QString write(const QByteArray &text, const QString &name = u"agent.conf"_s)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

private Q_SLOTS:

    void layersCommandLineOverIniOverEnvironment()
    {
        QProcessEnvironment environment;
        environment.insert(u"TREEWARDEN_REDIS"_s, u"redis://environment"_s);
        QCOMPARE(readSettings(u"none"_s, {}, QProcessEnvironment())->redisUrl,
                 u"redis://127.0.0.1:6379/0"_s);
        QCOMPARE(readSettings(u"none"_s, {}, environment)->redisUrl, u"redis://environment"_s);
        const QString ini = write("[redis]\nurl=redis://ini\n");
        QCOMPARE(readSettings(u"none"_s, {ini, {}, {}}, environment)->redisUrl, u"redis://ini"_s);
        QCOMPARE(readSettings(u"none"_s, {ini, u"redis://line"_s, {}}, environment)->redisUrl,
                 u"redis://line"_s);
    }

    void joinsUrlsWithCommas()
    {
        const QString ini = write("[redis]\nurl = sentinel://a:1,b:2/tw\n");
        QCOMPARE(readSettings(u"none"_s, {ini, {}, {}})->redisUrl, u"sentinel://a:1,b:2/tw"_s);
    }

    void readsThePasswordFromACredential()
    {
        write("secret\n", u"redis-password"_s);
        QProcessEnvironment environment;
        environment.insert(u"CREDENTIALS_DIRECTORY"_s, m_folder.path());
        QCOMPARE(readSettings(u"none"_s, {}, environment)->redisPassword, u"secret"_s);
    }

    void seesAPasswordInAUrl()
    {
        QVERIFY(urlHasPassword(u"redis://:secret@host"_s));
        QVERIFY(urlHasPassword(u"sentinel://u:p@a:1,b:2/m"_s));
        QVERIFY(!urlHasPassword(u"redis://host:6379/0"_s));
        QVERIFY(!urlHasPassword(u"redis://user@host:6379"_s));
    }

    void warnsAboutUnknownKeysWithTheNearest()
    {
        const auto settings = readSettings(u"none"_s, {write("[redis]\nurll=redis://x\n"), {}, {}});
        QCOMPARE(settings->warnings.size(), 1);
        QVERIFY(settings->warnings.first().contains(u"[redis] url?"_s));
    }

    void refusesAFileThatIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("binary") << QByteArray("\0\1\2", 3);
        QTest::newRow("prose") << QByteArray("hello there\n");
        QTest::newRow("key outside a section") << QByteArray("url=x\n");
    }

    void refusesAFileThatIsNone()
    {
        QFETCH(QByteArray, text);
        const auto settings = readSettings(u"none"_s, {write(text), {}, {}});
        QVERIFY(!settings.isOk());
        QVERIFY(settings.error().text.contains(u"agent.conf"_s));
    }

    void refusesANamedFileThatIsMissing()
    {
        QVERIFY(!readSettings(u"none"_s, {u"/nowhere/agent.conf"_s, {}, {}}).isOk());
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
