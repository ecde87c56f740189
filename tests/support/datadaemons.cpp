// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdaemon.h"

#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

std::unique_ptr<TestDaemon> TestDaemon::memcached(const QStringList &arguments)
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon(u"memcached"_s));
    daemon->m_program = u"/usr/bin/memcached"_s;
    daemon->m_arguments
        = QStringList{u"-l"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(daemon->m_port),
                      u"-U"_s, u"0"_s,         u"-m"_s, u"16"_s};
    if (::geteuid() == 0) // it insists on being told as whom it shall run
        daemon->m_arguments << u"-u"_s << u"root"_s;
    daemon->m_arguments << arguments;
    daemon->start();
    return daemon;
}

std::unique_ptr<TestDaemon> TestDaemon::gearmand()
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon(u"gearman"_s));
    daemon->m_program = u"/usr/sbin/gearmand"_s;
    daemon->m_arguments = {u"--listen=127.0.0.1"_s, u"--port=%1"_s.arg(daemon->m_port),
                           u"--log-file="_s + daemon->path(u"gearmand.log"_s)};
    daemon->start();
    return daemon;
}

} // namespace Treewarden
