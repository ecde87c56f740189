// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/json.h"
#include "tests/support/commandsite.h"

#include <QFile>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// The original's `controlled`, word for word but for the folder of its script, through agent and
/// executor.
class TestOriginalControlled : public QObject
{
    Q_OBJECT

    const SigningKey m_key = SigningKey::generate(u"chen"_s).value();
    std::unique_ptr<CommandSite> m_site;
    QJsonObject m_controlled;

    QByteArray scriptSaw() const
    {
        QFile file(m_site->path(u"calls"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QJsonObject restarted() const
    {
        const CommandRequest request = m_site->request({u"mysql"_s, u"3306"_s}, u"restart"_s);
        m_site->send(request, m_key);
        return m_site->finalState(request.id);
    }

private Q_SLOTS:

    void init()
    {
        m_site = std::make_unique<CommandSite>();
        QFile script(m_site->path(u"mysql_service"_s));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\necho \"$@\" >>" + m_site->path(u"calls"_s).toUtf8() + '\n');
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        script.close();
        QFile example(QStringLiteral(FIXTURES "/config/original-example.json"));
        QVERIFY(example.open(QIODevice::ReadOnly));
        const auto parsed = parseJsonObject(
            example.readAll().replace("/usr/local/sbin/", m_site->path({}).toUtf8() + '/'),
            u"example"_s);
        QVERIFY(parsed);
        m_controlled = parsed->value(u"controlled").toObject();
        QVERIFY(!m_controlled.isEmpty());
    }

    void worksOnceItIsSigned()
    {
        m_site->trust(m_key.trustedLine());
        m_site->configure(m_controlled, &m_key, 1);
        m_site->startExecutor();
        m_site->startAgent();
        const QJsonObject end = restarted();
        QVERIFY2(end[u"state"_s] == u"done"_s, m_site->log());
        QCOMPARE(scriptSaw(), "restart 3306\n");
    }

    void isRefusedUnsignedWithTheSentenceThatSaysWhatToDo()
    {
        m_site->trust(m_key.trustedLine());
        m_site->configure(m_controlled, nullptr, 1);
        m_site->startExecutor();
        m_site->startAgent();
        const QJsonObject end = restarted();
        QCOMPARE(end[u"state"_s].toString(), u"refused"_s);
        QVERIFY2(end[u"detail"_s].toString().contains(u"treewarden config sign 127.0.0.1"_s),
                 qPrintable(end[u"detail"_s].toString()));
        QCOMPARE(scriptSaw(), QByteArray());
    }

    void isRefusedByAServerThatTrustsNobody()
    {
        m_site->configure(m_controlled, &m_key, 1);
        m_site->startExecutor();
        m_site->startAgent();
        const QJsonObject end = restarted();
        QCOMPARE(end[u"state"_s].toString(), u"refused"_s);
        QVERIFY2(end[u"detail"_s].toString().contains(u"treewarden keygen"_s),
                 qPrintable(end[u"detail"_s].toString()));
        QCOMPARE(scriptSaw(), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestOriginalControlled)
#include "tst_originalcontrolled.moc"
