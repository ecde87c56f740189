// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/ipaddress.h"
#include "shared/protocol/messagescan.h"
#include "shared/protocol/updatemessage.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

static QByteArray ipOfMessage(const UpdateMessage &message)
{
    return std::visit([](const auto &m) { return m.ip; }, message).toLatin1();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray json = fuzzInput(data, size).toByteArray();
    if (const auto glance = glanceAtMessage(json)) {
        // A member with an escape is only for the thorough reader, which ignores it.
        QByteArray same = json;
        same.insert(same.lastIndexOf('}'), R"(,"ignored":"\u0041")");
        const auto thorough = parseUpdateMessage(same);
        fuzzExpect(thorough && *thorough ? ipOfMessage(**thorough) == glance->ip
                                         : !isCanonicalIp(QString::fromLatin1(glance->ip)),
                   "both readers understand the same");
        if (glance->type == MessageGlance::Type::Workload)
            WorkloadText(json, glance->body, glance->figures).read();
    }
    const auto message = fuzzResult(parseUpdateMessage(json));
    if (!message || !*message)
        return 0;
    const auto again = parseUpdateMessage(toJson(**message));
    fuzzExpect(again && *again && (*again)->index() == (*message)->index(),
               "what was understood can be said again");
    return 0;
}
