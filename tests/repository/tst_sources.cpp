// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

class TestSources : public QObject
{
    Q_OBJECT
    QDir m_root{QStringLiteral(SOURCE_ROOT)};
    QStringList m_files;

    QString read(const QString &path)
    {
        QFile file(m_root.filePath(path));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(path));
        return QString::fromUtf8(file.readAll());
    }

    QStringList filesEndingWith(const QStringList &endings) const
    {
        QStringList found;
        for (const QString &file : m_files) {
            for (const QString &ending : endings) {
                if (file.endsWith(ending))
                    found << file;
            }
        }
        return found;
    }

private Q_SLOTS:

    void initTestCase()
    {
        QProcess git;
        git.setWorkingDirectory(m_root.path());
        git.start(u"git"_s, {u"ls-files"_s});
        QVERIFY(git.waitForFinished(10'000));
        const QStringList listed
            = QString::fromUtf8(git.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
        for (const QString &path : listed) {
            if (m_root.exists(path))
                m_files << path;
        }
        QVERIFY2(m_files.size() > 20, "git ls-files lists too little: run the test in a clone");
    }

    void everySourceNamesItsLicence()
    {
        const QStringList sources
            = filesEndingWith({u".h"_s, u".cpp"_s, u".sh"_s, u".py"_s, u".mjs"_s, u".js"_s,
                               u".css"_s, u".lua"_s, u"CMakeLists.txt"_s});
        for (const QString &path : sources) {
            QVERIFY2(read(path).left(400).contains(u"SPDX-License-Identifier: GPL-3.0-or-later"_s),
                     qPrintable(path));
        }
    }

    void headersAreIncludedOnce()
    {
        for (const QString &path : filesEndingWith({u".h"_s}))
            QVERIFY2(read(path).contains(u"#pragma once"_s), qPrintable(path));
    }

    void everyTestIsBuilt()
    {
        for (const QString &path : m_files) {
            static const QRegularExpression test(u"^(tests/.*)/tst_([a-z_0-9]+)\\.cpp$"_s);
            const auto match = test.match(path);
            if (!match.hasMatch())
                continue;
            const QString list = match.captured(1) + u"/CMakeLists.txt"_s;
            QVERIFY2(m_files.contains(list) && read(list).contains(match.captured(2)),
                     qPrintable(path));
        }
    }

    void nothingIsLeftUnfinished()
    {
        static const QRegularExpression unfinished(u"\\b(TO"
                                                   "DO|FIX"
                                                   "ME|QSK"
                                                   "IP)\\b"_s);
        for (const QString &path : filesEndingWith(
                 {u".h"_s, u".cpp"_s, u".sh"_s, u".mjs"_s, u".js"_s, u"CMakeLists.txt"_s}))
            QVERIFY2(!read(path).contains(unfinished), qPrintable(path));
    }
};

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
