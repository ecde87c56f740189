// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configdesk.h"
#include "console/models/configdifference.h"
#include "console/models/configform.h"
#include "console/models/confighistory.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QString databaseOne = u"10.207.26.250"_s, databaseTwo = u"10.207.26.251"_s;

ConfigFields stored()
{
    return {
        {"services",
         R"({"mysql":{"3306":{"alive":{"probe":"tcp","port":3306,"future":1.50}}},"ssh":{"_":{"protected":true},"default":{"alive":{"cmd":"ps aux | grep sshd | wc -l"}}}})"},
        {"controlled", R"({"mysql":{"default":{"restart":{"unit":"mariadb.service"}}}})"},
        {"schedule",
         R"([{"id":"nightly","cron":"30 3 * * *","role":"mysql","instance":"3306","action":"restart"}])"},
        {"intervals", R"({"heartbeat":5, "lease":15})"},
        {"tomorrow", R"({"big":12345678901234567890,"e":1e2})"},
        {"note", "plain text with \"quotes\""},
        {"machine_id", "0123456789abcdef"},
        {"version", "6"},
        {"signer", "ed25519:1"},
        {"signature", "c2lnbmVk"}};
}

QStringList sentences(const QList<ConfigChange> &changes)
{
    QStringList lines;
    for (const ConfigChange &change : changes)
        lines << changeSentence(change);
    return lines;
}

} // namespace

/// A configuration while somebody edits it.
class TestConfigDraft : public QObject
{
    Q_OBJECT

    FixedSource m_source{demoFleet(evening), evening};

    std::unique_ptr<ConfigSession> session(const QStringList &ips = {databaseOne})
    {
        auto session = std::make_unique<ConfigSession>(m_source, ips);
        for (const QString &ip : ips)
            session->take(ip, stored());
        return session;
    }

    /// Some change somewhere in a configuration.
    static void editAnything(ConfigSession &session, QRandomGenerator &random)
    {
        const QStringList paths[] = {
            {u"services"_s, u"mysql"_s, u"3306"_s, u"alive"_s, u"port"_s},
            {u"services"_s, u"redis"_s, u"6379"_s},
            {u"controlled"_s, u"mysql"_s, u"default"_s, u"stop"_s},
            {u"schedule"_s, u"#nightly"_s, u"cron"_s},
            {u"schedule"_s, u"#weekly"_s},
            {u"intervals"_s, u"keep"_s, u"1s"_s},
            {u"ping"_s, u"0"_s},
        };
        const QStringList &path = paths[random.bounded(int(std::size(paths)))];
        const QJsonValue values[] = {random.bounded(100), u"text \"%1\""_s.arg(random.bounded(9)),
                                     QJsonObject{{u"unit"_s, u"a.service"_s}}, QJsonArray{1, 2}};
        const quint32 kind = random.bounded(6U);
        if (kind == 0)
            session.remove(u"x"_s, path);
        else if (kind == 1)
            session.rename(u"x"_s, path, u"other%1"_s.arg(random.bounded(9)));
        else if (kind == 2)
            session.type(session.drafts().first().document + ' ');
        else
            session.set(u"x"_s, path, values[random.bounded(4)]);
    }

private Q_SLOTS:

    void storesWhatItShowedByteForByte()
    {
        const QByteArray document = configDocument(stored());
        const auto fields = fieldsOfDocument(document, stored());
        QVERIFY(fields);
        QCOMPARE(*fields, stored());
        QVERIFY(!document.contains("signature") && !document.contains("machine_id"));
        // Also when nothing is known of how it was: then without white space.
        const auto fresh = fieldsOfDocument(document, {});
        QCOMPARE(fresh->value("tomorrow"), stored().value("tomorrow"));
        QCOMPARE(fresh->value("services"), stored().value("services"));
        QCOMPARE(fresh->value("note"), stored().value("note"));
    }

