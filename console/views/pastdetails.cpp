// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/pastdetails.h"

#include "console/models/pastgaps.h"
#include "console/views/tonedlabel.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int widestDetails = 460, detailsGap = 12;

} // namespace

PastDetails::PastDetails(const PastKnowledge &known, QWidget *parent)
    : QFrame(parent, Qt::Popup)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("What is known of this moment"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 14);
    column->setSpacing(4);
    QStringList said;
    const std::pair<QString, QStringList> groups[] = {{tr("As it was then"), known.asThen},
                                                      {tr("Not known"), known.unknown},
                                                      {tr("As it is now"), known.asNow}};
    for (const auto &[title, sentences] : groups) {
        if (sentences.isEmpty())
            continue;
        if (column->count() > 0)
            column->addSpacing(detailsGap);
        column->addWidget(new TonedLabel(title, TonedLabel::Tone::Text, TextSize::body, true));
        for (const QString &sentence : sentences) {
            auto *label = new TonedLabel(sentence, TonedLabel::Tone::Secondary);
            label->setWordWrap(true);
            label->setMinimumWidth(
                qMin(widestDetails, label->fontMetrics().horizontalAdvance(sentence) + 1));
            column->addWidget(label);
        }
        said << title + u": "_s + sentences.join(u' ');
    }
    setMaximumWidth(widestDetails + 32);
    setAccessibleDescription(said.join(u' '));
}

void PastDetails::showBelow(const QWidget &place)
{
    adjustSize();
    QPoint corner = place.mapToGlobal(QPoint(0, place.height() + 4));
    const QRect room = place.screen()->availableGeometry();
    corner.setX(qBound(room.left(), corner.x(), qMax(room.left(), room.right() - width())));
    move(corner);
    show();
    setFocus(Qt::PopupFocusReason);
}

void PastDetails::keyPressEvent(QKeyEvent *event)
{
    const bool closes = event->key() == Qt::Key_Escape || event->key() == Qt::Key_Return
        || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (closes)
        close();
    else
        QFrame::keyPressEvent(event);
}

void PastDetails::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.surface);
    painter.setPen(theme.line2);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace Treewarden
