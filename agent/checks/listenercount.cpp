// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/listenercount.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestSocketTable = 1 << 20;

struct TableRow
{
    const char *protocol;
    char family; ///< its letter among the options; both addresses share one
    char version; ///< '4', '6'; '\0' for Unix sockets
};

constexpr TableRow tableRows[] = {
    {"tcp", 't', '4'},  {"tcp6", 't', '6'},  {"udp", 'u', '4'},
    {"udp6", 'u', '6'}, {"unix", 'x', '\0'},
};

bool isAskedFor(const TableRow &row, const QByteArray &sockets)
{
    const bool hasFamily = sockets.contains('t') || sockets.contains('u') || sockets.contains('x');
    const bool hasVersion = sockets.contains('4') || sockets.contains('6');
    return (!hasFamily || sockets.contains(row.family))
        && (!hasVersion || row.version == '\0' || sockets.contains(row.version))
        && !(hasVersion && !hasFamily && row.version == '\0');
}

} // namespace

ListenerCount::Table::Table(QByteArray protocolName, const QString &file)
    : protocol(std::move(protocolName))
    , path(file.toLocal8Bit())
    , buffer(qsizetype(16) << 10, Qt::Uninitialized)
{
}

ListenerCount::Table::~Table()
{
    if (descriptor >= 0)
        close(descriptor);
}

/// The kernel gives whole lines, a page at a time. False when there is no such table.
bool ListenerCount::Table::read()
{
    if (descriptor < 0)
        descriptor = open(path.constData(), O_RDONLY | O_CLOEXEC);
    QByteArray now;
    ssize_t length = descriptor < 0 ? -1 : 0;
    while (length >= 0 && now.size() < longestSocketTable) {
        length = pread(descriptor, buffer.data(), size_t(buffer.size()), now.size());
        if (length <= 0)
            break;
        now.append(buffer.constData(), length);
        if (hasConnections(QByteArrayView(buffer).first(length)))
            break;
    }
    isChanged |= now != text;
    text = now;
    return length >= 0;
}

/// Listening sockets stand before all others in the tables of TCP.
bool ListenerCount::Table::hasConnections(QByteArrayView page) const
{
    const QByteArrayView lastLine
        = page.sliced(page.chopped(page.endsWith('\n') ? 1 : 0).lastIndexOf('\n') + 1);
    return protocol.startsWith("tcp") && !lastLine.contains(" 0A ")
        && !lastLine.contains("local_address");
}

ListenerCount::ListenerCount(ShellIdiom idiom, const ProbeContext &context)
    : m_idiom(std::move(idiom))
{
    for (const TableRow &row : tableRows) {
        if (isAskedFor(row, m_idiom.sockets))
            m_tables.push_back(std::make_unique<Table>(
                row.protocol, context.procRoot + u"/net/"_s + QLatin1StringView(row.protocol)));
    }
}

void ListenerCount::check(const ProcSnapshot &, Done done)
{
    bool isReadable = false, isChanged = false;
    for (const auto &table : m_tables) {
        isReadable |= table->read(); // one of them is enough: IPv6 may be switched off
        isChanged |= std::exchange(table->isChanged, false);
    }
    if (isChanged)
        m_last = judge(isReadable);
    done(m_last);
}

CheckResult ListenerCount::judge(bool isReadable) const
{
    if (!isReadable) {
        const QString path = QString::fromLocal8Bit(m_tables.front()->path);
        return CheckResult::unknown(
            u"cannot read %1, where the kernel lists what listens"_s.arg(path),
            u"listen.unreadable"_s, {{u"path"_s, path}});
    }
    for (const auto &table : m_tables) {
        const QList<Listener> listeners = table->protocol == "unix"
            ? parseUnixListeners(table->text)
            : table->protocol.startsWith("udp") ? parseUdpReceivers(table->text)
                                                : parseTcpListeners(table->text);
        if (std::any_of(listeners.begin(), listeners.end(), [&](const Listener &socket) {
                return fits({table->protocol, socket});
            }))
            return CheckResult::isAlive();
    }
    return CheckResult::died(u"nothing listens on a socket matching %1"_s.arg(shownFilters()),
                             u"listen.none"_s, {{u"what"_s, shownFilters()}});
}

bool ListenerCount::fits(const ShownListener &shown) const
{
    const QByteArrayList lines = listenerLines(shown, m_idiom);
    return std::all_of(m_idiom.filters.begin(), m_idiom.filters.end(),
                       [&lines](const GrepFilter &filter) { return filter.passesOne(lines); });
}

QString ListenerCount::shownFilters() const
{
    QStringList shown;
    for (const GrepFilter &filter : m_idiom.filters)
        shown << filter.shown;
    return shown.isEmpty() ? u"anything"_s : shown.join(u" and "_s);
}

QString ListenerCount::description() const
{
    return u"something listens on a socket matching %1"_s.arg(shownFilters());
}

} // namespace Treewarden
