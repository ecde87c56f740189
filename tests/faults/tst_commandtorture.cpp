// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/json.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "tests/faults/commandmodel.h"
#include "tests/support/commandsite.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// Commands of all kinds, right and wrong, from two senders at once, while agent and executor are
// killed at random points; a model says what may have come of each. TREEWARDEN_TORTURE="10000 200"
// is the whole run (commands, kills); by default a short one.

namespace {

constexpr int instances = 400, mostOpen = 300;

QString instanceName(int number)
{
    return u"i%1"_s.arg(number);
}

/// The id of the command, written once by each run of it.
QJsonObject leavesTrace(const QString &file, const QString &after)
{
    return {{u"argv"_s,
             QJsonArray{u"/bin/sh"_s, u"-c"_s,
                        u"echo $TREEWARDEN_COMMAND >>%1; %2"_s.arg(file, after)}}};
}

} // namespace

class TestCommandTorture : public QObject
{
    Q_OBJECT

    // A seed of one's own repeats what was sent, not where the kills hit.
    QRandomGenerator m_random{quint32(qEnvironmentVariableIntValue("TREEWARDEN_SEED"))};
    const SigningKey m_first = SigningKey::generate(u"first"_s).value();
    const SigningKey m_second = SigningKey::generate(u"second"_s).value();
    const SigningKey m_bound = SigningKey::generate(u"bound"_s).value();
    const SigningKey m_stranger = SigningKey::generate(u"stranger"_s).value();
    std::unique_ptr<CommandSite> m_site;
    CommandModel m_model;
    QList<CommandEntry> m_sent, m_heldBack;
    QByteArray m_lastRead = "-";
    qint64 m_version = 10;
    int m_next = 0; ///< the instance that is asked for next

    bool chance(int percent) { return m_random.bounded(100) < percent; }

    const SigningKey &sender() { return chance(50) ? m_first : m_second; }

    QJsonObject controlled() const
    {
        const QString file = m_site->path(u"effects"_s);
        const QJsonObject job{{u"run"_s, leavesTrace(file, u"exit 0"_s)},
                              {u"fail"_s, leavesTrace(file, u"exit 3"_s)},
                              {u"slow"_s, leavesTrace(file, u"sleep 0.2"_s)},
                              {u"restart"_s, leavesTrace(file, u"exit 0"_s)}};
        return {{u"job"_s, QJsonObject{{u"default"_s, job}}},
                {u"ssh"_s,
                 QJsonObject{
                     {u"default"_s, QJsonObject{{u"stop"_s, leavesTrace(file, u"exit 0"_s)}}}}}};
    }

    static QJsonObject services()
    {
        return {{u"ssh"_s, QJsonObject{{u"_"_s, QJsonObject{{u"protected"_s, true}}}}}};
    }

    CommandRequest anyRequest()
    {
        const int choice = m_random.bounded(20);
        const QString action = choice < 15 ? u"run"_s : choice < 18 ? u"fail"_s : u"slow"_s;
        return m_site->request({u"job"_s, instanceName(m_next++ % instances)}, action);
    }

    void sendNow(const CommandEntry &entry)
    {
        m_sent << entry;
        m_site->send(entry);
    }

    void sendExpected(const CommandRequest &request, const SigningKey &key, CommandModel::Kind kind)
    {
        m_model.expect(request.id, kind);
        sendNow(signCommand(request, key));
    }

    void sendValid()
    {
        const CommandRequest request = anyRequest();
        const auto kind
            = request.action == u"fail"_s ? CommandModel::Kind::Failing : CommandModel::Kind::Valid;
        m_model.expect(request.id, kind);
        const CommandEntry entry = signCommand(request, sender());
        if (chance(8))
            m_heldBack << entry; // comes later, out of its order
        else
            sendNow(entry);
    }

    void replay()
    {
        if (!m_sent.isEmpty())
            m_site->send(m_sent.at(m_random.bounded(int(m_sent.size()))));
    }

    void sendForged()
    {
        CommandRequest request = anyRequest();
        if (chance(50)) {
            sendExpected(request, m_stranger, CommandModel::Kind::Forbidden);
        } else if (!m_sent.isEmpty()) {
            // Another's command made into one's own; the id has its state, or gets it from its
            // owner.
            CommandEntry entry = m_sent.at(m_random.bounded(int(m_sent.size())));
            entry.payload.replace("because", "becaufe");
            m_site->send(entry);
        }
    }

    void sendForbidden()
    {
        CommandRequest request = anyRequest();
        switch (m_random.bounded(4)) {
        case 0:
            return sendExpected(request, m_bound, CommandModel::Kind::Forbidden);
        case 1:
            request.action = u"reinstall"_s;
            break;
        case 2:
            request.service = {u"ssh"_s, u"default"_s};
            request.action = u"stop"_s;
            break;
        default:
            request.machineId = u"another-machine"_s;
        }
        sendExpected(request, sender(), CommandModel::Kind::Forbidden);
    }

    void sendLate()
    {
        CommandRequest request = anyRequest();
        request.issued -= 180'000;
        request.expires -= 180'000;
        sendExpected(request, sender(), CommandModel::Kind::Late);
    }

    void sendBuiltIn()
    {
        CommandRequest request = anyRequest();
        request.action = chance(50) ? u"refresh"_s : u"ping"_s;
        sendExpected(request, sender(), CommandModel::Kind::BuiltIn);
    }

