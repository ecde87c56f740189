// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Treewarden {

/// One page of the handbook.
struct HelpPage
{
    QString key; ///< "fleet"
    QString title; ///< its first heading
    QString markdown;
};

/// The handbook that is built into the program, in one language.
class HelpBook
{
public:
    struct Hit
    {
        QString key;
        QString snippet; ///< the words around what was found, one line
    };

    /// English where the language has no such page.
    explicit HelpBook(const QString &language);

    /// In the order of the contents.
    const QList<HelpPage> &pages() const { return m_pages; }

    /// The page, or nullptr.
    const HelpPage *page(const QString &key) const;

    /// Pages in which all words stand, those with a word in the title first.
    QList<Hit> search(const QString &typed) const;

    /// The keys of all pages, in the order of the contents.
    static const QStringList &keys();

private:
    QList<HelpPage> m_pages;
};

/// Markdown without its marks, one line.
QString plainHelpText(const QString &markdown);

} // namespace Treewarden
