// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/pageheader.h"

#include "console/views/steadylabel.h"

#include <QHBoxLayout>

namespace Treewarden {

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_title(new TonedLabel(title, TonedLabel::Tone::Text, TextSize::title, true))
    , m_note(new SteadyLabel)
{
    m_row->setContentsMargins(20, 14, 20, 12);
    m_row->setSpacing(12);
    m_row->addWidget(m_title);
    m_row->addWidget(m_note);
    m_row->addStretch(1);
    m_title->setMinimumWidth(60); // a name of any length may not widen the window
    m_note->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PageHeader::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void PageHeader::addBeside(QWidget *widget)
{
    m_row->insertWidget(2 + m_besideCount++, widget);
}

void PageHeader::addAction(QWidget *widget)
{
    m_row->addWidget(widget);
}

} // namespace Treewarden
