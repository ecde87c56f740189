// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/verb.h"

#include "console/cli/clitext.h"
#include "shared/core/ipaddress.h"
#include "shared/core/programoptions.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

ExitCode VerbCall::fail(const QString &sentence, ExitCode code) const
{
    return Treewarden::fail(u"treewarden"_s, Error{sentence}, code);
}

void VerbCall::warn(const QString &sentence) const
{
    Treewarden::fail(u"treewarden"_s, Error{sentence}, ExitCode::Done);
}

std::optional<QString> VerbCall::ip(qsizetype index) const
{
    const auto ip = canonicalIp(word(index));
    if (!ip) {
        fail(CliText::tr("'%1' is no IP address: write it like 10.0.0.7 or 2001:db8::7")
                 .arg(oneLine(word(index), 80)),
             ExitCode::Usage);
    }
    return ip;
}

} // namespace Treewarden
