// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/greppattern.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Treewarden;

class TestGrepPattern : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void matchesAsGrepDoes_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("isMatch");
        const auto row
            = [](const char *options, const char *pattern, const char *line, bool isMatch) {
                  QTest::addRow("%s '%s' on '%s'", options, pattern, line)
                      << QByteArray(options) << QByteArray(pattern) << QByteArray(line) << isMatch;
              };
        row("", "mysqld_safe", "/bin/sh /usr/bin/mysqld_safe", true);
        row("", "", "anything", true);
        row("", "a.c", "xabcx", true);
        row("", "a.c", "ac", false);
        row("", "ab*c", "ac", true);
        row("", "*a", "*a", true);
        row("", "^*a", "*a", true);
        row("", "a+b", "a+b", true);
        row("", "a+b", "aab", false);
        row("", "a\\+b", "aab", true);
        row("E", "a+b", "aab", true);
        row("E", "a+b", "a+b", false);
        row("", "(x)", "f(x)", true);
        row("", "\\(ab\\)*c", "ababc", true);
        row("E", "(ab)*c", "ababc", true);
        row("E", "^(ab){2}$", "abab", true);
        row("E", "^(ab){2}$", "ababab", false);
        row("E", "a{2,}", "xaax", true);
        row("E", "x{,1}y", "y", true);
        row("", "a\\{2,3\\}b", "aaab", true);
        row("E", "a{x", "a{x", true);
        row("", "redis\\|mysql", "mysqld", true);
        row("", "redis|mysql", "mysqld", false);
        row("E", "redis|mysql", "mysqld", true);
        row("", "^root", "root sshd", true);
        row("", "^root", "a root", false);
        row("", "a^b", "a^b", true);
        row("", "^^a", "^a", true);
        row("", "sshd$", "root sshd", true);
        row("", "sshd$", "sshd -D", false);
        row("", "a$b", "a$b", true);
        row("", "[s]shd", "sshd", true);
        row("", "[s]shd", "[s]shd", false);
        row("", "[^a-c]x", "dx", true);
        row("", "[^a-c]x", "bx", false);
        row("", "[]x]", "]", true);
        row("", "[a-]", "-", true);
        row("", "[[:digit:]][0-9]*", "port 6379", true);
        row("", "[[:upper:]]", "lower", false);
        row("", "\\.conf", "m-redis.conf", true);
        row("", "\\.conf", "m-redisXconf", false);
        row("", "\\*:6379", "redis-server *:6379", true);
        row("i", "REDIS", "redis-server", true);
        row("i", "[R]edis", "redis", true);
        row("w", "sshd", "root sshd -D", true);
        row("w", "ssh", "root sshd -D", false);
        row("w", "3306", "--port=3306", true);
        row("w", "330", "--port=3306", false);
        row("x", "sshd", "sshd", true);
        row("x", "sshd", "sshd -D", false);
        row("F", "a.c", "abc", false);
        row("F", "a.c(x)|", "a.c(x)|", true);
        row("Fi", "A.(C", "xa.(cx", true);
        row("", "\\<ssh", "root sshd", true);
        row("", "\\bshd", "root sshd", false);
        row("", "\\w\\s\\w", "a b", true);
    }

    void matchesAsGrepDoes()
    {
        QFETCH(QByteArray, options);
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, line);
        const auto compiled = GrepPattern::compile(pattern,
                                                   {options.contains('E'), options.contains('F'),
                                                    options.contains('i'), options.contains('w'),
                                                    options.contains('x')});
        QVERIFY(compiled);
        QTEST(compiled->matches(line), "isMatch");
    }

    void refusesWhatItCannotBound_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::newRow("back-reference") << QByteArray("(a)\\1");
        QTest::newRow("open group") << QByteArray("(a");
        QTest::newRow("open bracket") << QByteArray("[a");
        QTest::newRow("nothing to repeat") << QByteArray("a|*b");
        QTest::newRow("no interval's start") << QByteArray("^{2}");
        QTest::newRow("repeated place") << QByteArray("a$*");
        QTest::newRow("unknown class") << QByteArray("[[:nothing:]]");
        QTest::newRow("class without an end") << QByteArray("[[:digit");
        QTest::newRow("ends in a backslash") << QByteArray("a\\");
        QTest::newRow("huge repeats") << QByteArray("((a{255}){255}){255}");
        QTest::newRow("too many repeats") << QByteArray("a{1000}");
        QTest::newRow("reversed repeats") << QByteArray("a{3,2}");
        QTest::newRow("deep") << QByteArray(200, '(') + 'a' + QByteArray(200, ')');
        QTest::newRow("long") << QByteArray(10'000, 'a');
        QTest::newRow("newline") << QByteArray("a\nb");
    }

    void refusesWhatItCannotBound()
    {
        QFETCH(QByteArray, pattern);
        QVERIFY(!GrepPattern::compile(pattern, {true, false, false, false, false}));
    }

    void survivesPatternsThatBacktrackElsewhere()
    {
        const QByteArray line(4000, 'a');
        for (const char *pattern :
             {"(a+)+b", "(a|a)*b", "(a*)*b", "(.*)(.*)(.*)(.*)(.*)b", "((a{1,9}){1,9}){1,9}b"}) {
            const auto compiled = GrepPattern::compile(pattern, {true, false, false, false, false});
            QVERIFY(
                !compiled
                || !compiled->matches(line)); // a backtracking matcher would not return in years
        }
    }
};

QTEST_GUILESS_MAIN(TestGrepPattern)
#include "tst_greppattern.moc"
