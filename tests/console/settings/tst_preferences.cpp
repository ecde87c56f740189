// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/preferences.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestPreferences : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:

    void remembersOverARestart()
    {
        const QString file = m_folder.filePath(u"a.conf"_s);
        {
            QSettings settings(file, QSettings::IniFormat);
            Preferences preferences(settings);
            QCOMPARE(preferences.text(Preference::Theme), u"system"_s);
            preferences.setValue(Preference::Theme, u"dark"_s);
            preferences.setValue(Preference::SigningKeyFile, u"/keys/a,b.key"_s);
            preferences.setValue(Preference::WindowGeometry, QByteArray("\0\1\2", 3));
        }
        QSettings settings(file, QSettings::IniFormat);
        const Preferences preferences(settings);
        QCOMPARE(preferences.text(Preference::Theme), u"dark"_s);
        QCOMPARE(preferences.text(Preference::SigningKeyFile), u"/keys/a,b.key"_s);
        QCOMPARE(preferences.value(Preference::WindowGeometry).toByteArray(),
                 QByteArray("\0\1\2", 3));
    }

    void tellsChangesOnce()
    {
        QSettings settings(m_folder.filePath(u"b.conf"_s), QSettings::IniFormat);
        Preferences preferences(settings);
        QSignalSpy changes(&preferences, &Preferences::changed);
        preferences.setValue(Preference::Language, u"zh_CN"_s);
        preferences.setValue(Preference::Language, u"zh_CN"_s);
        QCOMPARE(changes.size(), 1);
    }

    void rubbishBecomesTheDefault()
    {
        const QString file = m_folder.filePath(u"c.conf"_s);
        QFile text(file);
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("[look]\ntheme=@Invalid()\n[window]\ngeometry=12\npage=@Variant(\\0\\0)\n");
        text.close();
        QSettings settings(file, QSettings::IniFormat);
        const Preferences preferences(settings);
        QCOMPARE(preferences.text(Preference::Theme), u"system"_s);
        QVERIFY(preferences.value(Preference::WindowGeometry).toByteArray().isEmpty());
        QCOMPARE(preferences.text(Preference::WindowPage), u"overview"_s);
    }
};

QTEST_GUILESS_MAIN(TestPreferences)
#include "tst_preferences.moc"
