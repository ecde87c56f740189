// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/redis/redisurl.h"

#include <QString>

namespace Treewarden {

/// Where the password of a site lies between two runs.
enum class PasswordKeeping {
    None, ///< it needs none
    Asked, ///< nowhere: it is asked for at every start
    Keyring, ///< in the desktop's secret service
    File, ///< in a file that only the user can read
};

/// "none", "asked", "keyring", "file": how the preferences write it.
QString keepingWord(PasswordKeeping keeping);
/// What an unknown word means: Asked.
PasswordKeeping keepingOf(const QString &word);

/// One Redis that the console watches. Never with a password.
struct SiteProfile
{
    QString id; ///< never shown: names the entry of the keyring
    QString name; ///< what people call it; empty: its address
    QString address; ///< as RedisUrl::parse takes it
    QString user, caFile, certificateFile, keyFile;
    PasswordKeeping keeping = PasswordKeeping::None;

    /// Where it is, without a password; or the sentence why the address is none.
    Result<RedisUrl> url() const;

    friend bool operator==(const SiteProfile &, const SiteProfile &) = default;
};

/// An id that no other profile has.
QString newSiteId();

} // namespace Treewarden
