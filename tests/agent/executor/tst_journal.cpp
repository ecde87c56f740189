// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/journal.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 someTime = 1'700'000'000'000;

AuditRecord someRecord(AuditRecord::Kind kind, const QString &id, const QString &entry,
                       CommandState state)
{
    CommandMessage message{u"10.0.0.7"_s, id, {u"nginx"_s, u"default"_s}, u"restart"_s, state};
    message.timestamp = someTime;
    message.by = u"chen"_s;
    AuditRecord record;
    record.kind = kind;
    record.entry = entry;
    record.expires = someTime + 30'000;
    record.signer = u"chen"_s;
    record.message = message;
    return record;
}

AuditRecord claimOf(const QString &id, const QString &entry = u"5-0"_s)
{
    return someRecord(AuditRecord::Kind::Claimed, id, entry, CommandState::Running);
}

AuditRecord outcomeOf(const QString &id, const QString &entry = u"5-0"_s)
{
    return someRecord(AuditRecord::Kind::Ended, id, entry, CommandState::Done);
}

AuditRecord takenUpTo(qint64 n)
{
    AuditRecord record;
    record.kind = AuditRecord::Kind::Taken;
    record.n = n;
    return record;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the journal");
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

} // namespace

class TestJournal : public QObject
{
    Q_OBJECT

    const Now m_now = [] { return someTime; };

    static void open(Journal &journal)
    {
        const auto opened = journal.open();
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().text));
    }

    /// A journal with a claim that has no outcome, one whose outcome is taken, one whose is not.
    void fill(const QString &folder)
    {
        QVERIFY(*Journal::prepare(folder, someTime));
        Journal journal(folder, m_now);
        open(journal);
        journal.add(claimOf(u"taken"_s, u"1-0"_s));
        const qint64 n = journal.addOutcome(outcomeOf(u"taken"_s, u"1-0"_s));
        journal.add(claimOf(u"ended"_s, u"2-0"_s));
        journal.addOutcome(outcomeOf(u"ended"_s, u"2-0"_s));
        journal.add(takenUpTo(n));
        journal.add(claimOf(u"open"_s, u"3-0"_s));
        QVERIFY(journal.commit());
    }

