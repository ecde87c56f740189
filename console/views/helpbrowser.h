// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

namespace Treewarden {

/// Shows a page of the handbook in the theme's colours. It loads nothing: a page is text, and
/// links are only told of.
class HelpBrowser : public QTextBrowser
{
    Q_OBJECT
public:
    explicit HelpBrowser(QWidget *parent = nullptr);

    void showPage(const QString &markdown);
    /// Marks every place of these words and goes to the first; none clears the marks.
    void mark(const QStringList &words);

    QVariant loadResource(int type, const QUrl &name) override;

Q_SIGNALS:
    /// A link to another page of the handbook: its key.
    void pageLinked(const QString &key);
    void webLinked(const QUrl &address);

protected:
    void changeEvent(QEvent *event) override;

private:
    void styleDocument();
    void styleBlocks();
    void styleTables();

    QString m_markdown;
};

} // namespace Treewarden