    void keepsUnknownValuesWhenNeighboursChange()
    {
        const auto edited = session();
        edited->set(u"x"_s, {u"services"_s, u"mysql"_s, u"3306"_s, u"alive"_s, u"port"_s}, 3307);
        edited->set(u"x"_s, {u"tomorrow"_s, u"e"_s}, 5);
        const ConfigDraft &draft = edited->drafts().first();
        const auto fields = fieldsOfDocument(draft.document, draft.base);
        QCOMPARE(fields->value("services"),
                 stored().value("services").replace("\"port\":3306", "\"port\":3307"));
        QCOMPARE(fields->value("tomorrow"), QByteArray(R"({"big":12345678901234567890,"e":5})"));
        QCOMPARE(fields->value("intervals"), stored().value("intervals"));
        QCOMPARE(fields->value("note"), stored().value("note"));
    }

    void undoesEverythingToWhereItBegan()
    {
        for (int seed = 0; seed < 60; ++seed) {
            QRandomGenerator random(seed);
            const auto edited = session({databaseOne, databaseTwo});
            edited->set(u"x"_s, {u"services"_s, u"only"_s}, seed);
            const QByteArray original = edited->drafts().first().baseDocument;
            for (int i = 0; i < 30; ++i)
                editAnything(*edited, random);
            const QByteArray last = edited->drafts().last().document;
            while (edited->undoStack().canUndo())
                edited->undoStack().undo();
            for (const ConfigDraft &draft : edited->drafts())
                QCOMPARE(draft.document, original);
            QVERIFY(!edited->isChanged());
            while (edited->undoStack().canRedo())
                edited->undoStack().redo();
            QCOMPARE(edited->drafts().last().document, last);
        }
    }

    void joinsTypingToOneStep()
    {
        const auto edited = session();
        QByteArray text = edited->drafts().first().document;
        const qsizetype at = text.indexOf("mariadb") + 7;
        for (const char letter : QByteArrayView("-next")) {
            text.insert(text.indexOf(".service"), letter);
            edited->type(text);
        }
        QVERIFY(edited->drafts().first().document.mid(at).startsWith("-next.service"));
        QCOMPARE(edited->undoStack().count(), 1);
        edited->undoStack().undo();
        QVERIFY(!edited->isChanged());
    }

    void saysErrorsAtTheirLines()
    {
        const auto edited = session();
        edited->set(u"x"_s, {u"services"_s, u"mysql"_s, u"3306"_s, u"alive"_s, u"port"_s}, 70000);
        edited->checkNow();
        const ConfigDraft &draft = edited->drafts().first();
        QCOMPARE(draft.errorCount(), 1);
        const PlacedIssue *error = nullptr;
        for (const PlacedIssue &issue : draft.issues)
            error = issue.isError() ? &issue : error;
        QVERIFY(error);
        QVERIFY(draft.document.split('\n')[error->line - 1].contains("70000"));
    }

    void saysWhereJsonIsBroken()
    {
        const auto edited = session();
        QByteArray text = edited->drafts().first().document;
        text.replace("\"schedule\":", "\"schedule\"");
        edited->type(text);
        edited->checkNow();
        const ConfigDraft &draft = edited->drafts().first();
        QCOMPARE(draft.errorCount(), 1);
        QVERIFY(draft.document.split('\n')[draft.issues.first().line - 1].contains("schedule"));
    }

    void refusesWhatOnlyASaveMaySet()
    {
        const auto edited = session();
        edited->set(u"x"_s, {u"version"_s}, 99);
        edited->checkNow();
        QCOMPARE(edited->errorCount(), 1);
        const ConfigDraft &draft = edited->drafts().first();
        QCOMPARE(fieldsOfDocument(draft.document, draft.base)->value("version"), QByteArray("6"));
    }

    void refusesFieldsThatStandTwice()
    {
        const auto edited = session();
        edited->type(
            QByteArray(edited->drafts().first().document).replace("\"intervals\"", "\"services\""));
        edited->checkNow();
        QVERIFY(edited->errorCount() > 0);
        const QList<PlacedIssue> &issues = edited->drafts().first().issues;
        QVERIFY(std::any_of(issues.begin(), issues.end(), [](const PlacedIssue &issue) {
            return issue.isError() && issue.issue.text.contains(u"twice");
        }));
    }

