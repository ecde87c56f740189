// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/redissession.h"
#include "console/cli/terminal.h"
#include "shared/core/exitcode.h"
#include "shared/core/now.h"
#include "shared/core/settings.h"

#include <QCommandLineParser>
#include <QStringList>

namespace Treewarden {

/// What a verb works with: the words after it, its options, Redis, and where it prints.
class VerbCall
{
public:
    VerbCall(const QCommandLineParser &options, QStringList words, RedisSession &redis,
             Terminal &terminal, const Settings &settings, Now now)
        : m_options(options)
        , m_words(std::move(words))
        , m_redis(redis)
        , m_terminal(terminal)
        , m_settings(settings)
        , m_now(std::move(now))
    {
    }

    /// The positional arguments after the verb.
    const QStringList &words() const { return m_words; }

    QString word(qsizetype index) const { return m_words.value(index); }

    bool isSet(const QString &option) const { return m_options.isSet(option); }

    QString value(const QString &option) const { return m_options.value(option); }

    /// Of an option that may be repeated.
    QStringList values(const QString &option) const { return m_options.values(option); }

    bool wantsJson() const { return isSet(QStringLiteral("json")); }

    RedisSession &redis() { return m_redis; }

    Terminal &out() { return m_terminal; }

    /// Of console.conf.
    const Settings &settings() const { return m_settings; }

    qint64 now() const { return m_now(); }

    /// Prints the sentence on stderr and gives `code` back.
    ExitCode fail(const QString &sentence, ExitCode code) const;

    /// Prints what went wrong with Redis and gives the code that fits.
    ExitCode fail(const RedisFailure &failure) const { return fail(failure.text, failure.code); }

    /// A sentence on stderr that ends nothing.
    void warn(const QString &sentence) const;

    /// The word at `index` as the text of an address that stands in keys; nothing when it is none,
    /// which was told.
    std::optional<QString> ip(qsizetype index) const;

private:
    const QCommandLineParser &m_options;
    QStringList m_words;
    RedisSession &m_redis;
    Terminal &m_terminal;
    const Settings &m_settings;
    Now m_now;
};

/// One verb of the command line: a row of the table that CMake generates from the words in
/// CMakeLists.txt.
struct Verb
{
    QString name; ///< "check-redis"
    QString arguments; ///< as --help shows them: "IP [FILE]"
    QString argumentsHelp; ///< what they are
    QString summary; ///< one line of the overview
    QString details; ///< what --help adds: how it works, examples
    QList<QCommandLineOption> options; ///< beside --json, which all have
    qsizetype fewestWords = 0, mostWords = 0;
    ExitCode (*run)(VerbCall &call) = nullptr;
};

/// All verbs, in the order of CMakeLists.txt.
QList<Verb> allVerbs();

} // namespace Treewarden
