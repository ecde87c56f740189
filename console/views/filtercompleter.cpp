// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/filtercompleter.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStringListModel>

namespace Treewarden {

FilterCompleter::FilterCompleter(QLineEdit &field, Candidates candidates)
    : QObject(&field)
    , m_field(field)
    , m_candidates(std::move(candidates))
    , m_words(new QStringListModel(this))
    , m_completer(new QCompleter(m_words, this))
{
    m_completer->setWidget(&field);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setAccessibleName(tr("How the word may go on"));
    m_completer->popup()->installEventFilter(this);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &FilterCompleter::take);
    connect(&field, &QLineEdit::textEdited, this, &FilterCompleter::offer);
    connect(&field, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            m_completer->popup()->hide();
    });
}

QStringList FilterCompleter::offered() const
{
    return m_completer->popup()->isVisible() ? m_words->stringList() : QStringList();
}

int FilterCompleter::wordStart() const
{
    return int(m_field.text().left(m_field.cursorPosition()).lastIndexOf(u' ')) + 1;
}

/// Only at the end of a word: inside one, somebody mends it.
void FilterCompleter::offer()
{
    const int start = wordStart(), end = m_field.cursorPosition();
    const bool isAtEnd = end == m_field.text().size() || m_field.text().at(end) == u' ';
    const QStringList words
        = isAtEnd ? m_candidates(m_field.text().mid(start, end - start)) : QStringList();
    if (words.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_words->setStringList(words);
    QAbstractItemView *popup = m_completer->popup();
    const QFontMetrics metrics(popup->font());
    int widest = 0;
    for (const QString &word : words)
        widest = qMax(widest, metrics.horizontalAdvance(word));
    const int left = m_field.inputMethodQuery(Qt::ImCursorRectangle).toRect().center().x()
        - metrics.horizontalAdvance(m_field.text().mid(start, end - start));
    m_completer->complete(QRect(qMax(0, left - 6), 0, widest + 40, m_field.height() + 2));
}

void FilterCompleter::take(const QString &completion)
{
    const int start = wordStart();
    QString text = m_field.text();
    // After a key or a comparison more is to come; after a whole word a space is.
    const bool isWhole
        = !completion.endsWith(u':') && !completion.endsWith(u'>') && !completion.endsWith(u'<');
    const QString word = isWhole ? completion + u' ' : completion;
    text.replace(start, m_field.cursorPosition() - start, word);
    m_field.setText(text);
    m_field.setCursorPosition(start + int(word.size()));
    if (!isWhole)
        offer();
}

/// Tab takes the offered word, the first when none is chosen.
bool FilterCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Tab) {
        QAbstractItemView *popup = m_completer->popup();
        const QModelIndex current = popup->currentIndex();
        const QString word
            = current.isValid() ? current.data().toString() : m_words->stringList().value(0);
        popup->hide();
        take(word);
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Treewarden
