// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/examplenotice.h"

#include "console/views/tonedlabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace Treewarden {

ExampleNotice::ExampleNotice(QWidget *parent)
    : QWidget(parent)
{
    auto *title = new TonedLabel(tr("Example"), TonedLabel::Tone::Text, TextSize::body, true);
    auto *detail = new TonedLabel(
        tr("These servers are made up and change by themselves. Nothing is connected, nothing can "
           "be acted on."));
    detail->setWordWrap(true);
    auto *leave = new QPushButton(tr("Leave the example"));
    leave->setObjectName(QStringLiteral("leaveExample"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(20, 9, 20, 11);
    row->setSpacing(12);
    row->addWidget(title);
    row->addWidget(detail, 1);
    row->addWidget(leave);
    setAccessibleName(title->text());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(leave, &QPushButton::clicked, this, &ExampleNotice::left);
}

void ExampleNotice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.sel);
    painter.fillRect(0, height() - 2, width(), 2, theme.accent);
}

} // namespace Treewarden
