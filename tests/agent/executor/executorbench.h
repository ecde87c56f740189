// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/executor.h"
#include "shared/core/json.h"
#include "shared/trust/signedcommand.h"

#include <QFile>
#include <QTemporaryDir>
#include <QUuid>

#include <memory>

namespace Treewarden {

/// Does nothing; the test says how each action ends.
class FakeRunner : public ActionRunner
{
public:
    void run(const ActionRequest &request, Done done) override
    {
        requests << request;
        m_done.insert(request.id, std::move(done));
    }

    void finish(const QString &id, const ActionOutcome &outcome = {true, true, 0, {}, {}, 5})
    {
        if (auto done = m_done.take(id))
            done(outcome);
    }

    QList<ActionRequest> requests;

private:
    QHash<QString, Done> m_done;
};

/// An executor with a key that it trusts and a clock of its own.
class ExecutorBench
{
public:
    static constexpr qint64 begin = 1'800'000'000'000;
    const QString ip = QStringLiteral("10.0.0.7"), machineId = QStringLiteral("0123456789abcdef");

    ExecutorBench()
        : key(SigningKey::generate(QStringLiteral("chen")).value())
        , rules(path("trusted-keys"), path("policy.conf"))
    {
        write("trusted-keys", key.trustedLine());
        (void)Journal::prepare(folder.path(), now);
    }

    ~ExecutorBench() { crash(); }

    QString path(const char *name) const { return folder.filePath(QString::fromLatin1(name)); }

    void write(const char *name, const QByteArray &text) const
    {
        QFile::remove(path(name));
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", name);
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }

    Clock clock()
    {
        return {[this] { return now; }, [this] { return steady; }};
    }

    void pass(qint64 milliseconds)
    {
        now += milliseconds;
        steady += milliseconds;
    }

    void start()
    {
        journal = std::make_unique<Journal>(folder.path(), [this] { return now; });
        if (const auto opened = journal->open(); !opened)
            qFatal("%s", qPrintable(opened.error().text));
        configs = std::make_unique<ConfigStore>(folder.path(), machineId, rules);
        configs->load();
        runner = std::make_unique<FakeRunner>();
        executor = std::make_unique<Executor>(
            Executor::Parts{*journal, *configs, rules, *runner, machineId, clock()});
        QObject::connect(executor.get(), &Executor::told,
                         [this](const QJsonObject &frame) { told << frame; });
        executor->start();
    }

    /// What a SIGKILL leaves: whatever was not committed is lost.
    void crash()
    {
        executor.reset();
        runner.reset();
        configs.reset();
        journal.reset();
        told.clear();
    }

    ConfigFields fields(const QByteArray &controlled, qint64 version = 1,
                        const QByteArray &services = "{}") const
    {
        ConfigFields fields{{"controlled", controlled},
                            {"services", services},
                            {"machine_id", machineId.toLatin1()},
                            {"version", QByteArray::number(version)}};
        signConfig(ip, fields, key);
        return fields;
    }

    void configure(const ConfigFields &fields)
    {
        QJsonObject object;
        for (auto field = fields.begin(); field != fields.end(); ++field)
            object[QString::fromLatin1(field.key())] = QString::fromLatin1(field->toBase64());
        executor->handle({{QStringLiteral("type"), QStringLiteral("config")},
                          {QStringLiteral("ip"), ip},
                          {QStringLiteral("fields"), object}});
    }

    CommandRequest request(const QString &role = QStringLiteral("nginx"),
                           const QString &action = QStringLiteral("restart"),
                           const QString &instance = QStringLiteral("default")) const
    {
        return {QUuid::createUuid().toString(QUuid::WithoutBraces),
                1,
                ip,
                machineId,
                {role, instance},
                action,
                now,
                now + 30'000,
                QStringLiteral("chen@desk"),
                QStringLiteral("why not")};
    }

    static QJsonObject frame(const CommandEntry &signedEntry, const QString &entry)
    {
        return {{QStringLiteral("type"), QStringLiteral("command")},
                {QStringLiteral("entry"), entry},
                {QStringLiteral("payload"), QString::fromLatin1(signedEntry.payload.toBase64())},
                {QStringLiteral("key"), signedEntry.key},
                {QStringLiteral("signature"), QString::fromLatin1(signedEntry.signature)}};
    }

    QString nextEntry()
    {
        return QString::number(now) + QLatin1Char('-') + QString::number(++number);
    }

    void send(const CommandRequest &request, const QString &entry)
    {
        executor->handle(frame(signCommand(request, key), entry));
    }

    /// Its id.
    QString send(const CommandRequest &request)
    {
        send(request, nextEntry());
        return request.id;
    }

    /// The states that were told of the command, without repeats.
    QStringList states(const QString &id) const
    {
        QStringList states;
        for (const QJsonObject &frame : told) {
            const QJsonObject message = frame.value(QStringLiteral("message")).toObject();
            if (message.value(QStringLiteral("id")) == id
                && !frame.contains(QStringLiteral("repeat")))
                states << message.value(QStringLiteral("state")).toString();
        }
        return states;
    }

    QString detail(const QString &id) const
    {
        QString detail;
        for (const QJsonObject &frame : told) {
            const QJsonObject message = frame.value(QStringLiteral("message")).toObject();
            if (message.value(QStringLiteral("id")) == id)
                detail = message.value(QStringLiteral("detail")).toString();
        }
        return detail;
    }

    qsizetype count(const QString &type) const
    {
        return std::count_if(told.begin(), told.end(), [&type](const QJsonObject &frame) {
            return frame.value(QStringLiteral("type")) == type;
        });
    }

    QTemporaryDir folder;
    qint64 now = begin, steady = 1'000'000, number = 0;
    SigningKey key;
    LocalRules rules;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<ConfigStore> configs;
    std::unique_ptr<FakeRunner> runner;
    std::unique_ptr<Executor> executor;
    QList<QJsonObject> told;
};

} // namespace Treewarden
