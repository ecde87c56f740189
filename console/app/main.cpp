// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/consoleapp.h"
#include "shared/core/translation.h"

#include <QApplication>

using namespace Treewarden;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    ConsoleApp::tuneMemory();
    QApplication application(argc, argv);
    QApplication::setApplicationVersion(QStringLiteral(TREEWARDEN_VERSION));
    useLanguage(); // the system's, until the preferences are read
    const QString description = QCoreApplication::translate(
        "ConsoleApp", "Shows a fleet of servers and the service tree on them, live.");
    ProgramOptions options(u"treewarden-console"_s, description, u"console"_s);
    if (const auto exitCode = options.read(QApplication::arguments()))
        return int(*exitCode);
    ConsoleApp console;
    if (const auto started = console.start(options); !started)
        return int(fail(u"treewarden-console"_s, started.error(), ExitCode::BadConfiguration));
    return QApplication::exec();
}
