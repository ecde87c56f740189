// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>

namespace Treewarden {

/// The words of a command after its name, one at a time.
class OptionReader
{
public:
    explicit OptionReader(const QByteArrayList &words)
        : m_words(words.mid(1))
    {
    }

    bool atEnd() const { return m_words.isEmpty(); }

    /// Empty at the end.
    QByteArray take() { return m_words.isEmpty() ? QByteArray() : m_words.takeFirst(); }

private:
    QByteArrayList m_words;
};

/// The name of a command without its folder.
inline QByteArray commandName(const QByteArrayList &words)
{
    return words.first().mid(words.first().lastIndexOf('/') + 1);
}

} // namespace Treewarden
