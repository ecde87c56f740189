// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/paastree.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestPaasTree : public QObject
{
    Q_OBJECT

    static ParsedPaasTree parseRoles(const QByteArray &roles)
    {
        return parsePaasTree("{\"id\":\"dev\",\"roles\":" + roles + "}");
    }

private Q_SLOTS:

    void readsTheTreeOfTheContract()
    {
        const auto parsed
            = parsePaasTree(R"({"id":"dev","title":"Intranet dev","version":12,"roles":[
            {"role":"nginx","group":"Load balancing / reverse proxy","title":"Nginx","needs":["apache"],
             "instances":[{"ip":"10.0.0.7","instance":"default"}]},
            {"role":"apache","least":2,"instances":[{"ip":"10.0.0.8"},{"ip":"::FFFF:10.0.0.9","instance":"a"}]}]})");
        QVERIFY2(parsed.tree, qPrintable(parsed.errorText()));
        QVERIFY(parsed.issues.isEmpty());
        QCOMPARE(parsed.tree->title, u"Intranet dev"_s);
        QCOMPARE(parsed.tree->version, 12);
        const PaasRole apache{
            u"apache"_s, u"Web server"_s,
            u"Apache"_s, {},
            2,           {{u"10.0.0.8"_s, u"default"_s}, {u"10.0.0.9"_s, u"a"_s}}};
        QCOMPARE(parsed.tree->roles.at(1), apache);
        QCOMPARE(parsed.tree->roles.at(0).needs, QStringList(u"apache"_s));
    }

    void writesWhatItReads()
    {
        PaasTree tree = paasTemplate(u"dev"_s, u"内网 dev"_s);
        tree.version = 3;
        tree.roles[1].least = 2;
        tree.roles[1].needs = QStringList{u"redis"_s};
        tree.roles[1].instances = {{u"10.0.0.7"_s, u"80"_s}, {u"fe80::1"_s, u"80"_s}};
        const auto back = parsePaasTree(toJson(tree));
        QVERIFY2(back.tree, qPrintable(back.errorText()));
        QVERIFY(back.issues.isEmpty());
        QCOMPARE(back.tree->roles, tree.roles);
        QCOMPARE(back.tree->title, tree.title);
        QCOMPARE(back.tree->version, 3);
    }

    void offersTheRolesOfTheOriginalsTree()
    {
        QMap<QString, QStringList> groups;
        for (const PaasRole &role : paasTemplate(u"dev"_s, {}).roles)
            groups[role.group] << role.role;
        QCOMPARE(groups.value(u"Load balancing / reverse proxy"_s),
                 (QStringList{u"nginx"_s, u"varnish"_s}));
        QCOMPARE(groups.value(u"Web server"_s), (QStringList{u"nginx"_s, u"apache"_s}));
        QCOMPARE(groups.value(u"Cache"_s),
                 (QStringList{u"couchbase"_s, u"memcached"_s, u"redis"_s}));
        QCOMPARE(groups.value(u"Management"_s), (QStringList{u"ssh"_s, u"monitor"_s}));
        QCOMPARE(groups.size(), 8);
    }

    void tellsWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *name, const QByteArray &json, const QString &line) {
            QTest::newRow(name) << json << line;
        };
        const auto roles = [&row](const char *name, const QByteArray &list, const QString &line) {
            row(name, "{\"id\":\"dev\",\"roles\":" + list + "}", line);
        };
        row("binary", QByteArray("\x00\x01", 2), u"the tree is not valid JSON"_s);
        row("too large", QByteArray(10 << 20, ' '), u"the tree has 10485760 bytes"_s);
        row("deep", QByteArray(5000, '['), u"the tree is nested deeper than 64"_s);
        row("no id", R"({"roles":[]})", u"id: must name the platform"_s);
        row("no roles", R"({"id":"dev"})", u"roles: must be a list"_s);
        row("a version below 0", R"({"id":"dev","roles":[],"version":-1})",
            u"version: must be a whole number"_s);
        row("a title twice", R"({"id":"dev","title":"a","title":"b","roles":[]})",
            u"title: stands twice"_s);
        roles("a role of a number", "[7]", u"roles.0: must be an object"_s);
        roles("a role without a name", "[{}]", u"roles.0.role: must name the role"_s);
        roles("a role twice", R"([{"role":"web"},{"role":"web"}])",
              u"roles.1: the role web stands twice"_s);
        roles("a need that is no role", R"([{"role":"web","needs":["db"]}])",
              u"roles.0.needs: web needs db"_s);
        roles("a need of itself", R"([{"role":"web","needs":["web"]}])",
              u"roles: web → web is a cycle"_s);
        roles(
            "a cycle",
            R"([{"role":"web","needs":["mysql"]},{"role":"mysql","needs":["fs"]},{"role":"fs","needs":["mysql"]}])",
            u"roles: fs → mysql → fs is a cycle"_s);
        roles("least of 0", R"([{"role":"web","least":0}])",
              u"roles.0.least: must be a whole number"_s);
        roles("no address", R"([{"role":"web","instances":[{"ip":"web-01"}]}])",
              u"roles.0.instances.0.ip: must be the address"_s);
        roles("the reserved instance",
              R"([{"role":"web","instances":[{"ip":"10.0.0.1","instance":"_"}]}])",
              u"roles.0.instances.0.instance: must name"_s);
        roles("an instance twice",
              R"([{"role":"web","instances":[{"ip":"10.0.0.1"},{"ip":"10.0.0.1"}]}])",
              u"roles.0.instances.1: 10.0.0.1 default stands twice"_s);
    }

    void tellsWhatIsWrongAndWhere()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, line);
        const auto parsed = parsePaasTree(json);
        QVERIFY(!parsed.tree);
        QCOMPARE(parsed.issues.size(), 1);
        QVERIFY2(parsed.errorText().startsWith(line), qPrintable(parsed.errorText()));
    }

    void namesEveryCycleOnce()
    {
        const auto parsed
            = parseRoles(R"([{"role":"a","needs":["b"]},{"role":"b","needs":["a","c"]},
            {"role":"c","needs":["d"]},{"role":"d","needs":["c"]}])");
        QCOMPARE(parsed.issues.size(), 2);
        QVERIFY(parsed.errorText().contains(u"a → b → a"_s));
        QVERIFY(parsed.errorText().contains(u"c → d → c"_s));
    }

    void warnsOfWhatStaysReadable()
    {
        const auto parsed
            = parseRoles(R"([{"role":"web","leest":1,"least":3,"instances":[{"ip":"10.0.0.1"}]}])");
        QVERIFY(parsed.tree);
        QCOMPARE(parsed.issues.size(), 2);
        QCOMPARE(parsed.issues.first().path, u"roles.0.leest"_s);
        QVERIFY(parsed.issues.first().text.contains(u"did you mean 'least'?"_s));
    }
};

QTEST_GUILESS_MAIN(TestPaasTree)
#include "tst_paastree.moc"
