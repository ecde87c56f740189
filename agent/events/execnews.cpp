// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/execnews.h"

#include "agent/events/kernelstruct.h"

#include <linux/connector.h>
#include <linux/netlink.h>

namespace Treewarden {

namespace {

// linux/cn_proc.h; its own enumeration moved between kernels, the numbers did not.
constexpr quint32 procEventNone = 0, procEventExec = 2;

/// The head of struct proc_event.
struct ProcEventHead
{
    quint32 what, cpu;
    quint64 timestamp;
    quint32 error; ///< of procEventNone: the answer to a wish
};

void take(QByteArrayView content, ExecNews &news)
{
    cn_msg message;
    ProcEventHead event;
    if (!readStruct(content, &message) || message.id.idx != CN_IDX_PROC
        || message.id.val != CN_VAL_PROC || !readStruct(content.sliced(sizeof message), &event))
        return;
    if (event.what == procEventExec)
        ++news.started;
    else if (event.what == procEventNone)
        news.refusal = int(event.error);
}

} // namespace

ExecNews readExecNews(QByteArrayView messages)
{
    ExecNews news;
    nlmsghdr header;
    while (readStruct(messages, &header)) {
        const auto length = qsizetype(header.nlmsg_len);
        if (length < qsizetype(sizeof header) || length > messages.size())
            break;
        take(messages.first(length).sliced(sizeof header), news);
        messages = messages.sliced(qMin(qsizetype(NLMSG_ALIGN(header.nlmsg_len)), messages.size()));
    }
    return news;
}

} // namespace Treewarden
