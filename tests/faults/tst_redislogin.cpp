// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnection.h"
#include "shared/redis/redissubscriber.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

} // namespace

/// Who may come in, and what is said to those who may not.
class TestRedisLogin : public QObject
{
    Q_OBJECT
private:
    /// Tries once and gives the sentence that the operator reads; empty when it was let in.
    static QString attempt(const RedisUrl &url, bool *isRefused = nullptr)
    {
        RedisConnection connection(url);
        QSignalSpy retrying(&connection, &RedisConnection::retrying);
        connection.open();
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected() || !retrying.isEmpty(), patience);
        }();
        if (isRefused)
            *isRefused = connection.isRefused() && connection.retryIn() > 25'000;
        return connection.lastError();
    }

private Q_SLOTS:

    void logsInWithAPassword()
    {
        const RedisServer server({.password = "s3cret/ @é"});
        QCOMPARE(attempt(server.url()), QString());
        const Result<RedisUrl> parsed
            = RedisUrl::parse(u"unix://:s3cret%2F%20%40%C3%A9@"_s + server.socketPath());
        QVERIFY(parsed.isOk());
        QCOMPARE(attempt(*parsed), QString());
    }

    void saysWhatIsWrongWithALogin_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("word");
        QTest::newRow("no password") << u""_s << u""_s << u"it wants a password"_s;
        QTest::newRow("wrong password")
            << u""_s << u"hunter2"_s << u"the user name or password is wrong"_s;
        QTest::newRow("unknown user")
            << u"nobody"_s << u"hunter2"_s << u"the user name or password is wrong"_s;
        QTest::newRow("disabled user")
            << u"off"_s << u"hunter2"_s << u"the user name or password is wrong"_s;
    }

    void saysWhatIsWrongWithALogin()
    {
        QFETCH(QString, user);
        QFETCH(QString, password);
        QFETCH(QString, word);
        static const RedisServer server({.password = "right"});
        server.call({"ACL", "SETUSER", "off", "off", ">hunter2"});
        RedisUrl url = server.url();
        url.user = user;
        url.password = password;
        bool isRefused = false;
        const QString sentence = attempt(url, &isRefused);
        QVERIFY2(sentence.contains(word), qPrintable(sentence));
        QVERIFY(sentence.contains(server.socketPath()));
        QVERIFY(!sentence.contains(u"hunter2"_s));
        QVERIFY(isRefused);
    }

    void saysSoWhenNoPasswordIsWanted()
    {
        const RedisServer server;
        RedisUrl url = server.url();
        url.password = u"hunter2"_s;
        const QString sentence = attempt(url);
        QVERIFY2(sentence.contains(u"no password, but one was given"_s), qPrintable(sentence));
    }

    void neverRepeatsAPasswordThatRedisEchoes()
    {
        const RedisServer server({.arguments = {u"--rename-command"_s, u"AUTH"_s, u"HIDDEN"_s}});
        RedisUrl url = server.url();
        url.password = u"hunter2"_s;
        const QString sentence = attempt(url);
        QVERIFY2(sentence.contains(u"unknown command"_s), qPrintable(sentence));
        QVERIFY2(!sentence.contains(u"args"_s), qPrintable(sentence));
        QVERIFY2(!sentence.contains(u"hunter2"_s), qPrintable(sentence));
    }

    void letsAnAclUserInAndPassesRefusalsOn()
    {
        const RedisServer server(
            {.acl = {"user default on nopass ~* &* +@all",
                     "user agent on >hunter2 ~own:* resetchannels -@all +set +auth +select"}});
        RedisUrl url = server.url();
        url.user = u"agent"_s;
        url.password = u"hunter2"_s;
        RedisConnection connection(url);
        connection.open();
        QFuture<RedisReply> mayNot = connection.request({"GET", "own:a"});
        QFuture<RedisReply> otherKey = connection.request({"SET", "other", "1"});
        QFuture<RedisReply> may = connection.request({"SET", "own:a", "1"});
        QTRY_VERIFY_WITH_TIMEOUT(may.isFinished(), patience);
        QVERIFY2(may.result().isOk(), qPrintable(may.result().error));
        QVERIFY(!mayNot.result().isOk());
        QVERIFY2(mayNot.result().error.contains(u"NOPERM"_s)
                     && mayNot.result().error.contains(u"rights"_s),
                 qPrintable(mayNot.result().error));
        QVERIFY(otherKey.result().error.contains(u"NOPERM"_s));
        QVERIFY(connection.isConnected());
    }

    void refusesADatabaseThatIsNotThere()
    {
        const RedisServer server;
        RedisUrl url = server.url();
        url.database = 999;
        bool isRefused = false;
        const QString sentence = attempt(url, &isRefused);
        QVERIFY2(sentence.contains(u"no database with the number"_s), qPrintable(sentence));
        QVERIFY(isRefused);
    }

    void comesInOnceThePasswordIsRightAgain()
    {
        const RedisServer server({.password = "right"});
        RedisUrl url = server.url();
        url.password = u"later"_s;
        RedisTimeouts timeouts;
        timeouts.authenticationRetry = std::chrono::milliseconds(50);
        RedisConnection connection(url, timeouts);
        QSignalSpy retrying(&connection, &RedisConnection::retrying);
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(retrying.size() >= 2, patience);
        server.call({"CONFIG", "SET", "requirepass", "later"});
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
        QVERIFY(!connection.isRefused());
        QCOMPARE(connection.lastError(), QString());
    }

    void speaksTlsWithTheRightAuthority()
    {
        RedisConnection connection(m_tls.url());
        connection.open();
        const QByteArray large(3'000'000, 'x');
        connection.command({"SET", "large", large}, this, {});
        QFuture<RedisReply> got = connection.request({"GET", "large"});
        QTRY_VERIFY_WITH_TIMEOUT(got.isFinished(), patience);
        QVERIFY(got.result().value.text == large);

        RedisSubscriber subscriber(m_tls.url());
        QSignalSpy messages(&subscriber, &RedisSubscriber::message);
        subscriber.subscribe("news");
        subscriber.open();
        QTRY_VERIFY_WITH_TIMEOUT(subscriber.isReady(), patience);
        connection.command({"PUBLISH", "news", large}, this, {});
        QTRY_COMPARE_WITH_TIMEOUT(messages.size(), 1, patience);
        QVERIFY(messages.at(0).at(1).toByteArray() == large);
    }

    void checksTheNameInACertificate()
    {
        RedisUrl url = m_tls.url();
        url.host = u"localhost"_s;
        QCOMPARE(attempt(url), QString());
        url.host = u"127.0.0.2"_s; // the same server? the certificate does not say so
        const QString sentence = attempt(url);
        QVERIFY(!sentence.isEmpty());
    }

    void refusesACertificateOfAnotherAuthority_data()
    {
        QTest::addColumn<QString>("caFile");
        QTest::addColumn<QString>("word");
        QTest::newRow("other authority") << m_tls.otherCaFile() << u"TLS handshake failed"_s;
        QTest::newRow("authorities of the system") << QString() << u"TLS handshake failed"_s;
        QTest::newRow("no such file") << m_tls.caFile() + u".none"_s << u"no PEM certificate"_s;
        QTest::newRow("no certificate") << m_tls.folder() + u"/ca.key"_s << u"no PEM certificate"_s;
    }

    void refusesACertificateOfAnotherAuthority()
    {
        QFETCH(QString, caFile);
        QFETCH(QString, word);
        RedisUrl url = m_tls.url();
        url.caFile = caFile;
        bool isRefused = false;
        const QString sentence = attempt(url, &isRefused);
        QVERIFY2(sentence.contains(word), qPrintable(sentence));
        QVERIFY(isRefused);
    }

    void saysSoWhenAPortWantsTls()
    {
        RedisUrl url = m_tls.url();
        url.transport = RedisUrl::Transport::Tcp;
        const QString sentence = attempt(url);
        QVERIFY2(sentence.contains(u"rediss://"_s), qPrintable(sentence));
    }

    void saysSoWhenAPortSpeaksNoTls()
    {
        const RedisServer server({.listen = RedisServer::Listen::Tcp});
        RedisUrl url = server.url();
        url.transport = RedisUrl::Transport::Tls;
        RedisTimeouts timeouts;
        timeouts.connect = std::chrono::milliseconds(2000);
        RedisConnection connection(url, timeouts);
        QSignalSpy retrying(&connection, &RedisConnection::retrying);
        connection.open();
        QTRY_COMPARE_WITH_TIMEOUT(retrying.size(), 1, patience);
        QVERIFY2(connection.lastError().contains(u"TLS"_s), qPrintable(connection.lastError()));
    }

    void logsInWithACertificateWhereOneIsWanted()
    {
        m_tls.call({"CONFIG", "SET", "tls-auth-clients", "yes"});
        const QString without = attempt(m_tls.url());
        RedisUrl url = m_tls.url();
        url.certificateFile = m_tls.folder() + u"/server.crt"_s;
        url.keyFile = m_tls.folder() + u"/server.key"_s;
        const QString with = attempt(url);
        url.keyFile = url.certificateFile;
        const QString wrongKey = attempt(url);
        m_tls.call({"CONFIG", "SET", "tls-auth-clients", "no"});
        QVERIFY(!without.isEmpty());
        QCOMPARE(with, QString());
        QVERIFY2(wrongKey.contains(u"no PEM key"_s), qPrintable(wrongKey));
    }

private:
    RedisServer m_tls{{.listen = RedisServer::Listen::Tls}};
};

QTEST_GUILESS_MAIN(TestRedisLogin)
#include "tst_redislogin.moc"
