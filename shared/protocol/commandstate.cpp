// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/commandstate.h"

#include <QStringList>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// In the order of the enumeration.
const QStringList &stateWords()
{
    static const QStringList words{u"accepted"_s, u"running"_s,  u"done"_s,
                                   u"failed"_s,   u"refused"_s,  u"expired"_s,
                                   u"unknown"_s,  u"verified"_s, u"unverified"_s};
    return words;
}

} // namespace

QString commandStateWord(CommandState state)
{
    return stateWords().at(int(state));
}

std::optional<CommandState> parseCommandState(QStringView word)
{
    const qsizetype index = stateWords().indexOf(word);
    return index < 0 ? std::nullopt : std::optional(CommandState(index));
}

bool isFinal(CommandState state)
{
    return state >= CommandState::Done && state <= CommandState::Unknown;
}

} // namespace Treewarden