    void tellsChangesAsSentences()
    {
        const auto edited = session();
        edited->set(u"x"_s, {u"services"_s, u"mysql"_s, u"3306"_s, u"alive"_s, u"port"_s}, 3307);
        edited->set(u"x"_s, {u"services"_s, u"redis"_s, u"6379"_s, u"alive"_s, u"probe"_s},
                    u"auto"_s);
        edited->set(u"x"_s, {u"schedule"_s, u"#nightly"_s, u"cron"_s}, u"@daily"_s);
        edited->remove(u"x"_s, {u"note"_s});
        QCOMPARE(sentences(edited->drafts().first().changes()),
                 QStringList(
                     {u"Service mysql 3306, alive port becomes 3307, it was 3306"_s,
                      u"Service redis is new: {\"6379\":{\"alive\":{\"probe\":\"auto\"}}}"_s,
                      u"Schedule entry nightly, cron becomes \"@daily\", it was \"30 3 * * *\""_s,
                      u"note is removed, it was \"plain text with \\\"quotes\\\"\""_s}));
    }

    void showsDifferencesLineByLine()
    {
        const QList<DiffLine> lines
            = lineDifference("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nE\nf\ng\nh\nnew\n", 1);
        QString marks;
        for (const DiffLine &line : lines)
            marks += line.kind == DiffLine::Kind::Gap ? u"@"_s
                : line.kind == DiffLine::Kind::Same   ? u" "_s + line.text
                : line.kind == DiffLine::Kind::Added  ? u"+"_s + line.text
                                                      : u"-"_s + line.text;
        QCOMPARE(marks, u"@ d-e+E f@ h+new"_s);
        QCOMPARE(lines[2].before, 5);
        QCOMPARE(lines[3].after, 5);
    }

    void makesEveryDifferenceGoBothWays()
    {
        QRandomGenerator random(3);
        for (int i = 0; i < 200; ++i) {
            QList<QByteArray> before, after;
            for (int line = random.bounded(30); line > 0; --line)
                before << QByteArray::number(random.bounded(6));
            for (int line = random.bounded(30); line > 0; --line)
                after << QByteArray::number(random.bounded(6));
            const QByteArray a = before.join('\n'), b = after.join('\n');
            QStringList oldLines, newLines;
            for (const DiffLine &line : lineDifference(a, b, 100)) {
                if (line.kind != DiffLine::Kind::Added)
                    oldLines << line.text;
                if (line.kind != DiffLine::Kind::Removed)
                    newLines << line.text;
            }
            if (a == b)
                continue;
            QCOMPARE(oldLines.join(u'\n'), QString::fromUtf8(a));
            QCOMPARE(newLines.join(u'\n'), QString::fromUtf8(b));
        }
    }

    void changesSeveralServersOnlyWhereAsked()
    {
        ConfigSession edited(m_source, {databaseOne, databaseTwo});
        edited.take(databaseOne, stored());
        ConfigFields other = stored();
        other.insert("intervals", R"({"heartbeat":1,"lease":9})");
        edited.take(databaseTwo, other);
        edited.set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        QVERIFY(edited.drafts()[0].document.contains("\"heartbeat\": 5, \"lease\": 30"));
        QVERIFY(edited.drafts()[1].document.contains("\"heartbeat\": 1, \"lease\": 30"));
        edited.setFocus(1);
        edited.set(u"x"_s, {u"intervals"_s, u"lease"_s}, 40);
        QVERIFY(edited.drafts()[0].document.contains("\"lease\": 30"));
        QVERIFY(edited.drafts()[1].document.contains("\"lease\": 40"));
        edited.undoStack().undo();
        edited.undoStack().undo();
        QVERIFY(!edited.isChanged());
    }

    void followsSavesOfOthersWhileNothingIsChanged()
    {
        const auto edited = session();
        ConfigFields theirs = stored();
        theirs.insert("version", "7");
        theirs.insert("intervals", R"({"heartbeat":2,"lease":8})");
        edited->take(databaseOne, theirs);
        QCOMPARE(edited->drafts().first().version(), 7);
        QVERIFY(!edited->isChanged());
        QVERIFY(edited->drafts().first().document.contains("\"heartbeat\": 2"));
    }

