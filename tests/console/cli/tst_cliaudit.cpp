// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/auditrecord.h"
#include "tests/console/cli/program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// The journal of an executor, printed.
class TestCliAudit : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    static AuditRecord record(AuditRecord::Kind kind, CommandState state, const QString &text = {})
    {
        AuditRecord made;
        made.kind = kind;
        made.time = 1'700'000'000'000;
        made.signer = u"chen"_s;
        made.text = text;
        made.message = CommandMessage{u"10.0.0.7"_s, u"11111111-2222-3333-4444-555555555555"_s};
        made.message->service = {u"nginx"_s, u"default"_s};
        made.message->action = u"restart"_s;
        made.message->state = state;
        made.message->by = u"chen@desk"_s;
        made.message->reason = u"new certificate"_s;
        made.message->timestamp = made.time;
        return made;
    }

    static QByteArray journal()
    {
        AuditRecord ended = record(AuditRecord::Kind::Ended, CommandState::Failed);
        ended.n = 1;
        ended.output = u"first line\nsecond \u202e line"_s;
        ended.message->detail = u"exit status 1"_s;
        AuditRecord configured;
        configured.kind = AuditRecord::Kind::Configured;
        configured.time = 1'700'000'000'000;
        configured.ip = u"10.0.0.7"_s;
        configured.version = 4;
        configured.text = u"not signed"_s;
        AuditRecord taken;
        taken.kind = AuditRecord::Kind::Taken;
        taken.time = 1'700'000'000'000;
        taken.n = 17;
        return auditLine(record(AuditRecord::Kind::Claimed, CommandState::Running))
            + auditLine(ended) + auditLine(configured) + auditLine(taken)
            + auditLine(record(AuditRecord::Kind::Replayed, CommandState::Refused, u"again"_s));
    }

    ProgramRun run(const QByteArray &bytes, const QStringList &more = {}) const
    {
        QFile file(m_folder.filePath(u"journal"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the journal");
        file.close();
        return runProgram(u"unix:///nowhere"_s, QStringList{u"audit"_s, file.fileName()} + more);
    }

private Q_SLOTS:

    void printsWhoAskedForWhatAndWhatCameOfIt()
    {
        const ProgramRun printed = run(journal());
        QVERIFY2(printed.code == 0, printed.errors);
        const QList<QByteArray> lines = printed.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 6);
        QVERIFY2(lines[0].endsWith(
                     "restart of nginx:default begins, by chen@desk, key chen (new certificate)"),
                 lines[0]);
        QVERIFY2(lines[1].contains("restart of nginx:default: failed: exit status 1"), lines[1]);
        QVERIFY2(lines[3].contains("\\u{202e}"), lines[3]);
        QVERIFY2(lines[4].contains("configuration 4 of 10.0.0.7 refused: not signed"), lines[4]);
        QVERIFY2(lines[5].contains("came again and was not run: again"), lines[5]);
        QVERIFY(run(journal(), {u"--all"_s}).output.contains("outcomes up to 17"));
    }

    void printsEveryRecordAsJson()
    {
        const QJsonArray records = run(journal(), {u"--json"_s}).array();
        QCOMPARE(records.size(), 5);
        QCOMPARE(records[1][u"message"_s][u"state"_s], u"failed"_s);
    }

    void saysWhatIsDamaged()
    {
        const ProgramRun torn = run(journal() + "1234abcd {\"ki");
        QCOMPARE(torn.code, 0);
        QVERIFY2(torn.sentence().contains("torn off"), torn.errors);
        const ProgramRun changed = run(journal().replace("chen@desk", "liu@desk"));
        QCOMPARE(changed.code, 65);
        QVERIFY2(changed.sentence().contains("damaged"), changed.errors);
        QCOMPARE(runProgram(u"unix:///nowhere"_s, {u"audit"_s, u"/no/such"_s}).code, 74);
        QCOMPARE(runProgram(u"unix:///nowhere"_s, {u"audit"_s, m_folder.path()}).code, 74);
    }
};

QTEST_GUILESS_MAIN(TestCliAudit)
#include "tst_cliaudit.moc"
