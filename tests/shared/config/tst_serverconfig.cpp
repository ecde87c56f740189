// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/configfields.h"
#include "shared/config/probeparameters.h"
#include "shared/config/serverconfig.h"

#include <QFile>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Hash = QHash<QByteArray, QByteArray>;

class TestServerConfig : public QObject
{
    Q_OBJECT

    static QByteArray fixture(const QString &name)
    {
        QFile file(QStringLiteral(FIXTURES "/config/") + name);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        return file.readAll();
    }

    static ParsedConfig parse(const Hash &hash) { return parseServerConfig(u"10.0.0.7"_s, hash); }

    static ParsedConfig parseServices(const QByteArray &json)
    {
        return parse({{"services", json}});
    }

    /// The lines of all issues, errors and warnings, each prefixed by E or W.
    static QStringList lines(const ParsedConfig &parsed)
    {
        QStringList lines;
        for (const ConfigIssue &issue : parsed.issues) {
            const bool isError = issue.severity == ConfigIssue::Severity::Error;
            lines << (isError ? u"E "_s : u"W "_s) + issue.line();
        }
        return lines;
    }

    static ServiceDefinition service(const ParsedConfig &parsed, const QString &id)
    {
        for (const ServiceDefinition &service : parsed.config.value_or(ServerConfig()).services) {
            if (service.id.text() == id)
                return service;
        }
        return {};
    }

    static ProbeCheck probe(const QByteArray &check, const QByteArray &role,
                            const QByteArray &instance)
    {
        const auto parsed
            = parseServices("{\"" + role + "\":{\"" + instance + "\":{\"alive\":" + check + "}}}");
        const auto alive = parsed.config ? parsed.config->services.value(0).alive : std::nullopt;
        return alive ? std::get<ProbeCheck>(*alive) : ProbeCheck{};
    }

private Q_SLOTS:

    void loadsTheOriginalExampleAsItStandsWithoutAWarning()
    {
        const auto fields = readConfigFields(fixture(u"original-example.json"_s), u"the example"_s);
        QVERIFY(fields.fields);
        const auto parsed = parse(*fields.fields);
        QCOMPARE(lines(parsed), QStringList());
        QVERIFY(parsed.config);
        QCOMPARE(parsed.config->services.size(), 6);
        QCOMPARE(parsed.config->services.first().id.text(), u"mysql:3301"_s);
        const auto mysql = service(parsed, u"mysql:3305"_s);
        QCOMPARE(std::get<TextCheck>(*mysql.alive).text,
                 u"ps aux | grep mysqld_safe | grep 3305 | wc -l"_s);
        QVERIFY(!std::get<TextCheck>(*mysql.alive).keepsInfo);
        QCOMPARE(*mysql.workload,
                 Check(TextCheck{u"mysqladmin status --socket=/data0/DB/3305/mysql.sock"_s, true}));
        QVERIFY(!mysql.isProtected);
        QVERIFY(service(parsed, u"ssh:default"_s).isProtected);
        QVERIFY(parsed.config->controlled.contains(u"system"_s));
    }

