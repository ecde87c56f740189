// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/logging.h"

#include "shared/core/coretext.h"
#include "shared/core/textformat.h"

#include <QDateTime>

#include <atomic>
#include <cstdio>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

std::atomic<LogLevel> lowestLevel{LogLevel::Info};
bool journal = false;

struct LevelWords
{
    LogLevel level;
    const char *priority;
    const char *word;
};

LevelWords wordsOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return {LogLevel::Debug, "<7>", "debug"};
    case QtInfoMsg:
        return {LogLevel::Info, "<6>", "info"};
    case QtWarningMsg:
        return {LogLevel::Warning, "<4>", "warning"};
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return {LogLevel::Error, "<3>", "error"};
}

void writeLine(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    const LevelWords words = wordsOf(type);
    if (words.level < lowestLevel)
        return;
    QByteArray line;
    if (journal) {
        line = words.priority;
    } else {
        line = QDateTime::currentDateTime().toString(u"yyyy-MM-dd HH:mm:ss.zzz "_s).toLatin1()
            + words.word + ": ";
    }
    line += oneLine(message, 4096).toUtf8() + '\n';
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.constData(), line.size());
}

} // namespace

Result<LogLevel> parseLogLevel(const QString &word)
{
    if (word == u"debug")
        return LogLevel::Debug;
    if (word == u"info" || word.isEmpty())
        return LogLevel::Info;
    if (word == u"warning")
        return LogLevel::Warning;
    if (word == u"error")
        return LogLevel::Error;
    return Error{CoreText::tr("the log level '%1' is unknown: use debug, info, warning or error")
                     .arg(oneLine(word, 40))};
}

void startLogging(LogLevel level)
{
    lowestLevel = level;
    journal = qEnvironmentVariableIsSet("JOURNAL_STREAM");
    qInstallMessageHandler(writeLine);
}

} // namespace Treewarden
