// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/jsonoutline.h"

#include <optional>

namespace Treewarden {

/// A change of a text: the bytes `removed` at `at` give way to `inserted`.
struct TextSplice
{
    qsizetype at = 0;
    QByteArray removed, inserted;

    bool isEmpty() const { return removed == inserted; }

    void apply(QByteArray &text) const { text.replace(at, removed.size(), inserted); }

    void revert(QByteArray &text) const { text.replace(at, inserted.size(), removed); }
};

/// The shortest splice that makes `after` of `before`.
TextSplice spliceBetween(const QByteArray &before, const QByteArray &after);

/// Puts the JSON text `value` at a path (see JsonOutline). What is missing on the way is made:
/// objects, or in a list its next element. Nothing where a plain value is in the way.
std::optional<TextSplice> setJson(const QByteArray &text, const QStringList &path,
                                  const QByteArray &value);
/// Takes the value at the path out with its name and comma; nothing where there is none.
std::optional<TextSplice> removeJson(const QByteArray &text, const QStringList &path);
/// removeJson(), and what it leaves empty above it, down to the first step of the path.
std::optional<TextSplice> removeJsonUpwards(const QByteArray &text, const QStringList &path);
/// Gives the member at the path another name; nothing where there is none, or one of that name.
std::optional<TextSplice> renameJson(const QByteArray &text, const QStringList &path,
                                     const QString &name);

} // namespace Treewarden
