// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/greppattern.h"
#include "agent/checks/shellwords.h"

#include <QProcess>
#include <QTest>

#include <memory>
#include <rapidcheck.h>
#include <regex.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

bool keepsPromise(const std::string &what, const std::function<void()> &property)
{
    return rc::check(what, property);
}

/// GNU's matcher with the syntax of grep or grep -E (regex(7), <regex.h>).
class GnuPattern
{
public:
    GnuPattern(const std::string &pattern, bool isExtended)
    {
        re_set_syntax(isExtended ? RE_SYNTAX_EGREP : RE_SYNTAX_GREP);
        m_error = re_compile_pattern(pattern.data(), pattern.size(), &m_buffer);
    }

    ~GnuPattern() { regfree(&m_buffer); }

    GnuPattern(const GnuPattern &) = delete;
    GnuPattern &operator=(const GnuPattern &) = delete;

    bool isValid() const { return m_error == nullptr; }

    bool matches(const std::string &line)
    {
        return re_search(&m_buffer, line.data(), int(line.size()), 0, int(line.size()), nullptr)
            >= 0;
    }

private:
    re_pattern_buffer m_buffer{};
    const char *m_error = nullptr;
};

/// A well-formed pattern of the extended syntax, or of the basic one with GNU's additions.
std::string somePattern(int depth, bool isExtended)
{
    const std::string escape = isExtended ? "" : "\\";
    const auto choose = [](int bound) { return *rc::gen::inRange(0, bound); };
    std::string pattern;
    const int atoms = choose(4) + 1;
    for (int i = 0; i < atoms; ++i) {
        const bool isGroup = depth > 0 && choose(4) == 0;
        if (isGroup) {
            pattern += escape + "(" + somePattern(depth - 1, isExtended) + escape + ")";
        } else {
            pattern += *rc::gen::element<std::string>(
                "a", "b", "A", "_", " ", "-", ".", "[ab]", "[^a]", "[a-c_]", "[]x]", "[[:alpha:]]",
                "[^[:space:]]", "\\.", "\\*", "\\w", "\\W", "ab", "\\[");
        }
        switch (choose(10)) {
        case 0:
            pattern += "*";
            break;
        case 1:
            pattern += escape + "+";
            break;
        case 2:
            pattern += escape + "?";
            break;
        case 3:
            pattern += escape + *rc::gen::element<std::string>("{2", "{1,2", "{0,1", "{2,") + escape
                + "}";
            break;
        case 4:
            if (i + 1 < atoms)
                pattern += escape + "|";
            break;
        default:
            break;
        }
    }
    return pattern;
}

std::string someLine()
{
    return *rc::gen::container<std::string>(
        rc::gen::element('a', 'b', 'A', 'c', 'x', '_', '-', ' ', '.', '*', ']'));
}

QByteArray bytesOf(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

/// A word in one of the ways in which a shell lets it be written.
QByteArray quoted(const std::string &word, int way)
{
    QByteArray text;
    if (way == 0) {
        text = "'" + bytesOf(word).replace('\'', "'\\''") + "'";
    } else if (way == 1) {
        for (const char c : word)
            text += (QByteArrayView("\"\\$`").contains(c) ? "\\" : "") + QByteArray(1, c);
        text = '"' + text + '"';
    } else {
        for (const char c : word)
            text += '\\' + QByteArray(1, c);
        text = word.empty() ? "''" : text;
    }
    return text;
}

} // namespace

