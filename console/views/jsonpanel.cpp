// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/jsonpanel.h"

#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/jsoneditor.h"
#include "console/views/linkbutton.h"
#include "console/views/tonedlabel.h"

#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

JsonPanel::JsonPanel(QWidget *parent)
    : QWidget(parent)
    , m_editor(new JsonEditor)
    , m_content(new QStackedWidget)
    , m_several(new EmptyState)
    , m_find(makeFind())
{
    m_content->addWidget(m_editor);
    m_content->addWidget(m_several);
    auto *card = new Card;
    card->column()->setContentsMargins(1, 1, 1, 1);
    card->column()->setSpacing(0);
    card->column()->addWidget(makeHead());
    card->column()->addWidget(new Divider);
    card->column()->addWidget(m_find);
    card->column()->addWidget(m_content, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(card);
    m_find->hide();
    m_several->setText(tr("These configurations differ, so they have no common text."),
                       tr("Choose one server to edit its JSON. The form edits all of them."),
                       tr("Show the first"));
    connect(m_several, &EmptyState::buttonClicked, this, &JsonPanel::choiceRequested);
    connect(m_editor, &JsonEditor::typed, this, [this](const QByteArray &document) {
        if (m_session)
            m_session->type(document);
    });
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, &JsonPanel::startSearch);
    auto *layOut = new QShortcut(QKeySequence(u"Ctrl+Shift+I"_s), this);
    layOut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(layOut, &QShortcut::activated, this, &JsonPanel::format);
}

QWidget *JsonPanel::makeHead()
{
    auto *head = new QWidget;
    auto *find = new LinkButton(tr("Find"));
    auto *layOut = new LinkButton(tr("Lay out"));
    find->setToolTip(tr("Ctrl+F"));
    layOut->setToolTip(tr("Ctrl+Shift+I"));
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(12, 6, 12, 6);
    line->setSpacing(16);
    line->addWidget(new TonedLabel(tr("Tab indents, Esc leaves the text"),
                                   TonedLabel::Tone::Caption, TextSize::small));
    line->addStretch(1);
    line->addWidget(find);
    line->addWidget(layOut);
    connect(find, &QAbstractButton::clicked, this, &JsonPanel::startSearch);
    connect(layOut, &QAbstractButton::clicked, this, &JsonPanel::format);
    return head;
}

QWidget *JsonPanel::makeFind()
{
    auto *find = new QWidget;
    m_words = new QLineEdit;
    m_words->setPlaceholderText(tr("Find in the JSON"));
    m_words->setAccessibleName(tr("Find in the JSON"));
    m_words->setObjectName(u"find"_s);
    m_words->setTextMargins(6, 0, 6, 0);
    m_found = new TonedLabel({}, TonedLabel::Tone::Caption);
    auto *next = new QPushButton(tr("Next"));
    auto *previous = new QPushButton(tr("Previous"));
    auto *close = new QPushButton(tr("Close"));
    auto *line = new QHBoxLayout(find);
    line->setContentsMargins(8, 8, 8, 8);
    line->addWidget(m_words, 1);
    line->addWidget(m_found);
    for (QPushButton *button : {previous, next, close})
        line->addWidget(button);
    const auto leave = [this] {
        m_find->hide();
        m_editor->setFocus();
    };
    connect(m_words, &QLineEdit::textEdited, this, [this] {
        m_editor->setCursorPosition(0, 0);
        search(true);
    });
    connect(m_words, &QLineEdit::returnPressed, this, [this] { search(true); });
    connect(next, &QPushButton::clicked, this, [this] { search(true); });
    connect(previous, &QPushButton::clicked, this, [this] { search(false); });
    connect(close, &QPushButton::clicked, this, leave);
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), find);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, leave);
    return find;
}

void JsonPanel::setSession(const std::shared_ptr<ConfigSession> &session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (m_session) {
        connect(m_session.get(), &ConfigSession::changed, this, &JsonPanel::showDocument);
        connect(m_session.get(), &ConfigSession::checked, this, &JsonPanel::showIssues);
    }
    showDocument();
    showIssues();
}

/// The one that stands for all targets; nullptr when there is none.
const ConfigDraft *JsonPanel::shownDraft() const
{
    const QList<int> targets = m_session ? m_session->targets() : QList<int>();
    if (targets.isEmpty())
        return nullptr;
    const ConfigDraft &first = m_session->drafts()[targets.first()];
    const bool isSame = std::all_of(targets.begin(), targets.end(), [&](int target) {
        return m_session->drafts()[target].document == first.document;
    });
    return isSame ? &first : nullptr;
}

void JsonPanel::showDocument()
{
    const ConfigDraft *draft = shownDraft();
    const bool isSeveral = m_session && m_session->targets().size() > 1;
    m_content->setCurrentIndex(draft || !isSeveral ? 0 : 1);
    m_editor->setReadOnly(!draft);
    if (draft)
        m_editor->setDocument(draft->document);
    else if (!isSeveral)
        m_editor->setDocument({});
}

void JsonPanel::showIssues()
{
    const ConfigDraft *draft = shownDraft();
    m_editor->setIssues(draft ? draft->issues : QList<PlacedIssue>());
}

void JsonPanel::showField(const QString &name)
{
    const ConfigDraft *draft = shownDraft();
    const JsonOutline *outline = draft ? draft->outline() : nullptr;
    const int index = outline ? outline->find({name}) : -1;
    if (index >= 0)
        m_editor->goToLine(outline->lineAt(outline->node(index).nameStart));
}

void JsonPanel::showLine(int line)
{
    m_editor->goToLine(line);
    m_editor->setFocus();
}

void JsonPanel::format()
{
    if (m_session && shownDraft())
        m_session->edit(tr("Lay out"), [](const ConfigDraft &draft) {
            const bool isJson = JsonOutline::read(draft.document, {}, largestDocument).isOk();
            return isJson
                ? std::optional(spliceBetween(draft.document, formattedDocument(draft.document)))
                : std::nullopt;
        });
}

void JsonPanel::startSearch()
{
    m_find->show();
    m_words->setFocus();
    m_words->selectAll();
}

void JsonPanel::search(bool isForward)
{
    const QString words = m_words->text();
    int line = 0, column = 0;
    m_editor->getCursorPosition(&line, &column);
    if (!isForward && m_editor->hasSelectedText()) {
        int toLine = 0, toColumn = 0;
        m_editor->getSelection(&line, &column, &toLine, &toColumn);
    }
    const bool isFound = !words.isEmpty()
        && m_editor->findFirst(words, false, false, false, true, isForward, line, column);
    m_found->setText(words.isEmpty() || isFound ? QString() : tr("not found"));
}

} // namespace Treewarden
