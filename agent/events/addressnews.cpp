// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/addressnews.h"

#include <cstring>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <optional>

namespace Treewarden {

namespace {

/// A struct of the kernel's at the start of `bytes`, wherever they lie.
template<typename T>
std::optional<T> headOf(QByteArrayView bytes)
{
    T head{};
    if (size_t(bytes.size()) < sizeof head)
        return std::nullopt;
    std::memcpy(&head, bytes.data(), sizeof head);
    return head;
}

bool isChange(quint16 type, QByteArrayView content)
{
    switch (type) {
    case RTM_NEWADDR:
    case RTM_DELADDR:
    case RTM_DELLINK:
    case NLMSG_ERROR:
    case NLMSG_OVERRUN:
        return true;
    case RTM_NEWLINK: {
        // Without a changed flag it is news of a driver: wireless ones tell their noise level so.
        const auto link = headOf<ifinfomsg>(content);
        return link && link->ifi_change != 0;
    }
    default:
        return false;
    }
}

} // namespace

bool tellsAddressChange(QByteArrayView messages)
{
    while (const auto header = headOf<nlmsghdr>(messages)) {
        const auto length = qsizetype(header->nlmsg_len);
        if (length < qsizetype(sizeof *header) || length > messages.size())
            break;
        if (isChange(header->nlmsg_type, messages.first(length).sliced(sizeof *header)))
            return true;
        messages
            = messages.sliced(qMin(qsizetype(NLMSG_ALIGN(header->nlmsg_len)), messages.size()));
    }
    return false;
}

} // namespace Treewarden