    void saysWhenSomebodyElseSavedMeanwhile()
    {
        const auto edited = session();
        edited->set(u"x"_s, {u"services"_s, u"mysql"_s, u"3306"_s, u"alive"_s, u"port"_s}, 3307);
        ConfigFields theirs = stored();
        theirs.insert("version", "7");
        theirs.insert("intervals", R"({"heartbeat":2,"lease":8})");
        edited->take(databaseOne, theirs);
        QCOMPARE(edited->conflictCount(), 1);
        QCOMPARE(edited->drafts().first().version(), 6);
        edited->putOnTop(databaseOne);
        const ConfigDraft &draft = edited->drafts().first();
        QCOMPARE(draft.version(), 7);
        QCOMPARE(edited->conflictCount(), 0);
        QVERIFY(draft.document.contains("3307") && draft.document.contains("\"heartbeat\": 2"));
        QCOMPARE(draft.changes().size(), 1);
    }

    void discardsForWhatStands()
    {
        const auto edited = session();
        edited->set(u"x"_s, {u"note"_s}, u"mine"_s);
        ConfigFields theirs = stored();
        theirs.insert("version", "7");
        edited->take(databaseOne, theirs);
        edited->discard(databaseOne);
        QCOMPARE(edited->drafts().first().version(), 7);
        QVERIFY(!edited->isChanged() && edited->conflictCount() == 0);
    }

    void saysWhenAServerIsGone()
    {
        const auto edited = session();
        edited->take(databaseOne, {});
        QCOMPARE(edited->drafts().first().standing, ConfigDraft::Standing::Missing);
        QVERIFY(edited->targets().isEmpty());
    }

    void keepsWhatIsNotSavedOnTheDesk()
    {
        ConfigDesk desk(m_source);
        desk.session({databaseOne})->take(databaseOne, stored());
        desk.session({databaseOne})->set(u"x"_s, {u"note"_s}, u"mine"_s);
        desk.session({databaseTwo})->take(databaseTwo, stored());
        QCOMPARE(desk.unsaved(), QStringList{databaseOne});
        QVERIFY(desk.session({databaseOne})->isChanged());
    }

    void listsEntriesAsTheyComeAndGo()
    {
        const std::shared_ptr<ConfigSession> edited = session();
        ConfigEntryList list;
        const QAbstractItemModelTester tester(
            &list, QAbstractItemModelTester::FailureReportingMode::Fatal);
        list.setSession(edited);
        QCOMPARE(list.rowCount(), 3);
        const QStringList added = addEntry(*edited, ConfigSection::Services);
        edited->checkNow();
        list.rebuild();
        QCOMPARE(list.rowCount(), 4);
        const QModelIndex row = list.index(list.rowOf(added));
        QVERIFY(row.data(ConfigEntryList::ChangedRole).toBool());
        QVERIFY(row.data(ConfigEntryList::ErrorRole).toBool());
        removeEntry(*edited, added);
        list.rebuild();
        QCOMPARE(list.rowCount(), 3);
        QVERIFY(!edited->isChanged());
        list.setSection(ConfigSection::Schedule);
        QCOMPARE(list.index(0).data().toString(), u"nightly"_s);
        const QStringList copy = duplicateEntry(*edited, list.entries().first().path);
        list.rebuild();
        QCOMPARE(copy, QStringList({u"schedule"_s, u"#nightly-2"_s}));
        QCOMPARE(list.rowOf(copy), 1);
    }

    void listsVersionsAsAModelDoes()
    {
        ConfigHistory history(m_source);
        const QAbstractItemModelTester tester(
            &history, QAbstractItemModelTester::FailureReportingMode::Fatal);
        ConfigFields older = stored();
        older.insert("ping", "[]");
        history.take({{7, evening, u"chen\u202e"_s, u"k"_s, stored()},
                      {6, evening - 1000, u"li"_s, {}, older}});
        QCOMPARE(history.index(0, ConfigHistory::ChangedColumn).data().toString(), u"ping"_s);
        QCOMPARE(history.index(1, ConfigHistory::KeyColumn).data().toString(), u"unsigned"_s);
        QVERIFY(
            !history.index(0, ConfigHistory::ByColumn).data().toString().contains(QChar(0x202e)));
    }

