// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/siteprofile.h"

#include <QUuid>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

const QStringList &keepingWords()
{
    static const QStringList words{u"none"_s, u"asked"_s, u"keyring"_s, u"file"_s};
    return words;
}

} // namespace

QString keepingWord(PasswordKeeping keeping)
{
    return keepingWords().at(qsizetype(keeping));
}

PasswordKeeping keepingOf(const QString &word)
{
    const qsizetype index = keepingWords().indexOf(word);
    return index < 0 ? PasswordKeeping::Asked : PasswordKeeping(index);
}

Result<RedisUrl> SiteProfile::url() const
{
    Result<RedisUrl> parsed = RedisUrl::parse(address);
    if (!parsed)
        return parsed;
    if (!user.isEmpty())
        parsed->user = user;
    parsed->caFile = caFile;
    parsed->certificateFile = certificateFile;
    parsed->keyFile = keyFile;
    return parsed;
}

QString newSiteId()
{
    return QUuid::createUuid().toString(QUuid::Id128);
}

} // namespace Treewarden