private Q_SLOTS:

    void remembersOverItsEnd()
    {
        const QTemporaryDir folder;
        fill(folder.path());
        Journal journal(folder.path(), m_now);
        open(journal);
        QVERIFY(journal.loss().isEmpty());
        const JournalState &state = journal.state();
        QCOMPARE(state.claims().size(), 1);
        QCOMPARE(state.claims().first().message.id, u"open"_s);
        QCOMPARE(state.untaken().size(), 1);
        QCOMPARE(state.untaken().first().message->id, u"ended"_s);
        QCOMPARE(state.find(u"taken"_s)->message.state, CommandState::Done);
        QCOMPARE(state.nextNumber(), someTime + 2);
        QVERIFY(state.lastEntry(u"10.0.0.7"_s) == StreamPosition::parse(u"3-0"_s));
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(folder.filePath(u"journal"_s)).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
    }

    void whatWasNotCommittedIsNotThere()
    {
        const QTemporaryDir folder;
        fill(folder.path());
        {
            Journal journal(folder.path(), m_now);
            open(journal);
            journal.add(claimOf(u"late"_s));
        }
        Journal journal(folder.path(), m_now);
        open(journal);
        QVERIFY(!journal.state().find(u"late"_s));
    }

    void anyCutIsReadUpToIt()
    {
        const QTemporaryDir folder;
        fill(folder.path());
        const QString path = folder.filePath(u"journal"_s);
        const QByteArray whole = bytesOf(path);
        const qsizetype first = whole.indexOf('\n') + 1;
        for (qsizetype cut = whole.size(); cut >= 0; --cut) {
            writeBytes(path, whole.left(cut));
            Journal journal(folder.path(), m_now);
            open(journal);
            QCOMPARE(journal.loss().isEmpty(), cut >= first);
            if (cut % 25 != 0 && cut > first)
                continue; // the disk takes its time
            // Appending behind a torn line must not spoil what is appended.
            journal.add(claimOf(u"next"_s));
            QVERIFY(journal.commit());
            const AuditFile file = parseAuditFile(bytesOf(path));
            QCOMPARE(file.damaged, 0);
            QCOMPARE(file.records.last().message->id, u"next"_s);
            QCOMPARE(file.records.size(), std::max(whole.left(cut).count('\n'), qsizetype(1)) + 1);
        }
    }

    void damageIsALoss_data()
    {
        QTest::addColumn<int>("line");
        for (int line = 0; line < 6; ++line)
            QTest::addRow("line %d", line) << line;
    }

    void damageIsALoss()
    {
        QFETCH(int, line);
        const QTemporaryDir folder;
        fill(folder.path());
        const QString path = folder.filePath(u"journal"_s);
        QByteArrayList lines = bytesOf(path).split('\n');
        QByteArray &damaged = lines[line];
        damaged[damaged.size() / 2] = damaged[damaged.size() / 2] == 'x' ? 'y' : 'x';
        writeBytes(path, lines.join('\n'));
        Journal journal(folder.path(), m_now);
        open(journal);
        QVERIFY(!journal.loss().isEmpty());
        QCOMPARE(journal.state().heldUntil(), someTime + 120'000);
        QCOMPARE(journal.state().forgottenUpTo(), someTime + 120'000);
        // Numbers are never given twice.
        QVERIFY(journal.state().nextNumber() >= someTime);
        QCOMPARE(QDir(folder.path()).entryList({u"journal.damaged-*"_s}).size(), 1);
        // What can be read counts.
        QVERIFY(journal.state().find(u"open"_s));
    }

    void aMissingJournalIsALossOverRestarts()
    {
        const QTemporaryDir folder;
        {
            Journal journal(folder.path(), m_now);
            open(journal);
            QVERIFY(!journal.loss().isEmpty());
        }
        Journal journal(folder.path(), m_now);
        open(journal);
        QVERIFY(journal.loss().isEmpty());
        QCOMPARE(journal.state().heldUntil(), someTime + 120'000);
    }

    void aPreparedOneIsNone()
    {
        const QTemporaryDir folder;
        QVERIFY(*Journal::prepare(folder.path(), someTime));
        QVERIFY(!*Journal::prepare(folder.path(), someTime));
        Journal journal(folder.path(), m_now);
        open(journal);
        QVERIFY(journal.loss().isEmpty());
        QCOMPARE(journal.state().heldUntil(), 0);
    }

    void aFileOfOthersIsALoss()
    {
        const QTemporaryDir folder;
        fill(folder.path());
        const QByteArray name = QFile::encodeName(folder.filePath(u"journal"_s));
        QCOMPARE(::chmod(name.constData(), 0666), 0);
        Journal journal(folder.path(), m_now);
        open(journal);
        QVERIFY(journal.loss().contains(u"can be changed by others"_s));
        QVERIFY(!journal.state().find(u"open"_s));
    }

    void onlyOneProcessHasIt()
    {
        const QTemporaryDir folder;
        Journal first(folder.path(), m_now);
        open(first);
        const pid_t child = ::fork();
        if (child == 0) {
            const auto opened = Journal(folder.path(), m_now).open();
            ::_exit(!opened && opened.error().text.contains(u"another treewarden-executor"_s) ? 0
                                                                                              : 1);
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
    }

    void forgetsWhatExpiredLongAgo()
    {
        const QTemporaryDir folder;
        fill(folder.path());
        qint64 time = someTime;
        Journal journal(folder.path(), [&time] { return time; });
        open(journal);
        time = someTime + 30'000 + JournalState::memory - 1;
        journal.forget();
        QVERIFY(journal.state().find(u"ended"_s));
        time += 1;
        journal.forget();
        QVERIFY(!journal.state().find(u"ended"_s));
        QCOMPARE(journal.state().forgottenUpTo(), someTime + 30'000);
        QVERIFY2(journal.state().find(u"open"_s), "a claim without outcome is never forgotten");
        QCOMPARE(journal.state().untaken().size(), 1);
    }

    void carriesOverWhatMatters()
    {
        const QTemporaryDir folder;
        fill(folder.path());
        qint64 time = someTime, next = 0;
        const auto now = [&time] { return time; };
        {
            Journal journal(folder.path(), now, 1000);
            open(journal);
            time += 30'000 + JournalState::memory;
            journal.add(claimOf(u"last"_s, u"9-0"_s));
            QVERIFY(journal.commit());
            next = journal.state().nextNumber();
        }
        QVERIFY(QFile::exists(folder.filePath(u"journal.1"_s)));
        Journal journal(folder.path(), now);
        open(journal);
        QVERIFY(journal.loss().isEmpty());
        QCOMPARE(journal.state().claims().size(), 2);
        QCOMPARE(journal.state().untaken().size(), 1);
        QVERIFY(!journal.state().find(u"taken"_s));
        QCOMPARE(journal.state().forgottenUpTo(), someTime + 30'000);
        QCOMPARE(journal.state().nextNumber(), next);
        QVERIFY(journal.state().lastEntry(u"10.0.0.7"_s) == StreamPosition::parse(u"9-0"_s));
    }

    void aKillWhileItRotatesLosesNothing()
    {
        for (int round = 0; round < 20; ++round) {
            const QTemporaryDir folder;
            QVERIFY(*Journal::prepare(folder.path(), someTime));
            int counted[2];
            QCOMPARE(::pipe(counted), 0);
            const pid_t child = ::fork();
            if (child == 0)
                writeForEver(folder.path(), counted[1]);
            ::close(counted[1]);
            qint64 last = 0, value = 0;
            const int rounds = 3 + round * 2;
            for (int i = 0; i<rounds && ::read(counted[0], &value, sizeof value)> 0; ++i)
                last = value;
            ::kill(child, SIGKILL);
            while (::read(counted[0], &value, sizeof value) == sizeof value)
                last = value;
            ::waitpid(child, nullptr, 0);
            ::close(counted[0]);
            QVERIFY(last >= rounds);
            Journal journal(folder.path(), m_now);
            open(journal);
            QVERIFY2(journal.loss().isEmpty(), qPrintable(journal.loss()));
            for (qint64 i = 1; i <= last; ++i)
                QVERIFY2(journal.state().find(QString::number(i)), qPrintable(QString::number(i)));
            QVERIFY(journal.state().untaken().size() <= 4);
        }
    }

    void aFullDiskIsToldAndNothingIsKept()
    {
        const QTemporaryDir folder;
        fill(folder.path());
        Journal journal(folder.path(), m_now);
        open(journal);
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit tight{500, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &tight);
        journal.add(claimOf(u"late"_s));
        const auto kept = journal.commit();
        ::setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!kept && kept.error().text.contains(u"nothing is done without a journal"_s));
        journal.add(claimOf(u"later"_s));
        QVERIFY(!journal.commit());
    }

    void theUnverifiedAreBounded()
    {
        JournalState state;
        for (int i = 0; i < JournalState::mostUnverified + 10; ++i) {
            AuditRecord record = outcomeOf(QString::number(i));
            record.signer.clear();
            record.n = i + 1;
            state.apply(record);
        }
        QVERIFY(!state.find(u"9"_s));
        QVERIFY(state.find(u"10"_s));
        QCOMPARE(state.untaken().size(), JournalState::mostUntaken);
        QCOMPARE(state.dropped(), JournalState::mostUnverified + 10 - JournalState::mostUntaken);
    }

private:
    [[noreturn]] static void writeForEver(const QString &folder, int counted)
    {
        Journal journal(
            folder, [] { return someTime; }, 1000);
        if (!journal.open())
            ::_exit(1);
        for (qint64 i = 1;; ++i) {
            const QString id = QString::number(i);
            journal.add(claimOf(id, id + u"-0"_s));
            const qint64 n = journal.addOutcome(outcomeOf(id, id + u"-0"_s));
            journal.add(takenUpTo(n - 2));
            if (!journal.commit() || ::write(counted, &i, sizeof i) != sizeof i)
                ::_exit(1);
        }
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
