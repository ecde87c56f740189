// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/policy.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestPolicy : public QObject
{
    Q_OBJECT

    static QString errorOf(const QByteArray &text)
    {
        const auto policy = Policy::parse(text, u"policy.conf"_s);
        return policy ? QString() : policy.error().text;
    }

private Q_SLOTS:

    void protectsSshAndForbidsShellWhereThereIsNoFile()
    {
        const QTemporaryDir folder;
        const auto policy = Policy::read(folder.filePath(u"policy.conf"_s));
        QVERIFY(policy);
        QCOMPARE(*policy, Policy());
        QVERIFY(!policy->allowsShell);
        QVERIFY(policy->isProtected({u"ssh"_s, u"default"_s}));
        QVERIFY(!policy->isProtected({u"nginx"_s, u"default"_s}));
        QVERIFY(policy->allowsAction(u"restart"_s) && policy->allowsRole(u"system"_s));
    }

    void readsEveryKey()
    {
        const auto policy = Policy::parse("# local rules\n\n[policy]\nshell = allow\n"
                                          "max_at_once=2\nrate = 30\nservice_rate = 3\n"
                                          "actions = start, restart\nroles = \"nginx, mysql\"\n"
                                          "protected = ssh, mysql:3306\n",
                                          u"policy.conf"_s);
        QVERIFY2(policy, policy ? "" : qPrintable(policy.error().text));
        QVERIFY(policy->allowsShell);
        QCOMPARE(policy->maxAtOnce, 2);
        QCOMPARE(policy->perMinute, 30);
        QCOMPARE(policy->perServicePerMinute, 3);
        QVERIFY(policy->allowsAction(u"start"_s) && !policy->allowsAction(u"stop"_s));
        QVERIFY(policy->allowsRole(u"mysql"_s) && !policy->allowsRole(u"redis"_s));
        QVERIFY(policy->isProtected({u"ssh"_s, u"22"_s}));
        QVERIFY(policy->isProtected({u"mysql"_s, u"3306"_s}));
        QVERIFY(!policy->isProtected({u"mysql"_s, u"3307"_s}));
    }

    void anEmptyListProtectsNothing()
    {
        const auto policy = Policy::parse("[policy]\nprotected =\n", u"policy.conf"_s);
        QVERIFY(policy && !policy->isProtected({u"ssh"_s, u"default"_s}));
    }

    void refusesWhatItCannotRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const QByteArray &text, const QString &sentence) {
            QTest::newRow(name) << text << sentence;
        };
        row("misspelt", "[policy]\nprotect = ssh\n",
            u"line 2: knows no key 'protect'; did you mean protected?"_s);
        row("twice", "[policy]\nrate = 3\nrate = 4\n", u"line 3: rate stands twice"_s);
        row("no section", "rate = 3\n", u"[policy] must stand before"_s);
        row("other section", "[limits]\nrate = 3\n", u"the only section here is [policy]"_s);
        row("no number", "[policy]\nrate = many\n", u"rate must be a whole number"_s);
        row("zero", "[policy]\nmax_at_once = 0\n", u"max_at_once must be a whole number"_s);
        row("shell", "[policy]\nshell = yes\n", u"shell must be allow or deny"_s);
        row("no name", "[policy]\nprotected = ../ssh\n", u"'../ssh' is none"_s);
        row("no pair", "[policy]\nssh\n", u"must be [policy] or key = value"_s);
        row("service among roles", "[policy]\nroles = mysql:3306\n", u"'mysql:3306' is none"_s);
        row("too long", QByteArray(100'000, '#'), u"longer than 64 KiB"_s);
        row("binary", QByteArray("[policy]\nshell\0= allow\n", 23), u"knows no key"_s);
    }

    void refusesWhatItCannotRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, sentence);
        QVERIFY2(errorOf(text).contains(sentence), qPrintable(errorOf(text)));
    }

    void refusesAFileThatOthersCanChange()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"policy.conf"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[policy]\nrate = 7\n");
        file.close();
        const QByteArray name = QFile::encodeName(path);
        QCOMPARE(chmod(name.constData(), 0644), 0);
        QCOMPARE(Policy::read(path)->perMinute, 7);
        QCOMPARE(chmod(name.constData(), 0664), 0);
        const auto writable = Policy::read(path);
        QVERIFY(!writable && writable.error().text.contains(u"can be changed by others"_s));
        const auto noFile = Policy::read(folder.path());
        QVERIFY(!noFile && noFile.error().text.contains(u"is no file"_s));
    }
};

QTEST_GUILESS_MAIN(TestPolicy)
#include "tst_policy.moc"