    void changesWhatAFormSays()
    {
        const auto edited = session();
        const QStringList entry{u"services"_s, u"mysql"_s, u"3306"_s};
        const auto field = [&](const QString &label) {
            for (const FormField &one : formFields(*edited, ConfigSection::Services, entry)) {
                if (one.label == label)
                    return one;
            }
            return FormField();
        };
        setFormValue(*edited, field(u"Check"_s), entry, u"process"_s);
        QVERIFY(edited->drafts().first().document.contains(
            R"("alive": {"probe": "process", "port": 3306, "future": 1.50})"));
        QCOMPARE(field(u"Port"_s).value, QJsonValue(3306));
        setFormValue(*edited, field(u"Port"_s), entry, QJsonValue::Undefined);
        setFormValue(*edited, field(u"Check"_s), entry, u"none"_s);
        QVERIFY(!edited->drafts().first().document.contains("process"));
        const QStringList moved = setFormValue(*edited, field(u"Role"_s), entry, u"mariadb"_s);
        QCOMPARE(moved, QStringList({u"services"_s, u"mariadb"_s, u"3306"_s}));
        QVERIFY(!edited->drafts().first().document.contains("\"mysql\": {\n            \"3306"));
        // A name that is taken already leaves everything as it is.
        const QByteArray before = edited->drafts().first().document;
        edited->set(u"x"_s, {u"services"_s, u"ssh"_s, u"3306"_s}, QJsonObject());
        edited->undoStack().undo();
        QCOMPARE(edited->drafts().first().document, before);
    }

    void aNameThatIsTakenWaitsToBeMended()
    {
        const auto edited = session();
        const QStringList entry{u"services"_s, u"mysql"_s, u"3306"_s};
        const auto role = [&] {
            for (const FormField &one : formFields(*edited, ConfigSection::Services, entry)) {
                if (one.label == u"Role"_s)
                    return one;
            }
            return FormField();
        };
        edited->set(u"x"_s, {u"services"_s, u"ssh"_s, u"3306"_s}, QJsonObject());
        QVERIFY(role().trouble.isEmpty());
        const QByteArray before = edited->drafts().first().document;
        QCOMPARE(setFormValue(*edited, role(), entry, u"ssh"_s), entry);
        QCOMPARE(edited->drafts().first().document, before);
        QCOMPARE(role().value.toString(), u"ssh"_s);
        QVERIFY(!role().trouble.isEmpty());
        // The name it has is no change.
        QCOMPARE(setFormValue(*edited, role(), entry, u"mysql"_s), entry);
        QCOMPARE(role().value.toString(), u"mysql"_s);
        QVERIFY(role().trouble.isEmpty());
        QCOMPARE(setFormValue(*edited, role(), entry, QString()), entry);
        QVERIFY(!role().trouble.isEmpty());
        setFormValue(*edited, role(), entry, u"mariadb"_s);
        QVERIFY(!edited->refusal());
    }

