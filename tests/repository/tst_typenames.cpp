// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// The code without what may hold braces that are none: comments, texts, directives.
QString withoutTexts(QString code)
{
    static const QRegularExpression texts(
        QStringList{
            u"//[^\\n]*"_s, u"/\\*.*?\\*/"_s, // comments
            u"R\"(\\w*)\\(.*?\\)\\1\""_s, u"\"(?:[^\"\\\\\\n]|\\\\.)*\""_s, // texts
            u"(?<!\\w)'(?:[^'\\\\\\n]|\\\\.)+'"_s, // characters, not 1'000
            u"^[ \\t]*(?:#[^\\n]*|[A-Z_]+$)"_s, // directives and macros, each a line
        }
            .join(u'|'),
        QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    return code.replace(texts, u" "_s);
}

/// What the words in front of a brace open: a type's or namespace's name, "" for a body that has
/// none that others can see.
struct Opened
{
    QString name;
    bool isType = false;
};

Opened openedBy(const QString &words)
{
    static const QRegularExpression space(u"^\\s*(?:inline\\s+)?namespace\\s+([\\w:]+)\\s*$"_s);
    static const QRegularExpression type(
        u"^\\s*(?:template\\s*<.*>\\s*)?(?:enum\\s+)?(?:class|struct|union|enum)\\s+"
        "(?:\\[\\[.*?\\]\\]\\s*)?([\\w:]+)(?:\\s+final)?\\s*(?::(?!:).*)?$"_s,
        QRegularExpression::DotMatchesEverythingOption);
    if (const auto match = space.match(words); match.hasMatch())
        return {match.captured(1), false};
    if (const auto match = type.match(words); match.hasMatch())
        return {match.captured(1), true};
    return {};
}

/// Full names of the types that `code` defines where other files can see or meet them: not in an
/// unnamed namespace, a function or another type.
QStringList typesDefinedIn(const QString &code)
{
    QStringList types, scopes;
    qsizetype hidden = 0, wordsFrom = 0; // braces open inside what nobody else sees
    const QString text = withoutTexts(code);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'{') {
            const Opened opened
                = hidden > 0 ? Opened{} : openedBy(text.mid(wordsFrom, i - wordsFrom));
            if (opened.isType)
                types << (scopes + QStringList{opened.name}).join(u"::"_s);
            if (opened.isType || opened.name.isEmpty())
                ++hidden;
            else
                scopes << opened.name;
        } else if (c == u'}' && hidden > 0) {
            --hidden;
        } else if (c == u'}' && !scopes.isEmpty()) {
            scopes.removeLast();
        }
        if (c == u'{' || c == u'}' || c == u';')
            wordsFrom = i + 1;
    }
    return types;
}

} // namespace

/// Two types of one name linked into one program are undefined behaviour that no linker tells of:
/// the member functions of one serve the other.
class TestTypeNames : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void everyTypeIsDefinedOnce()
    {
        const QDir root(QStringLiteral(SOURCE_ROOT));
        QMap<QString, QStringList> definedIn;
        for (const QString &side : {u"shared"_s, u"agent"_s, u"console"_s}) {
            QDirIterator files(root.filePath(side), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                for (const QString &type : typesDefinedIn(QString::fromUtf8(file.readAll())))
                    definedIn[type] << root.relativeFilePath(file.fileName());
            }
        }
        QVERIFY2(definedIn.contains(u"Treewarden::RedisConnection"_s)
                     && definedIn.contains(u"Treewarden::RedisConnection::Private"_s)
                     && definedIn.contains(u"Treewarden::MonitoringSession"_s),
                 "the sources are not understood");
        QVERIFY(definedIn.size() > 100);
        QStringList twice;
        for (auto it = definedIn.cbegin(); it != definedIn.cend(); ++it) {
            if (it->size() > 1)
                twice << it.key() + u" is defined in "_s + it->join(u" and "_s);
        }
        QVERIFY2(twice.isEmpty(), qPrintable(twice.join(u'\n')));
    }

    void findsTypesWhereOthersMeetThem_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QStringList>("types");
        const auto row = [](const char *name, const QString &code, const QStringList &types) {
            QTest::newRow(name) << u"namespace T {\n%1\n}\n"_s.arg(code) << types;
        };
        row("class", u"class A : public B<int>\n{ int a; };"_s, {u"T::A"_s});
        row("final, template, aligned", u"template <class X> struct [[nodiscard]] A final {};"_s,
            {u"T::A"_s});
        row("enum", u"enum class A : quint8 { One }; enum B { Two };"_s, {u"T::A"_s, u"T::B"_s});
        row("namespace", u"namespace N { struct A {}; } struct B {};"_s, {u"T::N::A"_s, u"T::B"_s});
        row("of a class", u"class A::Private : public QObject { };"_s, {u"T::A::Private"_s});
        row("after a macro", u"QT_END_NAMESPACE\nnamespace N { struct A {}; }"_s, {u"T::N::A"_s});
        row("announced", u"class A; struct A *make(); A a{1};"_s, {});
        row("nested", u"class A { struct B { }; enum C { D }; };"_s, {u"T::A"_s});
        row("unnamed namespace", u"namespace { struct A { void f() { } }; } struct B {};"_s,
            {u"T::B"_s});
        row("in a function", u"void f(struct X *) { struct A { }; } struct B {};"_s, {u"T::B"_s});
        row("braces in texts",
            u"auto a = \"{\"; char b = '{'; /* { */ int n = 1'000; // {\nstruct B {};"_s,
            {u"T::B"_s});
        row("raw text", u"auto a = R\"(\"{)\"; struct B {};"_s, {u"T::B"_s});
    }

    void findsTypesWhereOthersMeetThem()
    {
        QFETCH(QString, code);
        QTEST(typesDefinedIn(code), "types");
    }
};

QTEST_GUILESS_MAIN(TestTypeNames)
#include "tst_typenames.moc"
