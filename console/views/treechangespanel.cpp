// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treechangespanel.h"

#include "console/views/card.h"
#include "console/views/healthicon.h"
#include "console/views/tonedlabel.h"
#include "shared/fleet/reasontext.h"

#include <QHBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// More than anybody reads before saving.
constexpr qsizetype mostPreviewRows = 200;

} // namespace

TreeChangesPanel::TreeChangesPanel(QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Changes"));
    rebuild();
}

void TreeChangesPanel::setPreview(const TreePreview &preview)
{
    if (preview == m_preview)
        return;
    m_preview = preview;
    rebuild();
}

void TreeChangesPanel::rebuild()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(20, 14, 20, 14);
    column->setSpacing(6);
    qsizetype rows = 0, hidden = 0;
    for (const TreePreview::Section &section : std::as_const(m_preview.sections)) {
        if (column->count() > 0) {
            column->addSpacing(6);
            column->addWidget(new Divider);
            column->addSpacing(6);
        }
        column->addWidget(makeHead(section));
        for (const TreePreview::Row &row : section.rows) {
            if (++rows > mostPreviewRows) {
                ++hidden;
                continue;
            }
            auto *text = new TonedLabel(row.text);
            text->setWordWrap(true);
            text->setIndent(26);
            column->addWidget(text);
            if (row.note.isEmpty())
                continue;
            auto *note = new TonedLabel(row.note, TonedLabel::Tone::Secondary);
            note->setHealth(Health::Degraded);
            note->setWordWrap(true);
            note->setIndent(26);
            column->addWidget(note);
        }
    }
    if (hidden > 0)
        column->addWidget(new TonedLabel(tr("%1 more").arg(hidden), TonedLabel::Tone::Caption));
    column->addStretch(1);
    setWidget(content);
    content->setAutoFillBackground(false); // the card's own surface
}

/// "▲ MySQL   degraded → alive   7 / 11 alive → 8 / 11 alive"
QWidget *TreeChangesPanel::makeHead(const TreePreview::Section &section)
{
    auto *head = new QWidget;
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    const auto addState = [&](Health health) {
        auto *icon = new HealthIcon(16);
        icon->setHealth(health);
        line->addWidget(icon);
    };
    if (const auto first = section.after ? section.after : section.before)
        addState(*first);
    auto *title = new TonedLabel(section.title, TonedLabel::Tone::Text, TextSize::problem, true);
    title->setMinimumWidth(40);
    line->addWidget(title);
    QString words;
    if (section.before && section.after && section.before != section.after)
        words = healthText(*section.before) + u" → "_s + healthText(*section.after);
    else if (section.after)
        words = healthText(*section.after);
    auto *state = new TonedLabel(words, TonedLabel::Tone::Secondary);
    if (section.after && *section.after != Health::Alive)
        state->setHealth(*section.after);
    line->addWidget(state);
    line->addStretch(1);
    line->addWidget(new TonedLabel(section.effect, TonedLabel::Tone::Secondary));
    return head;
}

} // namespace Treewarden
