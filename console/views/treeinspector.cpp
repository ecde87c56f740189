// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treeinspector.h"

#include "console/views/healthicon.h"
#include "console/views/linkbutton.h"
#include "console/views/tonedlabel.h"

#include <QHBoxLayout>
#include <QScrollArea>

namespace Treewarden {

TreeInspector::TreeInspector(QWidget *parent)
    : Card(parent)
    , m_title(new TonedLabel({}, TonedLabel::Tone::Text, TextSize::problem, true))
    , m_count(new TonedLabel({}, TonedLabel::Tone::Caption))
    , m_sentence(new TonedLabel)
    , m_badge(new HealthBadge)
{
    auto *head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(m_title);
    head->addWidget(m_badge);
    head->addWidget(m_count);
    head->addStretch(1);
    m_title->setMinimumWidth(40);
    m_sentence->setWordWrap(true);

    auto *content = new QWidget;
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(16, 14, 16, 14);
    m_body->setSpacing(6);
    m_body->addLayout(head);
    m_body->addWidget(m_sentence);
    m_body->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    column()->setContentsMargins(1, 5, 1, 5);
    column()->addWidget(scroll);
    setFixedWidth(300);
    setAccessibleName(tr("Details"));
    clear();
}

void TreeInspector::clear()
{
    m_details = {};
    m_title->setText(tr("Choose a role"));
    m_badge->hide();
    m_count->hide();
    m_sentence->setText(tr("What it needs, what needs it and where it runs stands here."));
    m_sentence->show();
    rebuildSections();
}

void TreeInspector::addFooter(QWidget *widget)
{
    widget->setContentsMargins(16, 8, 16, 10);
    column()->addWidget(widget, 0, Qt::AlignRight);
}

void TreeInspector::setDetails(const TreeDetails &details)
{
    if (details == m_details)
        return;
    const bool isSame = details.sections == m_details.sections;
    m_details = details;
    m_title->setText(details.title);
    m_badge->setHealth(details.health);
    m_badge->show();
    m_count->setText(details.count);
    m_count->setVisible(!details.count.isEmpty());
    m_sentence->setText(details.sentence);
    m_sentence->setVisible(!details.sentence.isEmpty());
    if (!isSame)
        rebuildSections();
}

void TreeInspector::rebuildSections()
{
    if (m_sections)
        m_sections->deleteLater();
    m_sections = new QWidget;
    auto *sections = new QVBoxLayout(m_sections);
    sections->setContentsMargins(0, 0, 0, 0);
    sections->setSpacing(6);
    for (const TreeDetails::Section &section : std::as_const(m_details.sections)) {
        sections->addSpacing(8);
        sections->addWidget(new TonedLabel(section.title, TonedLabel::Tone::Caption));
        const qsizetype shown = qMin(section.rows.size(), TreeDetails::mostRows);
        for (const TreeDetails::Row &row : section.rows.first(shown))
            sections->addWidget(makeRow(row));
        // The list beside it shows them all.
        if (const qsizetype more = section.rows.size() - shown + section.more; more > 0)
            sections->addWidget(new TonedLabel(tr("%1 more").arg(more), TonedLabel::Tone::Caption));
    }
    m_body->insertWidget(2, m_sections);
}

QWidget *TreeInspector::makeRow(const TreeDetails::Row &row)
{
    auto *widget = new QWidget;
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    if (row.health) {
        auto *icon = new HealthIcon(14);
        icon->setHealth(*row.health);
        line->addWidget(icon);
    }
    if (row.ip.isEmpty() && row.key.isEmpty()) {
        auto *text = new TonedLabel(row.text);
        text->setWordWrap(true);
        line->addWidget(text, 1);
    } else {
        auto *link = new LinkButton(row.text);
        connect(link, &QAbstractButton::clicked, this, [this, row] {
            if (row.ip.isEmpty())
                Q_EMIT nodeChosen(row.key);
            else
                Q_EMIT serverChosen(row.ip);
        });
        line->addWidget(link);
        line->addStretch(1);
    }
    if (!row.note.isEmpty())
        line->addWidget(new TonedLabel(row.note, TonedLabel::Tone::Caption, TextSize::small));
    return widget;
}

} // namespace Treewarden
