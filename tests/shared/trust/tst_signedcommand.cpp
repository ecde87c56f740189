// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/jsonwriter.h"
#include "shared/protocol/executorframe.h"
#include "shared/trust/signedcommand.h"

#include <QJsonDocument>
#include <QTest>

#include <rapidcheck.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestSignedCommand : public QObject
{
    Q_OBJECT

    const SigningKey m_key = SigningKey::generate(u"chen"_s).value();
    const TrustedKeys m_keys = TrustedKeys::parse(m_key.trustedLine(), u"keys"_s).value();
    const CommandRequest m_request{u"0f2c7c1e-6a52-4a3b-9d5a-1f2e3d4c5b6a"_s,
                                   7,
                                   u"10.0.0.7"_s,
                                   u"machine-7"_s,
                                   {u"nginx"_s, u"default"_s},
                                   u"restart"_s,
                                   1'700'000'000'000,
                                   1'700'000'060'000,
                                   u"chen@desk"_s,
                                   u"it \"leaks\"\n"_s};

    /// The payload with one member replaced.
    QByteArray changed(const QString &name, const QJsonValue &value) const
    {
        QJsonObject object = QJsonDocument::fromJson(toJson(m_request)).object();
        object.insert(name, value);
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }

private Q_SLOTS:

    void comesBackAsItWasAsked()
    {
        const CommandEntry entry = signCommand(m_request, m_key);
        const auto sent = CommandEntry::fromWords(entry.words());
        QVERIFY(sent && *sent == entry);
        const auto command = verifyCommand(*sent, m_keys);
        QVERIFY2(command, command ? "" : qPrintable(command.error().text));
        QCOMPARE(command->request, m_request);
        QCOMPARE(command->key.name, u"chen"_s);
        QCOMPARE(permissionSentence(*command), QString());
    }

    void noticesEveryChangedByte()
    {
        const CommandEntry entry = signCommand(m_request, m_key);
        for (qsizetype i = 0; i < entry.payload.size(); ++i) {
            CommandEntry changed = entry;
            changed.payload[i] = char(changed.payload[i] ^ 1);
            const auto command = verifyCommand(changed, m_keys);
            QVERIFY(!command && command.error().text.contains(u"signature"_s));
        }
    }

    void doesNotTakeAConfigurationsSignatureForACommands()
    {
        CommandEntry entry = signCommand(m_request, m_key);
        entry.signature = m_key.sign(entry.payload).toBase64();
        QVERIFY(!verifyCommand(entry, m_keys));
        entry.signature
            = m_key.sign("treewarden-config-v1" + QByteArray(1, '\0') + entry.payload).toBase64();
        QVERIFY(!verifyCommand(entry, m_keys));
    }

    void saysWhatToDoWhenNobodyIsTrusted()
    {
        const CommandEntry entry = signCommand(m_request, m_key);
        QVERIFY(verifyCommand(entry, TrustedKeys()).error().text.contains(u"treewarden keygen"_s));
        const auto other
            = TrustedKeys::parse(SigningKey::generate(u"li"_s)->trustedLine(), u"keys"_s);
        QVERIFY(verifyCommand(entry, *other).error().text.contains(m_key.id()));
    }

    void bindsAKeyToWhatItMayAskFor()
    {
        const auto bound = TrustedKeys::parse(
            m_key.trustedLine().trimmed() + " actions=reload roles=nginx", u"keys"_s);
        const auto command = verifyCommand(signCommand(m_request, m_key), *bound);
        QVERIFY(command);
        QVERIFY(permissionSentence(*command).contains(u"may not restart"_s));
    }

    void refusesWhatIsNoCommand_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("id") << u"id"_s << QJsonValue(u"../../etc"_s);
        QTest::newRow("id in capitals") << u"id"_s << QJsonValue(m_request.id.toUpper());
        QTest::newRow("id with a line feed") << u"id"_s << QJsonValue(m_request.id + u'\n');
        QTest::newRow("ip") << u"ip"_s << QJsonValue(u"10.0.0.07"_s);
        QTest::newRow("no machine") << u"machine_id"_s << QJsonValue(u""_s);
        QTest::newRow("role") << u"role"_s << QJsonValue(u"nginx;reboot"_s);
        QTest::newRow("role with NUL") << u"role"_s << QJsonValue(u"nginx"_s + QChar(0));
        QTest::newRow("instance _") << u"instance"_s << QJsonValue(u"_"_s);
        QTest::newRow("instance upwards") << u"instance"_s << QJsonValue(u"../x"_s);
        QTest::newRow("action") << u"action"_s << QJsonValue(u"restart$(id)"_s);
        QTest::newRow("action 10 kB") << u"action"_s << QJsonValue(QString(7000, u'a'));
        QTest::newRow("reason too long") << u"reason"_s << QJsonValue(QString(501, u'a'));
        QTest::newRow("seq as text") << u"seq"_s << QJsonValue(u"7"_s);
        QTest::newRow("lives too long") << u"expires"_s << QJsonValue(1'700'000'060'001.0);
        QTest::newRow("never lives") << u"expires"_s << QJsonValue(1'700'000'000'000.0);
    }

    void refusesWhatIsNoCommand()
    {
        QFETCH(const QString, name);
        QFETCH(const QJsonValue, value);
        CommandEntry entry;
        entry.payload = changed(name, value);
        entry.key = m_key.id();
        entry.signature = m_key.sign(commandSignatureBytes(entry.payload)).toBase64();
        const auto command = verifyCommand(entry, m_keys);
        QVERIFY(!command);
        QVERIFY(!command.error().text.contains(QChar(0)) && !command.error().text.contains(u'\n'));
    }

    void refusesEntriesThatCouldBeReadInTwoWays()
    {
        const QList<QByteArray> words = signCommand(m_request, m_key).words();
        QVERIFY(!CommandEntry::fromWords(words + QList<QByteArray>{"payload", "{}"}));
        QVERIFY(!CommandEntry::fromWords(words.mid(2)));
        QVERIFY(!CommandEntry::fromWords({}));
        QList<QByteArray> huge = words;
        huge[1] = QByteArray(10 << 20, 'a');
        QVERIFY(CommandEntry::fromWords(huge).error().text.contains(u"10 MiB"_s));
    }

    void cutsFramesOutOfAnyPieces()
    {
        QVERIFY(rc::check("any pieces", [] {
            const auto texts
                = *rc::gen::container<std::vector<std::string>>(rc::gen::string<std::string>());
            QByteArray bytes;
            for (const std::string &text : texts)
                bytes += executorFrame(
                    {{u"type"_s, QString::fromLatin1(QByteArray::fromStdString(text).toHex())}});
            ExecutorFrameReader reader;
            QList<QJsonObject> read;
            while (!bytes.isEmpty()) {
                const auto piece = *rc::gen::inRange<qsizetype>(1, bytes.size() + 1);
                const auto messages = reader.take(bytes.left(piece));
                RC_ASSERT(messages.isOk());
                read += *messages;
                bytes.remove(0, piece);
            }
            RC_ASSERT(read.size() == qsizetype(texts.size()));
            for (qsizetype i = 0; i < read.size(); ++i)
                RC_ASSERT(
                    QByteArray::fromHex(read[i][u"type"_s].toString().toLatin1()).toStdString()
                    == texts[size_t(i)]);
        }));
    }

    void refusesFramesThatNobodySends()
    {
        QVERIFY(!ExecutorFrameReader().take(QByteArray(4, '\xff')));
        QVERIFY(!ExecutorFrameReader().take(QByteArray("\0\0\0\x02[]", 6)));
    }
};

QTEST_GUILESS_MAIN(TestSignedCommand)
#include "tst_signedcommand.moc"