/// Patterns and words made up at random, held against GNU's matcher and a real shell.
class TestCheckProperties : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    /// The same cases in every run; other ones with RC_PARAMS="seed=… max_success=…".
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("RC_PARAMS"))
            qputenv("RC_PARAMS", "seed=1 max_success=300");
    }

    void matchesWhatGnuMatches_data()
    {
        QTest::addColumn<bool>("isExtended");
        QTest::newRow("basic") << false;
        QTest::newRow("extended") << true;
    }

    void matchesWhatGnuMatches()
    {
        QFETCH(bool, isExtended);
        QVERIFY(keepsPromise("the same lines match", [isExtended] {
            std::string pattern = somePattern(3, isExtended);
            if (*rc::gen::inRange(0, 4) == 0)
                pattern = "^" + pattern;
            if (*rc::gen::inRange(0, 4) == 0)
                pattern += "$";
            const auto ours
                = GrepPattern::compile(bytesOf(pattern), {isExtended, false, false, false, false});
            GnuPattern gnus(pattern, isExtended);
            RC_PRE(ours && gnus.isValid());
            for (int i = 0; i < 10; ++i) {
                const std::string line = someLine();
                RC_LOG() << "pattern '" << pattern << "', line '" << line << "'";
                RC_ASSERT(ours->matches(bytesOf(line)) == gnus.matches(line));
            }
        }));
    }

    void understandsTheSameRubbish_data() { matchesWhatGnuMatches_data(); }

    /// Operators where none are expected. Braces aside: there grep and GNU's matcher differ.
    void understandsTheSameRubbish()
    {
        QFETCH(bool, isExtended);
        QVERIFY(keepsPromise("whatever compiles matches the same", [isExtended] {
            const auto token = rc::gen::element<std::string>(
                "a", "b", ".", "*", "+", "?", "|", "(", ")", "^", "$", "[ab]", "\\(", "\\)", "\\|",
                "\\{1,2\\}", "\\+", "\\?", "\\.", "\\w", "-");
            std::string pattern;
            for (const std::string &one :
                 *rc::gen::resize(8, rc::gen::container<std::vector<std::string>>(token)))
                pattern += one;
            const auto ours
                = GrepPattern::compile(bytesOf(pattern), {isExtended, false, false, false, false});
            if (!ours)
                return;
            GnuPattern gnus(pattern, isExtended);
            RC_LOG() << "pattern '" << pattern << "'";
            RC_ASSERT(gnus.isValid());
            for (int i = 0; i < 10; ++i) {
                const std::string line = *rc::gen::container<std::string>(
                    rc::gen::element('a', 'b', '*', '+', '|', '(', '^', '$', '{', '}'));
                RC_LOG() << "line '" << line << "'";
                RC_ASSERT(ours->matches(bytesOf(line)) == gnus.matches(line));
            }
        }));
    }

    void takesAnyBytes()
    {
        QVERIFY(keepsPromise("nothing crashes", [] {
            const auto pattern = *rc::gen::arbitrary<std::string>(),
                       line = *rc::gen::arbitrary<std::string>();
            for (int options = 0; options < 32; ++options) {
                const auto has = [options](int bit) { return (options >> bit & 1) != 0; };
                const auto ours = GrepPattern::compile(bytesOf(pattern),
                                                       {has(0), has(1), has(2), has(3), has(4)});
                if (ours)
                    ours->matches(bytesOf(line));
            }
        }));
    }

    void unquotesWhatWasQuoted()
    {
        QVERIFY(keepsPromise("words come back", [] {
            const auto letter = rc::gen::inRange(0x20, 0x7f);
            const auto word = rc::gen::map(rc::gen::container<std::vector<int>>(letter),
                                           [](const std::vector<int> &codes) {
                                               return std::string(codes.begin(), codes.end());
                                           });
            const auto stages = *rc::gen::nonEmpty(rc::gen::resize(
                5,
                rc::gen::container<std::vector<std::vector<std::string>>>(rc::gen::nonEmpty(
                    rc::gen::resize(6, rc::gen::container<std::vector<std::string>>(word))))));
            QByteArrayList pipeline;
            QList<QByteArrayList> wanted;
            for (const auto &stage : stages) {
                QByteArrayList texts, words;
                for (const std::string &one : stage) {
                    texts << quoted(one, *rc::gen::inRange(0, 3));
                    words << bytesOf(one);
                }
                pipeline << texts.join(*rc::gen::element(" ", "\t", "  \t "));
                wanted << words;
            }
            const QByteArray text = pipeline.join(*rc::gen::element("|", " | "));
            RC_PRE(text.size() <= 4096);
            RC_LOG() << text.constData();
            RC_ASSERT(splitPipeline(text) == std::optional(wanted));
        }));
    }

    /// What is taken up at all means what it means to the shell.
    void splitsWordsAsTheShellDoes()
    {
        QVERIFY(keepsPromise("the shell agrees", [] {
            const auto token = rc::gen::element<std::string>(
                "a", "b", " ", " ", "\t", "'", "'", "\"", "\"", "\\", "$", "*", "?", "[", "#", "~",
                "=", "!", ":", "%", "2", "2>&1", "2>/dev/null", ">", "`", "&", ";", "{", "}", "-",
                "$ ", "\\$", "\\\"");
            std::string text = "printf '%s|' ";
            for (const std::string &one :
                 *rc::gen::resize(12, rc::gen::container<std::vector<std::string>>(token)))
                text += one;
            const auto stages = splitPipeline(bytesOf(text));
            if (!stages || stages->size() != 1 || stages->first().size() < 3)
                return;
            QProcess shell;
            shell.start(u"/bin/sh"_s, {u"-f"_s, u"-c"_s, QString::fromStdString(text)});
            RC_ASSERT(shell.waitForFinished(10'000));
            RC_LOG() << text;
            RC_ASSERT(shell.readAllStandardOutput() == stages->first().mid(2).join('|') + '|');
        }));
    }
};

QTEST_GUILESS_MAIN(TestCheckProperties)
#include "tst_checkproperties.moc"
