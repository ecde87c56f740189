// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/consoleapp.h"

#include <QApplication>

using namespace Treewarden;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationVersion(QStringLiteral(TREEWARDEN_VERSION));
    ProgramOptions options(u"treewarden-console"_s,
                           u"Shows a fleet of servers and the service tree on them, live."_s,
                           u"console"_s);
    if (const auto exitCode = options.read(QApplication::arguments()))
        return int(*exitCode);
    ConsoleApp console;
    if (const auto started = console.start(options); !started)
        return int(fail(u"treewarden-console"_s, started.error(), ExitCode::BadConfiguration));
    return QApplication::exec();
}
