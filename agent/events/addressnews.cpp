// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/addressnews.h"

#include "agent/events/kernelstruct.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

namespace Treewarden {

namespace {

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
        ifinfomsg link;
        return readStruct(content, &link) && link.ifi_change != 0;
    }
    default:
        return false;
    }
}

} // namespace

bool tellsAddressChange(QByteArrayView messages)
{
    nlmsghdr header;
    while (readStruct(messages, &header)) {
        const auto length = qsizetype(header.nlmsg_len);
        if (length < qsizetype(sizeof header) || length > messages.size())
            break;
        if (isChange(header.nlmsg_type, messages.first(length).sliced(sizeof header)))
            return true;
        messages = messages.sliced(qMin(qsizetype(NLMSG_ALIGN(header.nlmsg_len)), messages.size()));
    }
    return false;
}

} // namespace Treewarden