    void makesAnAlertFieldByField()
    {
        const auto edited = session();
        const QStringList entry = addEntry(*edited, ConfigSection::Alerts);
        QCOMPARE(entry, QStringList({u"alerts"_s, u"#cpu"_s}));
        const auto field = [&](const QString &label, const QStringList &of) {
            for (const FormField &one : formFields(*edited, ConfigSection::Alerts, of)) {
                if (one.label == label)
                    return one;
            }
            return FormField();
        };
        const auto text = [&] { return edited->drafts().first().document; };
        edited->checkNow();
        QCOMPARE(edited->errorCount(), 0);
        QCOMPARE(field(u"Threshold, %"_s, entry).value, QJsonValue(90));
        setFormValue(*edited, field(u"It ends at, %"_s, entry), entry, 80);
        setFormValue(*edited, field(u"It begins"_s, entry), entry, u"below"_s);
        QVERIFY(text().contains(R"("metric": "cpu", "below": 90, "for": 300)")); // until is gone
        setFormValue(*edited, field(u"It begins"_s, entry), entry, u"above"_s);
        setFormValue(*edited, field(u"What is watched"_s, entry), entry, u"disk"_s);
        setFormValue(*edited, field(u"File system"_s, entry), entry, u"/var"_s);
        QVERIFY(text().contains(R"("filesystem": "/var")"));
        setFormValue(*edited, field(u"What is watched"_s, entry), entry, u"ping"_s);
        QVERIFY(!text().contains("filesystem"));
        QVERIFY(!field(u"Threshold, ms"_s, entry).path.isEmpty());
        QVERIFY(!field(u"Host"_s, entry).path.isEmpty());
        const QStringList named
            = setFormValue(*edited, field(u"Name"_s, entry), entry, u"gateway"_s);
        QCOMPARE(named, QStringList({u"alerts"_s, u"#gateway"_s}));
        QCOMPARE(duplicateEntry(*edited, named), QStringList({u"alerts"_s, u"#gateway-2"_s}));
        edited->checkNow();
        QCOMPARE(edited->errorCount(), 0);
        const QList<ConfigEntry> entries = configEntries(*edited, ConfigSection::Alerts);
        QCOMPARE(entries.size(), 2);
        QCOMPARE(entries.first().detail, u"Ping time above 90 ms"_s);
    }

