// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/firststart.h"

#include "console/views/agentsteps.h"
#include "console/views/linkbutton.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

QLabel *sentence(const QString &text, int pixelSize = 0, bool isBold = false)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont font = label->font();
    if (pixelSize)
        font.setPixelSize(pixelSize);
    font.setBold(isBold);
    label->setFont(font);
    return label;
}

} // namespace

FirstStart::FirstStart(SiteSaver &saver, QWidget *parent)
    : QWidget(parent)
    , m_saver(saver)
    , m_form(new ConnectionForm(saver.passwords(), ConnectionForm::Naming::No))
{
    auto *icon = new QLabel;
    icon->setPixmap(QIcon(u":/icons/treewarden.svg"_s).pixmap(QSize(64, 64)));
    auto *connectButton = new QPushButton(tr("Connect"));
    connectButton->setObjectName(u"connect"_s);
    connectButton->setDefault(true);
    auto *example = new LinkButton(tr("Show me an example fleet"));
    example->setObjectName(u"example"_s);
    connect(example, &QAbstractButton::clicked, this, &FirstStart::exampleRequested);
    auto *inside = new QWidget;
    inside->setFixedWidth(560);
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 32, 0, 32);
    column->setSpacing(12);
    column->addWidget(icon);
    column->addWidget(sentence(tr("Treewarden watches your servers through Redis."), 20, true));
    column->addWidget(
        sentence(tr("Agents on the servers report to it; this console shows what they say.")));
    column->addSpacing(8);
    column->addWidget(m_form);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(16);
    buttons->addWidget(connectButton);
    buttons->addWidget(example);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addSpacing(16);
    column->addWidget(new AgentSteps);
    column->addStretch(1);
    auto *middle = new QWidget;
    auto *row = new QHBoxLayout(middle);
    row->addWidget(inside, 0, Qt::AlignHCenter);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(middle);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    connect(connectButton, &QPushButton::clicked, this, &FirstStart::submit);
    connect(m_form, &ConnectionForm::submitted, this, &FirstStart::submit);
    connect(&saver, &SiteSaver::failed, this, [this](const QString &, const QString &sentence) {
        m_form->showMessage(sentence, true);
    });
}

void FirstStart::submit()
{
    Result<SiteEntry> entry = m_form->usableEntry();
    if (!entry) {
        m_form->showMessage(entry.error().text, true);
        return;
    }
    entry->site.id = newSiteId();
    m_saver.save({*entry});
}

} // namespace Treewarden
