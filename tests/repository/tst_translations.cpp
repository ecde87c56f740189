// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDomDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestTranslations : public QObject
{
    Q_OBJECT

    // The .ts file after lupdate looked through all sources again, in a copy.
    static QDomDocument updated(const QString &language, const QString &folder)
    {
        const QString name = u"/treewarden_%1.ts"_s.arg(language);
        QFile::copy(QStringLiteral(SOURCE_ROOT "/translations") + name, folder + name);
        QProcess lupdate;
        lupdate.start(QStringLiteral(LUPDATE),
                      {u"-silent"_s, u"-no-obsolete"_s, u"-locations"_s, u"none"_s,
                       u"@" SOURCE_LIST ""_s, u"-ts"_s, folder + name});
        QDomDocument document;
        QFile file(folder + name);
        if (lupdate.waitForFinished(60'000) && lupdate.exitCode() == 0
            && file.open(QIODevice::ReadOnly))
            document.setContent(&file);
        return document;
    }

    static QString textOf(const QString &path)
    {
        QFile file(QStringLiteral(SOURCE_ROOT "/") + path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

private Q_SLOTS:

    void everyTextIsTranslated_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("Chinese") << u"zh_CN"_s;
    }

    void everyTextIsTranslated()
    {
        QFETCH(QString, language);
        QTemporaryDir folder;
        const QDomDocument document = updated(language, folder.path());
        const QDomNodeList messages = document.elementsByTagName(u"message"_s);
        QVERIFY(messages.size() > 0);
        QStringList missing;
        for (int i = 0; i < messages.size(); ++i) {
            const QDomElement message = messages.at(i).toElement();
            const QDomElement translation = message.firstChildElement(u"translation"_s);
            if (translation.attribute(u"type"_s) == u"unfinished" || translation.text().isEmpty())
                missing << message.firstChildElement(u"source"_s).text();
        }
        QVERIFY2(missing.isEmpty(),
                 qPrintable(u"%1 not translated, first: %2"_s.arg(missing.size())
                                .arg(missing.mid(0, 20).join(u" | "))));
    }

    void placeholdersSurvive()
    {
        QTemporaryDir folder;
        const QDomNodeList messages
            = updated(u"zh_CN"_s, folder.path()).elementsByTagName(u"message"_s);
        for (int i = 0; i < messages.size(); ++i) {
            const QString source = messages.at(i).firstChildElement(u"source"_s).text();
            const QString translation = messages.at(i).firstChildElement(u"translation"_s).text();
            for (const QString &placeholder : {u"%1"_s, u"%2"_s, u"%3"_s, u"%4"_s, u"%n"_s})
                QVERIFY2(source.contains(placeholder) == translation.contains(placeholder),
                         qPrintable(source));
        }
    }

    void thePageTellsTheSameReasons()
    {
        const QString page = textOf(u"resources/web/text.js"_s);
        static const QRegularExpression code(u"\\{\"([a-z]+\\.[a-z]+)\"_L1"_s);
        const QString table = textOf(u"shared/fleet/reasontext.cpp"_s);
        QVERIFY(table.contains(code));
        for (const auto &match : code.globalMatch(table))
            QVERIFY2(page.contains(u"'%1':"_s.arg(match.captured(1))),
                     qPrintable(match.captured(1)));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
