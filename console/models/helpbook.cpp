// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/helpbook.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

static void loadHelp()
{
    Q_INIT_RESOURCE(help);
}

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype snippetBefore = 30, snippetLength = 70;

QString readPage(const QString &language, const QString &key)
{
    QFile file(u":/help/%1/%2.md"_s.arg(language, key));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString titleOf(const QString &markdown)
{
    return markdown.section(u'\n', 0, 0).mid(2).trimmed();
}

QString snippetOf(const QString &plain, const QString &word)
{
    const qsizetype at = qMax<qsizetype>(0, plain.indexOf(word, 0, Qt::CaseInsensitive));
    qsizetype from = qMax<qsizetype>(0, at - snippetBefore);
    if (const qsizetype blank = plain.indexOf(u' ', from); from > 0 && blank >= 0 && blank < at)
        from = blank + 1;
    qsizetype end = qMin(from + snippetLength, plain.size());
    if (const qsizetype blank = plain.lastIndexOf(u' ', end); end < plain.size() && blank > at)
        end = blank;
    return (from > 0 ? u"…"_s : QString()) + plain.sliced(from, end - from).trimmed()
        + (end < plain.size() ? u"…"_s : QString());
}

} // namespace

const QStringList &HelpBook::keys()
{
    static const QStringList keys{
        u"start"_s, u"overview"_s,      u"fleet"_s,   u"tree"_s,    u"server"_s,
        u"past"_s,  u"actions"_s,       u"keys"_s,    u"events"_s,  u"configuration"_s,
        u"sites"_s, u"notifications"_s, u"sharing"_s, u"keyboard"_s};
    return keys;
}

HelpBook::HelpBook(const QString &language)
{
    loadHelp();
    for (const QString &key : keys()) {
        QString markdown = readPage(language, key);
        if (markdown.isEmpty())
            markdown = readPage(u"en"_s, key);
        m_pages.append({key, titleOf(markdown), markdown});
    }
}

const HelpPage *HelpBook::page(const QString &key) const
{
    for (const HelpPage &page : m_pages) {
        if (page.key == key)
            return &page;
    }
    return nullptr;
}

QList<HelpBook::Hit> HelpBook::search(const QString &typed) const
{
    const QStringList words = typed.simplified().split(u' ', Qt::SkipEmptyParts);
    QList<Hit> titled, others;
    if (words.isEmpty())
        return {};
    for (const HelpPage &page : m_pages) {
        const QString plain = plainHelpText(page.markdown);
        const auto isIn
            = [&plain](const QString &word) { return plain.contains(word, Qt::CaseInsensitive); };
        if (!std::all_of(words.begin(), words.end(), isIn))
            continue;
        const bool isTitled = page.title.contains(words.first(), Qt::CaseInsensitive);
        const QString body = plain.mid(page.title.size()).trimmed();
        (isTitled ? titled : others).append({page.key, snippetOf(body, words.first())});
    }
    return titled + others;
}

QString plainHelpText(const QString &markdown)
{
    static const QRegularExpression link(u"\\[([^\\]]*)\\]\\([^)]*\\)"_s);
    static const QRegularExpression marks(u"[*`#|>]+|^[-:| ]+$|^- "_s,
                                          QRegularExpression::MultilineOption);
    QString plain = markdown;
    plain.replace(link, u"\\1"_s).remove(marks);
    return plain.simplified();
}

} // namespace Treewarden
