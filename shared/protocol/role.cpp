// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/role.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

const QList<Role> &knownRoles()
{
    static const QList<Role> roles{
        {u"nginx"_s, u"Nginx"_s, 80, u"Load balancing / reverse proxy"_s, {u"nginx"_s}},
        {u"varnish"_s, u"Varnish"_s, 6081, u"Load balancing / reverse proxy"_s, {u"varnishd"_s}},
        {u"apache"_s, u"Apache"_s, 80, u"Web server"_s, {u"apache2"_s, u"httpd"_s}},
        {u"couchbase"_s, u"Couchbase"_s, 8091, u"Cache"_s, {u"beam.smp"_s}},
        {u"memcached"_s, u"Memcached"_s, 11211, u"Cache"_s, {u"memcached"_s}},
        {u"redis"_s, u"Redis"_s, 6379, u"Cache"_s, {u"redis-server"_s, u"valkey-server"_s}},
        {u"comdb"_s, u"COMDB"_s, 0, u"Data"_s, {}},
        {u"mysql"_s, u"MySQL"_s, 3306, u"Data"_s, {u"mariadbd"_s, u"mysqld"_s}},
        {u"photolib"_s, u"PhotoLib"_s, 0, u"VFS"_s, {}},
        {u"fs"_s, u"File system"_s, 0, u"VFS"_s, {}},
        {u"gearman"_s, u"Gearman"_s, 4730, u"RPC"_s, {u"gearmand"_s}},
        {u"deploy"_s, u"Deploy"_s, 0, u"SCM"_s, {}},
        {u"ssh"_s, u"SSH"_s, 22, u"Management"_s, {u"sshd"_s}},
        {u"monitor"_s, u"Monitor"_s, 0, u"Management"_s, {}},
        {u"gmond"_s, u"Ganglia gmond"_s, 8649, u"Management"_s, {u"gmond"_s}},
    };
    return roles;
}

const Role *findRole(QStringView id)
{
    const auto &roles = knownRoles();
    const auto found = std::find_if(roles.begin(), roles.end(),
                                    [id](const Role &role) { return role.id == id; });
    return found == roles.end() ? nullptr : &*found;
}

} // namespace Treewarden
