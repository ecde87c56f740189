// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/osrelease.h"

#include "agent/probes/lines.h"

namespace Treewarden {

namespace {

/// A value as the shell reads it: quotes of either kind, and a backslash before a character that
/// would mean something.
QString unquoted(QByteArrayView word)
{
    const bool isQuoted = word.size() >= 2 && (word.front() == '"' || word.front() == '\'')
        && word.front() == word.back();
    if (isQuoted)
        word = word.sliced(1, word.size() - 2);
    QByteArray text;
    for (qsizetype i = 0; i < word.size(); ++i) {
        if (word[i] == '\\' && i + 1 < word.size())
            ++i;
        text += word[i];
    }
    return QString::fromUtf8(text).left(256);
}

} // namespace

QString parseOsName(QByteArrayView osRelease)
{
    QString pretty, name, version;
    while (!osRelease.isEmpty()) {
        const QByteArrayView line = takeLine(&osRelease).trimmed();
        const qsizetype equals = line.indexOf('=');
        if (equals < 0)
            continue;
        const QByteArrayView key = line.first(equals);
        QString *const value = key == "PRETTY_NAME" ? &pretty
            : key == "NAME"                         ? &name
            : key == "VERSION"                      ? &version
                                                    : nullptr;
        if (value)
            *value = unquoted(line.sliced(equals + 1));
    }
    return pretty.isEmpty() ? (name + u' ' + version).trimmed() : pretty;
}

} // namespace Treewarden
