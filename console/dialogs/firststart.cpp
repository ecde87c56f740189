// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/firststart.h"

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

FirstStart::FirstStart(Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_form(new ConnectionForm(preferences))
{
    auto *icon = new QLabel;
    icon->setPixmap(QIcon(u":/icons/treewarden.svg"_s).pixmap(QSize(64, 64)));
    auto *connectButton = new QPushButton(tr("Connect"));
    connectButton->setObjectName(u"connect"_s);
    connectButton->setDefault(true);
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
    column->addWidget(connectButton, 0, Qt::AlignLeft);
    column->addSpacing(16);
    column->addWidget(steps());
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
}

QWidget *FirstStart::steps() const
{
    const std::pair<QString, QString> lines[] = {
        {tr("1. Install the agent on a server and start it; it asks to be enrolled."),
         u"treewarden-agent --redis redis://HOST:6379/0 --enrol"_s},
        {tr("2. See who asks."), u"treewarden pending"_s},
        {tr("3. Enrol it; it appears here at once."), u"treewarden enrol IP"_s},
    };
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(sentence(tr("The first server"), 15, true));
    for (const auto &[text, command] : lines) {
        column->addSpacing(4);
        column->addWidget(sentence(text));
        QLabel *words = sentence(command);
        words->setFont(QFont(u"DejaVu Sans Mono"_s, -1));
        QFont mono = words->font();
        mono.setPixelSize(12);
        words->setFont(mono);
        column->addWidget(words);
    }
    return widget;
}

void FirstStart::submit()
{
    if (const auto url = m_form->submit())
        Q_EMIT chosen(*url);
}

} // namespace Treewarden