    void replacesPlaceholders()
    {
        const auto parsed = parseServices(
            R"({"mysql":{"main":{"alive":{"cmd":":role: :instance: :ip: :port:"}},
                         "3307":{"alive":{"probe":"mysql","socket":"/run/:role:-:port:.sock"}}},
                "shop":{"8080":{"alive":{"probe":"http","url":"http:\/\/:ip:::port:/","status":[200,301]}}}})");
        QCOMPARE(lines(parsed), QStringList());
        QCOMPARE(std::get<TextCheck>(*service(parsed, u"mysql:main"_s).alive).text,
                 u"mysql main 10.0.0.7 3306"_s);
        QCOMPARE(
            std::get<ProbeCheck>(*service(parsed, u"mysql:3307"_s).alive).parameters[u"socket"_s],
            u"/run/mysql-3307.sock"_s);
        QCOMPARE(std::get<ProbeCheck>(*service(parsed, u"shop:8080"_s).alive).parameters[u"url"_s],
                 u"http://10.0.0.7:8080/"_s);
    }

    void findsTheProbeAndPortOfAuto()
    {
        const auto redis = probe(R"({"probe":"auto"})", "redis", "6380");
        QCOMPARE(redis.probe, u"redis"_s);
        QCOMPARE(redis.parameters, (QJsonObject{{u"port"_s, 6380}}));
        QCOMPARE(redis.timeout, 2.0);
        const auto ssh = probe(R"({"probe":"auto","timeout":0.5})", "ssh", "default");
        QCOMPARE(ssh.probe, u"ssh"_s);
        QCOMPARE(ssh.parameters, (QJsonObject{{u"port"_s, 22}}));
        QCOMPARE(ssh.timeout, 0.5);
        for (const auto &[role, port] :
             {std::pair("nginx", 80), std::pair("apache", 80), std::pair("varnish", 6081)}) {
            const auto web = probe(R"({"probe":"auto"})", role, "default");
            QCOMPARE(web.probe, QLatin1StringView(role));
            QCOMPARE(web.parameters, (QJsonObject{{u"port"_s, port}}));
        }
        QCOMPARE(probe(R"({"probe":"tcp","port":":port:"})", "x", "99").parameters,
                 (QJsonObject{{u"port"_s, 99}}));
        QCOMPARE(probe(R"({"probe":"redis","path":"/run/r.sock"})", "redis", "a").parameters,
                 (QJsonObject{{u"path"_s, u"/run/r.sock"_s}}));
    }

    void rolesOfTheHouseTakeTheShapeOfTheirParameters()
    {
        const auto shape = [](const char *check) {
            const auto parsed = probe(check, "comdb", "7000");
            return probeShape(parsed.probe, parsed.parameters);
        };
        QCOMPARE(probe(R"({"probe":"auto"})", "comdb", "7000").parameters,
                 (QJsonObject{{u"port"_s, 7000}}));
        QCOMPARE(shape(R"({"probe":"auto"})"), u"tcp"_s);
        QCOMPARE(shape(R"({"probe":"auto","status":200,"url":"http:\/\/127.0.0.1\/"})"), u"http"_s);
        QCOMPARE(shape(R"({"probe":"comdb","name":"comdb","port":7000})"), u"process"_s);
        QCOMPARE(shape(R"({"probe":"auto","path":"/run/comdb.sock"})"), u"unix"_s);
        QCOMPARE(shape(R"({"probe":"auto","path":"/data/latest","oldest":60})"), u"file"_s);
        QCOMPARE(shape(R"({"probe":"auto","as":"unix","path":"/data/socket"})"), u"unix"_s);
        const auto wrong
            = parseServices(R"({"deploy":{"a":{"alive":{"probe":"auto","as":"magic"}}}})");
        QVERIFY(!wrong.config);
    }

    void letsInstancesInheritFromUnderscore()
    {
        const auto parsed = parseServices(
            R"({"redis":{"_":{"protected":true,"alive":{"probe":"auto"}},"6379":{},
                         "6380":{"protected":false,"alive":{"probe":"tcp"}}}})");
        QCOMPARE(lines(parsed), QStringList());
        QCOMPARE(parsed.config->services.size(), 2);
        QCOMPARE(*service(parsed, u"redis:6379"_s).alive,
                 Check(ProbeCheck{u"redis"_s, {{u"port"_s, 6379}}, 2}));
        QCOMPARE(*service(parsed, u"redis:6380"_s).alive,
                 Check(ProbeCheck{u"tcp"_s, {{u"port"_s, 6380}}, 2}));
        // What is true of all instances can't be taken back by one.
        QVERIFY(service(parsed, u"redis:6380"_s).isProtected);
    }

    void readsIntervals()
    {
        const auto parsed
            = parse({{"intervals", R"({"heartbeat":1,"services":0.5,"keep":{"1s":3600}})"}});
        QCOMPARE(lines(parsed), QStringList());
        const Intervals &intervals = parsed.config->intervals;
        QCOMPARE(intervals.heartbeat, 1000ms);
        QCOMPARE(intervals.lease, 3000ms);
        QCOMPARE(intervals.services, 500ms);
        QCOMPARE(intervals.workload, 1000ms);
        QCOMPARE(intervals.keep[u"1s"_s], 3600);
        QCOMPARE(intervals.keep[u"1h"_s], 63072000);
        QCOMPARE(parse({}).config->intervals, Intervals());
    }

    void keepsAllFieldsAndReadsTheTexts()
    {
        const Hash hash{{"services", "{}"},
                        {"machine_id", "abc"},
                        {"version", "12"},
                        {"note", "kept"},
                        {"ping", R"(["10.0.0.1","gw.example","10.0.0.1"])"}};
        const auto parsed = parse(hash);
        QCOMPARE(parsed.config->fields, hash);
        QCOMPARE(parsed.config->version, 12);
        QCOMPARE(parsed.config->machineId, u"abc"_s);
        QCOMPARE(parsed.config->ping, (QStringList{u"10.0.0.1"_s, u"gw.example"_s}));
        QCOMPARE(lines(parsed).size(), 1);
        QVERIFY(lines(parsed).first().startsWith(u"W note: unknown field"_s));
    }

    void tellsWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<Hash>("hash");
        QTest::addColumn<QString>("start");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *name, const Hash &hash, const char *start,
                            const char *part) {
            QTest::newRow(name) << hash << QString::fromUtf8(start) << QString::fromUtf8(part);
        };
        const auto alive = [&row](const char *name, const QByteArray &check, const char *path,
                                  const char *part) {
            const QByteArray start = "E services.web.a.alive" + QByteArray(path) + ": ";
            row(name, {{"services", R"({"web":{"a":{"alive":)" + check + "}}}"}}, start, part);
        };
        row("no JSON", {{"services", "{"}}, "E services: ", "not valid JSON");
        row("binary", {{"services", QByteArray("\x00\xff\x01", 3)}},
            "E services: ", "not valid JSON");
        row("empty", {{"services", ""}}, "E services: ", "not valid JSON");
        row("a list", {{"services", "[]"}}, "E services: ", "must be an object");
        row("a deep bomb", {{"services", QByteArray(100'000, '[')}},
            "E services: ", "deeper than 64");
        row("a bad role", {{"services", R"({"my sql":{}})"}},
            "E services.my sql: ", "no name of a role");
        row("a role with a line feed", {{"services", R"({"a\nb":{}})"}},
            "E services.a\\u{a}b: ", "no name");
        row("an empty role", {{"services", R"({"":{}})"}},
            "E services.\"\": ", "no name of a role");
        row("a role that is a number", {{"services", R"({"web":1})"}},
            "E services.web: ", "must be an object");
        row("a bad instance", {{"services", R"({"web":{"a b":{}}})"}},
            "E services.web.a b: ", "no name");
        row("an instance that is a list", {{"services", R"({"web":{"a":[]}})"}},
            "E services.web.a: ", "object");
        row("protected is a text", {{"services", R"({"web":{"_":{"protected":"yes"}}})"}},
            "E services.web._.protected: ", "true or false");
        row("a name twice",
            {{"services", R"({"web":{"a":{"alive":{"cmd":"x"}},"\u0061":{"alive":{"cmd":"y"}}}})"}},
            "E services.web.a: ", "stands twice");
        row("an unknown field", {{"services", R"({"web":{"a":{"alife":1,"alive":{"cmd":"x"}}}})"}},
            "W services.web.a.alife: ", "did you mean 'alive'?");
        row("no alive", {{"services", R"({"web":{"a":{}}})"}},
            "W services.web.a.alive: ", "missing");
        alive("no check", "1", "", "must be a check");
        alive("an empty check", "{}", "", "must be a check");
        alive("two checks", R"({"cmd":"x","probe":"tcp"})", "", "both");
        alive("cmd is a number", R"({"cmd":5})", ".cmd", "must be a shell text");
        alive("cmd is blank", R"({"cmd":"  "})", ".cmd", "must be a shell text");
        alive("cmd with NUL", R"({"cmd":"a\u0000b"})", ".cmd", "must be a shell text");
        alive("no port for the placeholder", R"({"cmd":"grep :port:"})", ".cmd",
              "':port:' has no value here");
        alive("a file system without a path", R"({"probe":"filesystem"})", "", "needs a path");
        alive("a size that is none", R"({"probe":"file","path":"/a","largest":"2 apples"})",
              ".largest", "20G");
        alive("a part above all", R"({"probe":"filesystem","path":"/a","free":"101%"})", ".free",
              "10%");
        alive("a pattern that is none", R"({"probe":"file","path":"/a","pattern":"*x"})",
              ".pattern", "regular expression");
        alive("a flag that is a text", R"({"probe":"filesystem","path":"/a","writable":"yes"})",
              ".writable", "true or false");
        alive("no such probe", R"({"probe":"htpp"})", ".probe", "known are process, ");
        alive("no probe for the role", R"({"probe":"auto"})", ".probe",
              "no automatic probe for the role 'web'");
        alive("probe is null", R"({"probe":null})", ".probe", "must be the name of a probe");
        alive("a port of a text", R"({"probe":"tcp","port":"http"})", ".port", "from 1 to 65535");
        alive("a port too high", R"({"probe":"tcp","port":65536})", ".port", "from 1 to 65535");
        alive("no port", R"({"probe":"tcp"})", "", "needs a port");
        alive("no path", R"({"probe":"unix"})", "", "needs the path");
        alive("a relative path", R"({"probe":"unix","path":"run/x"})", ".path", "starts with '/'");
        alive("no url", R"({"probe":"http"})", "", "needs a url");
        alive("a file url", R"({"probe":"http","url":"file:\/\//etc/passwd"})", ".url",
              "must be a URL");
        alive("a status that is none", R"({"probe":"http","url":"http:\/\/a/","status":20})",
              ".status", "such as 200");
        alive("a process of nothing", R"({"probe":"process"})", "", "needs a name");
        alive("least of 0", R"({"probe":"process","name":"x","least":0})", ".least", "1 or more");
        alive("timeout too long", R"({"probe":"tcp","port":1,"timeout":1e9})", ".timeout",
              "seconds from");
        row("an unknown parameter",
            {{"services", R"({"web":{"a":{"alive":{"probe":"tcp","prot":1,"port":1}}}})"}},
            "W services.web.a.alive.prot: ", "did you mean 'port'?");
        row("lease below heartbeat", {{"intervals", R"({"heartbeat":5,"lease":5})"}},
            "E intervals.lease: ", "give it 15 s");
        row("a tight lease", {{"intervals", R"({"heartbeat":5,"lease":6})"}},
            "W intervals.lease: ", "usual");
        row("a heartbeat of 0", {{"intervals", R"({"heartbeat":0})"}},
            "E intervals.heartbeat: ", "from 0.1");
        row("an interval of a text", {{"intervals", R"({"workload":"1"})"}},
            "E intervals.workload: ", "number");
        row("an unknown tier", {{"intervals", R"({"keep":{"1d":60}})"}},
            "W intervals.keep.1d: ", "unknown field");
        row("keep of a fraction", {{"intervals", R"({"keep":{"1s":0.5}})"}},
            "E intervals.keep.1s: ", "whole number");
        row("ping is an object", {{"ping", "{}"}}, "E ping: ", "must be a list");
        row("a host with a space", {{"ping", R"(["a","b c"])"}}, "E ping.1: ", "host name");
        row("broken logs", {{"logs", "[1,"}}, "E logs: ", "not valid JSON");
        row("broken schedule", {{"schedule", "x"}}, "E schedule: ", "not valid JSON");
        row("broken alerts", {{"alerts", "\"x\""}}, "E alerts: ", "not");
        row("a version of letters", {{"version", "twelve"}}, "E version: ", "whole number");
        row("an unknown hash field", {{"service", "{}"}},
            "W service: ", "did you mean 'services'?");
        row("controlled is a list", {{"controlled", "[]"}}, "E controlled: ", "must be an object");
        row("no actions", {{"controlled", R"({"a":{"default":7}})"}},
            "E controlled.a.default: ", "object");
        row("what is a number", {{"controlled", R"({"a":{"default":{"stop":7}}})"}},
            "E controlled.a.default.stop: ", "must be a command line");
        row("a unit that is none",
            {{"controlled", R"({"a":{"default":{"stop":{"unit":"../x"}}}})"}},
            "E controlled.a.default.stop.unit: ", "systemd unit");
        row("argv of numbers", {{"controlled", R"({"a":{"default":{"stop":{"argv":[1]}}}})"}},
            "E controlled.a.default.stop.argv: ", "list of words");
        row("an action on what is protected",
            {{"services", R"({"ssh":{"_":{"protected":true}}})"},
             {"controlled", R"({"ssh":{"default":{"stop":"x","start":"y"}}})"}},
            "W controlled.ssh.default.stop: ", "protected");
    }

    void tellsWhatIsWrongAndWhere()
    {
        QFETCH(Hash, hash);
        QFETCH(QString, start);
        QFETCH(QString, part);
        const auto parsed = parse(hash);
        const QStringList told = lines(parsed);
        QCOMPARE(told.size(), 1);
        QVERIFY2(told.first().startsWith(start) && told.first().contains(part),
                 qPrintable(told.first()));
        QVERIFY2(!told.first().contains(u'\n'), qPrintable(told.first()));
        QCOMPARE(parsed.config.has_value(), start.startsWith(u'W'));
    }

    void acceptsEveryShapeOfAnAction()
    {
        const auto parsed
            = parse({{"controlled", R"({"nginx":{"default":{"reload":"nginx -s reload",
            "stop":{"unit":"nginx.service"},"start":{"argv":["/usr/sbin/nginx","-g",""],"timeout":30}}}})"}});
        QCOMPARE(lines(parsed), QStringList());
    }

    void tellsEveryErrorAtOnce()
    {
        const auto parsed = parse(
            {{"services", R"({"web":{"a":{"alive":{"cmd":1}},"b":{"alive":{"probe":"no"}}}})"},
             {"intervals", R"({"heartbeat":"x"})"},
             {"ping", "7"}});
        QVERIFY(!parsed.config);
        QCOMPARE(parsed.errorText().count(u'\n'), 3);
    }

    void refusesTenMegabytesInOneSentence()
    {
        const auto parsed = parseServices(QByteArray(10 << 20, ' '));
        QCOMPARE(
            parsed.errorText(),
            u"the configuration of 10.0.0.7 has 10485768 bytes, more than the 4194304 that are read: shorten it"_s);
    }

    void boundsWhatItTellsOfAHostileConfiguration()
    {
        QByteArray json = "{";
        for (int i = 0; i < 50'000; ++i)
            json += "\"bad role " + QByteArray::number(i) + "\":" + QByteArray::number(i) + ",";
        json += "\"end\":{\"a\":{\"alive\":{\"cmd\":\"x\"}}}}";
        const auto parsed = parseServices(json);
        QCOMPARE(parsed.issues.size(), 101);
        QVERIFY(parsed.issues.last().text.startsWith(u"49900 more"_s));
        QByteArray fields = "{\"web\":{\"a\":{\"alive\":{\"cmd\":\"x\"}";
        for (int i = 0; i < 100'000; ++i)
            fields += ",\"field" + QByteArray::number(i) + "\":0";
        QCOMPARE(parseServices(fields + "}}}").issues.size(), 101);
    }

    void survivesWrongTypesEverywhere()
    {
        const QList<QByteArray> values{"null",
                                       "true",
                                       "0",
                                       "-1e308",
                                       "\"\"",
                                       "\"text\"",
                                       "[]",
                                       "[[]]",
                                       "{}",
                                       R"({"":{"":{"":""}}})",
                                       R"({"a":{"_":{"alive":[]}}})"};
        for (const QByteArray &value : values) {
            for (const char *name :
                 {"services", "controlled", "intervals", "ping", "logs", "schedule", "alerts"})
                QVERIFY(!parse({{name, value}}).issues.isEmpty() || parse({{name, value}}).config);
            QVERIFY(!parseServices(R"({"web":{"a":{"alive":)" + value + "}}}").config);
        }
    }

    void writesFieldsAsAFileThatReadsBack()
    {
        const Hash hash{{"services", R"({"web":{"a":{"alive":{"cmd":"x"}}}})"},
                        {"ping", "[]"},
                        {"version", "3"},
                        {"machine_id", "12345"},
                        {"note", "a \"text\""}};
        const QByteArray file = writeConfigFields(hash);
        const auto back = readConfigFields(file, u"the file"_s);
        QVERIFY2(back.fields, file.constData());
        QCOMPARE(*back.fields, hash);
    }

    void refusesAFileThatNamesAFieldTwice()
    {
        const auto read = readConfigFields(R"({"services":{},"services":{"a":{}}})", u"the file"_s);
        QVERIFY(!read.fields);
        QCOMPARE(read.issues.first().path, u"services"_s);
    }
};

QTEST_GUILESS_MAIN(TestServerConfig)
#include "tst_serverconfig.moc"
