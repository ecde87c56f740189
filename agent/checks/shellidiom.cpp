// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/shellidiom.h"

#include "agent/checks/listensource.h"
#include "agent/checks/optionreader.h"
#include "agent/checks/processsource.h"
#include "agent/checks/serversource.h"
#include "agent/checks/shellwords.h"

namespace Treewarden {

namespace {

struct SourceRow
{
    const char *command;
    std::optional<ShellIdiom> (*read)(const QByteArrayList &words);
};

constexpr SourceRow sourceRows[] = {
    {"ps", readPs},
    {"pgrep", readPgrep},
    {"pidof", readPidof},
    {"netstat", readNetstat},
    {"ss", readSs},
    {"redis-cli", readRedisCli},
    {"valkey-cli", readRedisCli},
    {"mysqladmin", readMysqladmin},
    {"mariadb-admin", readMysqladmin},
};

/// Settings of the command's environment that only change how it prints.
QByteArrayList withoutEnvironment(QByteArrayList words)
{
    while (words.size() > 1
           && (words.first().startsWith("LC_ALL=") || words.first().startsWith("LANG=")
               || words.first().startsWith("COLUMNS=")))
        words.removeFirst();
    return words;
}

std::optional<ShellIdiom> readSource(const QByteArrayList &words)
{
    const QByteArray name = commandName(words);
    for (const SourceRow &row : sourceRows) {
        if (name == row.command)
            return row.read(words);
    }
    return std::nullopt;
}

/// pidof prints all numbers on one line.
bool isWordCount(const QByteArrayList &words)
{
    return commandName(words) == "wc" && words.mid(1) == QByteArrayList{"-w"};
}

} // namespace

std::optional<ShellIdiom> recogniseShell(const QString &text)
{
    const auto stages = splitPipeline(text.toUtf8());
    if (!stages)
        return std::nullopt;
    const QByteArrayList source = withoutEnvironment(stages->first());
    auto idiom = readSource(source);
    for (qsizetype i = 1; idiom && i < stages->size(); ++i) {
        const bool isLast = i == stages->size() - 1;
        const auto grep = readGrepStage(stages->at(i));
        if (grep && (!grep->isCount || isLast)) {
            idiom->filters << grep->filter;
            idiom->isCount |= grep->isCount;
        } else if (isLast
                   && (isLineCount(stages->at(i))
                       || (commandName(source) == "pidof" && isWordCount(stages->at(i))))) {
            idiom->isCount = true;
        } else {
            return std::nullopt;
        }
    }
    if (idiom && asksForOwner(*idiom))
        return std::nullopt;
    return idiom;
}

} // namespace Treewarden
