// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdaemon.h"

#include <QDir>

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

std::unique_ptr<TestDaemon> TestDaemon::gmond(bool collects)
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon(u"gmond"_s));
    const QString triplet = QDir(u"/usr/lib"_s).entryList({u"*-linux-gnu*"_s}, QDir::Dirs).value(0);
    QByteArray text
        = "globals { daemonize = no setuid = no mute = no deaf = no host_dmax = 0\n"
          "cleanup_threshold = 300 gexec = no override_hostname = web1 override_ip = 127.0.0.1 }\n"
          "cluster { name = \"tw\" owner = \"unspecified\" latlong = \"unspecified\" url = "
          "\"unspecified\" }\n"
          "udp_send_channel { host = 127.0.0.1 port = PORT }\n"
          "udp_recv_channel { port = PORT bind = 127.0.0.1 }\n"
          "tcp_accept_channel { port = PORT bind = 127.0.0.1 }\n"
          "modules {\nmodule { name = \"core_metrics\" }\n"
          "module { name = \"load_module\" path = \"FOLDER/modload.so\" }\n"
          "module { name = \"cpu_module\" path = \"FOLDER/modcpu.so\" } }\n"
          "collection_group { collect_once = yes time_threshold = 600\n"
          "metric { name = \"heartbeat\" }\nmetric { name = \"cpu_num\" } }\n";
    if (collects)
        text += "collection_group { collect_every = 1 time_threshold = 1\n"
                "metric { name = \"load_one\" value_threshold = \"0.01\" } }\n";
    daemon->write(u"conf"_s,
                  text.replace("FOLDER", "/usr/lib/" + triplet.toUtf8() + "/ganglia")
                      .replace("PORT", QByteArray::number(daemon->m_port)));
    daemon->m_program = u"/usr/sbin/gmond"_s;
    daemon->m_arguments = {u"-f"_s, u"-c"_s, daemon->path(u"conf"_s)};
    daemon->start();
    return daemon;
}

} // namespace Treewarden
