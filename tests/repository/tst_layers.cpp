// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

// Who may include whom (docs/architecture.md). A folder may always include itself; a side alone
// ("shared") stands for all of its folders.
static const QMap<QString, QStringList> &allowedIncludes()
{
    static const QMap<QString, QStringList> table{
        {u"shared/core"_s, {}},
        {u"shared/protocol"_s, {u"shared/core"_s}},
        {u"shared/redis"_s, {u"shared/core"_s}},
        {u"shared/config"_s, {u"shared/core"_s, u"shared/protocol"_s}},
        {u"shared/history"_s, {u"shared/core"_s, u"shared/protocol"_s}},
        {u"shared/trust"_s, {u"shared/core"_s, u"shared/protocol"_s}},
        {u"shared/fleet"_s,
         {u"shared/core"_s, u"shared/protocol"_s, u"shared/redis"_s, u"shared/config"_s,
          u"shared/history"_s, u"shared/trust"_s}},
        {u"agent/probes"_s, {u"shared/core"_s, u"shared/protocol"_s, u"shared/config"_s}},
        {u"agent/checks"_s,
         {u"shared/core"_s, u"shared/protocol"_s, u"shared/config"_s, u"agent/probes"_s}},
        {u"agent/events"_s, {u"shared/core"_s, u"shared/protocol"_s, u"shared/config"_s}},
        {u"agent/discovery"_s,
         {u"shared/core"_s, u"shared/protocol"_s, u"shared/config"_s, u"agent/probes"_s}},
        {u"agent/schedule"_s, {u"shared/core"_s, u"shared/protocol"_s, u"shared/config"_s}},
        {u"agent/bus"_s, {u"shared/core"_s}},
        {u"agent/systemd"_s, {u"shared/core"_s, u"agent/probes"_s, u"agent/bus"_s}},
        {u"agent/reporting"_s,
         {u"shared/core"_s, u"shared/protocol"_s, u"shared/redis"_s, u"shared/history"_s}},
        {u"agent/executor"_s,
         {u"shared/core"_s, u"shared/protocol"_s, u"shared/config"_s, u"shared/trust"_s,
          u"agent/bus"_s, u"agent/schedule"_s}},
        {u"agent/commands"_s,
         {u"shared/core"_s, u"shared/protocol"_s, u"shared/redis"_s, u"shared/config"_s,
          u"shared/trust"_s}},
        {u"agent/app"_s, {u"shared"_s, u"agent"_s}},
        {u"console/settings"_s, {u"shared"_s}},
        {u"console/models"_s, {u"shared"_s}},
        {u"console/views"_s, {u"shared"_s, u"console/models"_s, u"console/settings"_s}},
        {u"console/dialogs"_s,
         {u"shared"_s, u"console/models"_s, u"console/settings"_s, u"console/views"_s}},
        {u"console/alerts"_s, {u"shared"_s}},
        {u"console/web"_s, {u"shared"_s, u"console/alerts"_s}},
        {u"console/cli"_s, {u"shared"_s}},
        {u"console/app"_s, {u"shared"_s, u"console"_s}},
    };
    return table;
}

static bool mayInclude(const QString &from, const QString &to)
{
    const QStringList allowed = allowedIncludes().value(from);
    if (from == to || allowed.contains(to))
        return true;
    // Nothing includes an app, not even by the short form of the table.
    return allowed.contains(to.section(u'/', 0, 0)) && !to.endsWith(u"/app");
}

class TestLayers : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void everyFolderHasARow()
    {
        for (const QString &side : {u"shared"_s, u"agent"_s, u"console"_s}) {
            const QStringList folders = QDir(QStringLiteral(SOURCE_ROOT "/") + side)
                                            .entryList(QDir::Dirs | QDir::NoDotAndDotDot);
            for (const QString &folder : folders)
                QVERIFY2(allowedIncludes().contains(side + u'/' + folder),
                         qPrintable(side + u'/' + folder));
        }
    }

    void nobodyIncludesWhatIsNotAllowed()
    {
        static const QRegularExpression include(
            u"^\\s*#\\s*include\\s+\"((?:shared|agent|console)/[^/\"]+)/"_s,
            QRegularExpression::MultilineOption);
        const QDir root(QStringLiteral(SOURCE_ROOT));
        int seen = 0;
        QStringList wrong;
        for (const QString &side : {u"shared"_s, u"agent"_s, u"console"_s}) {
            QDirIterator files(root.filePath(side), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QString path = root.relativeFilePath(file.fileName());
                auto matches = include.globalMatch(QString::fromUtf8(file.readAll()));
                while (matches.hasNext()) {
                    const QString to = matches.next().captured(1);
                    ++seen;
                    if (!mayInclude(path.section(u'/', 0, 1), to))
                        wrong << path + u" includes "_s + to;
                }
            }
        }
        QVERIFY(seen > 20);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void knowsWhatIsForbidden()
    {
        QVERIFY(!mayInclude(u"shared/core"_s, u"shared/protocol"_s));
        QVERIFY(!mayInclude(u"shared/fleet"_s, u"console/models"_s));
        QVERIFY(!mayInclude(u"agent/probes"_s, u"shared/redis"_s));
        QVERIFY(!mayInclude(u"agent/app"_s, u"console/models"_s));
        QVERIFY(!mayInclude(u"console/views"_s, u"console/app"_s));
        QVERIFY(mayInclude(u"console/views"_s, u"shared/fleet"_s));
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
