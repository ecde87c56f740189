// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/serviceid.h"

#include <algorithm>

namespace Treewarden {

bool isValidName(QStringView name)
{
    const auto isAllowed = [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9')
            || u == u'_' || u == u'.' || u == u'-';
    };
    return !name.isEmpty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), isAllowed);
}

std::optional<ServiceId> ServiceId::parse(QStringView text)
{
    const qsizetype colon = text.indexOf(u':');
    if (colon < 0 || !isValidName(text.left(colon)) || !isValidName(text.mid(colon + 1)))
        return std::nullopt;
    return ServiceId{text.left(colon).toString(), text.mid(colon + 1).toString()};
}

} // namespace Treewarden
