// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/configfile.h"

#include "console/cli/clitext.h"
#include "console/cli/verb.h"
#include "shared/core/textformat.h"

#include <QFile>
#include <QFileInfo>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 4 << 20;

} // namespace

std::optional<QByteArray> readInputFile(const VerbCall &call, const QString &path, ExitCode &code)
{
    const bool isInput = path == u"-"_s;
    const QString shown = isInput ? CliText::tr("standard input") : oneLine(path, 200);
    const auto refuse = [&](const QString &sentence, ExitCode why) {
        code = call.fail(sentence, why);
        return std::nullopt;
    };
    QFile file(path);
    if (!isInput && QFileInfo(path).isDir())
        return refuse(CliText::tr("cannot read %1: it is a folder; name a file").arg(shown),
                      ExitCode::InputOutput);
    if (isInput ? !file.open(stdin, QIODevice::ReadOnly) : !file.open(QIODevice::ReadOnly))
        return refuse(CliText::tr("cannot read %1: %2").arg(shown, file.errorString()),
                      ExitCode::InputOutput);
    // QFile::read() may give less than it is asked for, from a pipe.
    QByteArray bytes;
    while (bytes.size() <= largestFile) {
        const QByteArray part = file.read(largestFile + 1 - bytes.size());
        if (part.isEmpty())
            break;
        bytes += part;
    }
    if (file.error() != QFileDevice::NoError)
        return refuse(CliText::tr("cannot read %1: %2").arg(shown, file.errorString()),
                      ExitCode::InputOutput);
    if (bytes.size() > largestFile) {
        return refuse(
            CliText::tr("%1 has more than the %2 that are read: this is no configuration or tree")
                .arg(shown, formatBytes(largestFile)),
            ExitCode::BadInput);
    }
    if (bytes.contains('\0'))
        return refuse(CliText::tr("%1 is binary: it must be JSON text").arg(shown),
                      ExitCode::BadInput);
    return bytes;
}

} // namespace Treewarden
