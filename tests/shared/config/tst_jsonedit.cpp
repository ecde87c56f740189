// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/jsonedit.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QByteArray sample = R"({"a": {"x.y": 1.50, "list": [ {"id":"one","n":1e2}, {"id":"two"} ]},
 "b" : "\u0041{[\"", "empty": {}})";

QByteArray changed(QByteArray text, const std::optional<TextSplice> &splice)
{
    if (splice)
        splice->apply(text);
    return text;
}

QJsonValue parsed(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

/// Some JSON, as deep as `depth`.
QJsonValue someJson(QRandomGenerator &random, int depth)
{
    const quint32 kind = random.bounded(depth > 0 ? 6U : 4U);
    if (kind == 0)
        return double(random.bounded(1000)) / 8;
    if (kind == 1)
        return u"text \"%1\" \\ \u4e2d"_s.arg(random.bounded(100));
    if (kind < 4)
        return kind == 2 ? QJsonValue(true) : QJsonValue();
    QJsonObject object;
    QJsonArray array;
    for (quint32 i = random.bounded(4U); i > 0; --i) {
        object.insert(u"k%1"_s.arg(random.bounded(50)), someJson(random, depth - 1));
        array.append(someJson(random, depth - 1));
    }
    return kind == 4 ? QJsonValue(object) : QJsonValue(array);
}

} // namespace

class TestJsonEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void findsValuesByTheirPath()
    {
        const auto outline = JsonOutline::read(sample, u"x"_s);
        QVERIFY(outline);
        QCOMPARE(outline->textOf(outline->find({u"a"_s, u"x.y"_s})), QByteArray("1.50"));
        QCOMPARE(outline->textOf(outline->find({u"a"_s, u"list"_s, u"#one"_s, u"n"_s})),
                 QByteArray("1e2"));
        QCOMPARE(outline->stringOf(outline->find({u"b"_s})), u"A{[\""_s);
        QCOMPARE(outline->find({u"a"_s, u"nothing"_s}), -1);
        QCOMPARE(outline->lineAt(outline->node(outline->find({u"b"_s})).start), 2);
    }

    void findsWhereAnIssueIs()
    {
        const auto outline = JsonOutline::read(sample, u"x"_s);
        const auto line
            = [&](const QString &path) { return outline->textOf(outline->findIssue(path)); };
        QCOMPARE(line(u"a.x.y"_s), QByteArray("1.50"));
        QCOMPARE(line(u"a.list.1.id"_s), QByteArray("\"two\""));
        QCOMPARE(line(u"a.list.0.missing"_s),
                 outline->textOf(outline->find({u"a"_s, u"list"_s, u"0"_s})));
        QCOMPARE(outline->findIssue(u"elsewhere"_s), 0);
    }

    void changesNothingButTheValue()
    {
        QCOMPARE(changed(sample, setJson(sample, {u"a"_s, u"x.y"_s}, "2")),
                 QByteArray(sample).replace("1.50", "2"));
        QVERIFY(setJson(sample, {u"a"_s, u"x.y"_s}, "1.50")->isEmpty());
        QVERIFY(!setJson(sample, {u"b"_s, u"deeper"_s}, "1"));
        const QByteArray added = changed(sample, setJson(sample, {u"a"_s, u"new"_s, u"in"_s}, "7"));
        QVERIFY(added.contains("1.50") && added.contains("1e2"));
        QCOMPARE(parsed(added)[u"a"][u"new"][u"in"].toInt(), 7);
        const QByteArray filled = changed(sample, setJson(sample, {u"empty"_s, u"k"_s}, "[]"));
        QVERIFY(parsed(filled)[u"empty"].toObject().contains(u"k"));
    }

    void takesMembersOutWithTheirComma()
    {
        for (const QStringList &path : {QStringList{u"a"_s},
                                        {u"b"_s},
                                        {u"empty"_s},
                                        {u"a"_s, u"list"_s, u"#two"_s},
                                        {u"a"_s, u"list"_s, u"0"_s},
                                        {u"a"_s, u"x.y"_s}}) {
            const QByteArray text = changed(sample, removeJson(sample, path));
            const auto outline = JsonOutline::read(text, u"x"_s);
            QVERIFY2(outline, text.constData());
            QVERIFY(path.last() == u"0" || outline->find(path) < 0);
        }
        const QByteArray one = R"({"only": 1})";
        QCOMPARE(changed(one, removeJson(one, {u"only"_s})), QByteArray("{}"));
    }

    void renamesMembersOnlyToFreeNames()
    {
        QCOMPARE(changed(sample, renameJson(sample, {u"b"_s}, u"c"_s)),
                 QByteArray(sample).replace("\"b\"", "\"c\""));
        QVERIFY(!renameJson(sample, {u"b"_s}, u"a"_s));
    }

    void laysOutEveryTextWithoutTouchingItsTokens()
    {
        QRandomGenerator random(7);
        for (int i = 0; i < 500; ++i) {
            const QByteArray text = jsonText(QJsonArray{someJson(random, 4), someJson(random, 4)});
            const QByteArray laidOut = formattedJson(text, 1);
            QCOMPARE(minifiedJson(laidOut), text);
            QCOMPARE(formattedJson(laidOut, 1), laidOut);
        }
    }

    void setsAndTakesBackInEveryText()
    {
        QRandomGenerator random(11);
        for (int i = 0; i < 500; ++i) {
            const QByteArray before = formattedJson(
                jsonText(QJsonObject{{u"k1"_s, someJson(random, 3)}, {u"k2"_s, QJsonObject()}}));
            const QJsonValue value = someJson(random, 2);
            const auto splice
                = setJson(before, {u"k2"_s, u"deep"_s, u"%1"_s.arg(i)}, jsonText(value));
            QVERIFY(splice);
            QByteArray text = changed(before, splice);
            QCOMPARE(parsed(text)[u"k2"][u"deep"][u"%1"_s.arg(i)], value);
            splice->revert(text);
            QCOMPARE(text, before);
        }
    }

    void refusesWhatIsNoJson()
    {
        QVERIFY(!JsonOutline::read("{", u"x"_s));
        QVERIFY(!JsonOutline::read(QByteArray(200, '['), u"x"_s));
        QVERIFY(!setJson("nothing", {u"a"_s}, "1"));
        QCOMPARE(formattedJson("{oops"), QByteArray("{oops"));
    }
};

QTEST_GUILESS_MAIN(TestJsonEdit)
#include "tst_jsonedit.moc"
