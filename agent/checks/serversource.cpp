// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/serversource.h"

#include "agent/checks/optionreader.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

std::optional<ShellIdiom> readRedisCli(const QByteArrayList &words)
{
    ShellIdiom idiom;
    idiom.source = ShellIdiom::Source::Redis;
    idiom.parameters = {{u"host"_s, u"127.0.0.1"_s}, {u"port"_s, 6379}};
    QByteArrayList command;
    for (OptionReader reader(words); !reader.atEnd();) {
        const QByteArray word = reader.take();
        if (!command.isEmpty() || !word.startsWith('-'))
            command << word.toLower();
        else if (word == "-h" || word == "-p" || word == "-s")
            idiom.parameters.insert(word == "-h"       ? u"host"_s
                                        : word == "-p" ? u"port"_s
                                                       : u"path"_s,
                                    QString::fromUtf8(reader.take()));
        else if (word == "-n" || word == "-t")
            reader.take();
        else if (word != "--raw" && word != "--no-raw" && word != "--no-auth-warning")
            return std::nullopt;
    }
    if (idiom.parameters.contains(u"path"_s)) {
        idiom.parameters.remove(u"host"_s);
        idiom.parameters.remove(u"port"_s);
    }
    if (command.isEmpty() || command.size() > 2
        || (command.first() != "info" && command != QByteArrayList{"ping"}))
        return std::nullopt;
    idiom.command = command.join(' ');
    return idiom;
}

std::optional<ShellIdiom> readMysqladmin(const QByteArrayList &words)
{
    ShellIdiom idiom;
    idiom.source = ShellIdiom::Source::Mysql;
    QString host, port, path;
    QByteArrayList command;
    for (OptionReader reader(words); !reader.atEnd();) {
        const QByteArray word = reader.take();
        const auto valueOf = [&](QByteArrayView brief, QByteArrayView full, QString *value) {
            if (word == brief || word == full)
                *value = QString::fromUtf8(reader.take());
            else if (word.startsWith(full) && word.at(full.size()) == '=')
                *value = QString::fromUtf8(word.mid(full.size() + 1));
            else if (!word.startsWith("--") && word.startsWith(brief))
                *value = QString::fromUtf8(word.mid(brief.size()));
            else
                return false;
            return true;
        };
        QString ignored;
        if (!word.startsWith('-'))
            command << word;
        else if (valueOf("-S", "--socket", &path) || valueOf("-h", "--host", &host)
                 || valueOf("-P", "--port", &port) || valueOf("-u", "--user", &ignored))
            continue;
        else if (!word.startsWith("-p") && !word.startsWith("--password")
                 && !word.startsWith("--connect-timeout=") && !word.startsWith("--defaults-")
                 && !word.startsWith("--no-defaults") && word != "-s" && word != "--silent")
            return std::nullopt;
    }
    static const QByteArrayList known{"status", "ping", "extended-status", "version",
                                      "processlist"};
    if (command.size() != 1 || !known.contains(command.first()))
        return std::nullopt;
    const bool isRemote = !host.isEmpty() && host != u"localhost";
    if (isRemote || (path.isEmpty() && !port.isEmpty()))
        idiom.parameters = {{u"host"_s, isRemote ? host : u"127.0.0.1"_s},
                            {u"port"_s, port.isEmpty() ? u"3306"_s : port}};
    else
        idiom.parameters = {{u"path"_s, path.isEmpty() ? u"/run/mysqld/mysqld.sock"_s : path}};
    idiom.command = command.first();
    return idiom;
}

} // namespace Treewarden