    void sendRubbish()
    {
        m_site->redis().call({"XADD", Keys::commandStream(CommandSite::ip), "*", "payload",
                              "{\"id\":", "key", m_first.id().toLatin1(), "signature", "AAAA"});
    }

    /// A configuration that must not count: older, unsigned, or signed by a stranger; its action
    /// runs as nobody's command.
    void downgrade()
    {
        QJsonObject evil = controlled();
        const QJsonObject job{
            {u"run"_s,
             QJsonObject{{u"argv"_s,
                          QJsonArray{u"/bin/sh"_s, u"-c"_s,
                                     u"echo downgraded >>%1"_s.arg(m_site->path(u"effects"_s))}}}}};
        evil.insert(u"job"_s, QJsonObject{{u"default"_s, job}});
        const int choice = m_random.bounded(3);
        m_site->configure(evil,
                          choice == 0       ? &m_first
                              : choice == 1 ? nullptr
                                            : &m_stranger,
                          choice == 0 ? m_version - 5 : m_version + 100, services());
    }

    void configure() { m_site->configure(controlled(), &m_first, ++m_version, services()); }

    void sendSomething()
    {
        const int choice = m_random.bounded(100);
        if (choice < 62)
            sendValid();
        else if (choice < 74)
            replay();
        else if (choice < 82)
            sendForged();
        else if (choice < 88)
            sendForbidden();
        else if (choice < 91)
            sendLate();
        else if (choice < 96)
            sendBuiltIn();
        else if (choice < 97)
            sendRubbish();
        else if (choice < 98)
            downgrade();
        else if (choice < 99)
            configure();
        else if (!m_heldBack.isEmpty())
            sendNow(m_heldBack.takeAt(m_random.bounded(int(m_heldBack.size()))));
    }

    void read()
    {
        const QByteArray from = m_lastRead == "-" ? m_lastRead : '(' + m_lastRead;
        for (const RedisValue &entry :
             m_site->redis().call({"XRANGE", Keys::commands, from, "+"}).elements) {
            m_lastRead = entry.elements.value(0).toBytes();
            const auto fields = entry.elements.value(1).toHash();
            if (const auto message = parseJsonObject(fields.value("json"), u"an outcome"_s))
                m_model.take(*message);
        }
    }

    QStringList effects() const
    {
        QFile file(m_site->path(u"effects"_s));
        return file.open(QIODevice::ReadOnly)
            ? QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)
            : QStringList();
    }

    void killOne()
    {
        if (chance(50)) {
            m_site->killAgent();
            m_site->startAgent();
        } else {
            m_site->killExecutor();
            m_site->startExecutor();
        }
    }

    bool waitForOpen(qsizetype most, int milliseconds)
    {
        return QTest::qWaitFor(
            [&] {
                read();
                return m_model.open() - m_heldBack.size() <= most;
            },
            milliseconds);
    }

private Q_SLOTS:

    void runsNothingTwiceAndEndsEverythingOnce()
    {
        const QList<QByteArray> size = qgetenv("TREEWARDEN_TORTURE").split(' ');
        const int commands = size.size() == 2 ? size[0].toInt() : 700;
        const int kills = size.size() == 2 ? size[1].toInt() : 14;

        m_site
            = std::make_unique<CommandSite>("rate=1000000\nservice_rate=1000000\nmax_at_once=8\n");
        m_site->trust(m_first.trustedLine() + m_second.trustedLine()
                      + m_bound.trustedLine().trimmed() + " actions=reload\n");
        configure();
        m_site->startExecutor();
        m_site->startAgent();

        int killed = 0;
        for (int sent = 0; sent < commands; ++sent) {
            sendSomething();
            if (sent % 20 == 0)
                QVERIFY2(waitForOpen(mostOpen, 60'000), m_site->log());
            if (killed * commands < kills * sent) {
                killOne();
                ++killed;
            }
        }
        for (const CommandEntry &entry : std::exchange(m_heldBack, {}))
            sendNow(entry);
        configure();
        const bool isOver = waitForOpen(0, 150'000);
        m_model.takeEffects(effects().filter(QRegularExpression(u"^(?!downgraded)"_s)));
        const auto verdict = m_model.judge();
        if (!isOver) { // QTest cuts a message that long
            fprintf(stderr, "%s\nagent runs: %d, executor runs: %d\n", m_site->log().constData(),
                    m_site->agent().state() == QProcess::Running,
                    m_site->executor().state() == QProcess::Running);
        }
        qInfo("%d sent, %d killed, %d commands: %d done, %d failed, %d refused, %d expired, %d "
              "unknown; ran %d",
              commands, killed, int(m_model.size()), m_model.count(u"done"_s),
              m_model.count(u"failed"_s), m_model.count(u"refused"_s), m_model.count(u"expired"_s),
              m_model.count(u"unknown"_s), int(effects().size()));
        QVERIFY2(
            isOver,
            qPrintable(m_model.openIds().mid(0, 5).join(u' ') + QString::fromUtf8(m_site->log())));
        QVERIFY2(!effects().contains(u"downgraded"_s), "an unverified configuration was used");
        QVERIFY2(verdict.sum() == 0, qPrintable(verdict.examples.join(u'\n')));
        QVERIFY(m_model.count(u"done"_s) > commands / 4);
    }
};

QTEST_GUILESS_MAIN(TestCommandTorture)
#include "tst_commandtorture.moc"