    void saysWhatIsWrongWithAnAlertAtItsField()
    {
        const auto edited = session();
        edited->type(R"({"alerts": [{"name": "a", "metric": "cpu", "above": 80, "until": 90},
                                    {"name": "b", "metric": "cpu"}]})");
        edited->checkNow();
        const auto troubles = [&](const QString &name) {
            QStringList lines;
            const QStringList entry{u"alerts"_s, u'#' + name};
            for (const FormField &one : formFields(*edited, ConfigSection::Alerts, entry)) {
                if (!one.trouble.isEmpty())
                    lines << one.label + u": "_s + one.trouble;
            }
            return lines.join(u'\n');
        };
        QVERIFY2(troubles(u"a"_s).startsWith(u"It ends at, %: must not be above the 80"_s),
                 qPrintable(troubles(u"a"_s)));
        QVERIFY2(troubles(u"b"_s).startsWith(u"It begins: has no threshold"_s),
                 qPrintable(troubles(u"b"_s)));
        const auto issues = edited->drafts().first().issues;
        QCOMPARE(issues.size(), 2);
        QCOMPARE(issues[0].line, 1);
        QCOMPARE(issues[1].line, 2);
    }

    void changesAlertsOfSeveralServersWhereTheyHaveThem()
    {
        ConfigSession edited(m_source, {databaseOne, databaseTwo});
        ConfigFields first = stored(), two = stored();
        first.insert("alerts", R"([{"name":"a","metric":"cpu","above":90}])");
        two.insert("alerts", R"([{"name":"b","metric":"cpu","above":90},
                                 {"name":"a","metric":"cpu","below":5}])");
        edited.take(databaseOne, first);
        edited.take(databaseTwo, two);
        const QStringList entry{u"alerts"_s, u"#a"_s};
        const auto field = [&](const QString &label) {
            for (const FormField &one : formFields(edited, ConfigSection::Alerts, entry)) {
                if (one.label == label)
                    return one;
            }
            return FormField();
        };
        QVERIFY(field(u"It begins"_s).isMixed);
        QVERIFY(field(u"Threshold, %"_s).path.isEmpty()); // of which side is not said yet
        setFormValue(edited, field(u"It begins"_s), entry, u"above"_s);
        QVERIFY(
            edited.drafts()[1].document.contains(R"("name": "a", "metric": "cpu", "above": 5)"));
        QVERIFY(field(u"Threshold, %"_s).isMixed);
        setFormValue(edited, field(u"Threshold, %"_s), entry, 95);
        for (const ConfigDraft &draft : edited.drafts())
            QCOMPARE(draft.document.count("\"above\": 95"), 1);
        // "b" is a name that one of them has already.
        QCOMPARE(setFormValue(edited, field(u"Name"_s), entry, u"b"_s), entry);
        QVERIFY(!field(u"Name"_s).trouble.isEmpty());
        QCOMPARE(setFormValue(edited, field(u"Name"_s), entry, u"c"_s),
                 QStringList({u"alerts"_s, u"#c"_s}));
        // What only one of them has is changed there only.
        const QStringList other{u"alerts"_s, u"#b"_s};
        for (const FormField &one : formFields(edited, ConfigSection::Alerts, other)) {
            if (one.label == u"Advice")
                setFormValue(edited, one, other, u"sleep"_s);
        }
        QVERIFY(edited.drafts()[1].document.contains("sleep"));
        QVERIFY(!edited.drafts()[0].document.contains("sleep"));
    }

    void makesAListOfAlertsThatWereNone()
    {
        const auto edited = session();
        edited->set(u"x"_s, {u"alerts"_s}, QJsonObject{{u"mail"_s, u"chen"_s}});
        QVERIFY(configEntries(*edited, ConfigSection::Alerts).isEmpty());
        addEntry(*edited, ConfigSection::Alerts);
        QCOMPARE(configEntries(*edited, ConfigSection::Alerts).size(), 1);
        edited->undoStack().undo();
        QVERIFY(edited->drafts().first().document.contains("chen"));
    }

    void saysTheNextRuns()
    {
        const QStringList runs = nextRuns(u"30 3 * * *"_s, u"Asia/Shanghai"_s, evening);
        QCOMPARE(runs.size(), 5);
        QVERIFY(runs.first().endsWith(u"2023-11-16\u00a003:30"));
        QCOMPARE(nextRuns(u"0 0 30 2 *"_s, {}, evening).size(), 1);
        QVERIFY(nextRuns(u"nonsense"_s, {}, evening).first().size() > 10);
        QVERIFY(nextRuns(u"@daily"_s, u"../etc"_s, evening).first().contains(u"time zone"));
    }

    void staysUsableWithAHugeConfiguration()
    {
        QJsonObject instances;
        for (int i = 1; i <= 1900; ++i)
            instances.insert(
                QString::number(20000 + i),
                QJsonObject{{u"alive"_s,
                             QJsonObject{{u"probe"_s, u"process"_s},
                                         {u"name"_s, QString(450, u'x') + QString::number(i)}}}});
        ConfigFields huge = stored();
        huge.insert("services", jsonText(QJsonObject{{u"big"_s, instances}}));
        QVERIFY(huge.value("services").size() > 900'000);
        ConfigSession edited(m_source, {databaseOne});
        const std::clock_t begin = std::clock(); // of this process: others may be busy
        edited.take(databaseOne, huge);
        edited.set(u"x"_s, {u"services"_s, u"big"_s, u"20001"_s, u"protected"_s}, true);
        edited.checkNow();
        QCOMPARE(edited.drafts().first().changes().size(), 1);
        const double seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 10,
                 qPrintable(QString::number(seconds))); // the square of it takes minutes
    }

    void showsHostileConfigurationsSafely()
    {
        ConfigFields hostile = stored();
        hostile.insert("services", "{\"<b>a</b>\\u202e\":" + QByteArray(500, '[') + "}");
        hostile.insert("alerts", QByteArray(300, '['));
        hostile.insert("\xff\xfe", "\x80\x81");
        const QByteArray document = configDocument(hostile);
        QVERIFY(JsonOutline::read(document, u"x"_s));
        QCOMPARE(*fieldsOfDocument(document, hostile), [&] {
            ConfigFields same = hostile;
            same.remove("\xff\xfe");
            same.insert(QString::fromUtf8("\xff\xfe").toUtf8(),
                        QString::fromUtf8("\x80\x81").toUtf8());
            return same;
        }());
        QVERIFY(!documentIssues(databaseOne, document, hostile).isEmpty());
        for (const ConfigChange &change : configChanges(configDocument(stored()), document))
            QVERIFY(!changeSentence(change).contains(QChar(0x202e)));
    }
};

QTEST_GUILESS_MAIN(TestConfigDraft)
#include "tst_configdraft.moc"
