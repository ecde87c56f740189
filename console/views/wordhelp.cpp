// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/wordhelp.h"

#include "console/views/linkbutton.h"
#include "console/views/tonedlabel.h"

#include <QGridLayout>
#include <QScreen>

namespace Treewarden {

WordHelp::WordHelp(const QString &title, const QList<Word> &words, QWidget *parent)
    : QFrame(parent, Qt::Popup)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setAccessibleName(title);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(4);
    grid->addWidget(new TonedLabel(title, TonedLabel::Tone::Text, TextSize::body, true), 0, 0, 1,
                    2);
    for (const Word &word : words) {
        const int row = grid->rowCount();
        auto *example = new LinkButton(word.example);
        connect(example, &QAbstractButton::clicked, this, [this, text = word.example] {
            Q_EMIT chosen(text);
            close();
        });
        grid->addWidget(example, row, 0);
        grid->addWidget(new TonedLabel(word.meaning, TonedLabel::Tone::Secondary), row, 1);
    }
}

void WordHelp::showBelow(QWidget *field)
{
    adjustSize();
    const QRect room = field->screen()->availableGeometry();
    QPoint place = field->mapToGlobal(QPoint(0, field->height() + 4));
    place.setX(qBound(room.left(), place.x(), qMax(room.left(), room.right() - width())));
    place.setY(qBound(room.top(), place.y(), qMax(room.top(), room.bottom() - height())));
    move(place);
    show();
    if (auto *first = findChild<LinkButton *>())
        first->setFocus(Qt::PopupFocusReason);
}

} // namespace Treewarden
