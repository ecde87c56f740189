// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/filterhelp.h"

#include "console/views/linkbutton.h"
#include "console/views/tonedlabel.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>

namespace Treewarden {
using namespace Qt::StringLiterals;

FilterHelp::FilterHelp(QWidget *parent)
    : QFrame(parent, Qt::Popup)
{
    setAccessibleName(tr("The words of a filter"));
    const std::pair<QString, QString> rows[] = {
        {u"web-0"_s, tr("Any text: in the name, the IP, a role or the state")},
        {u"down"_s, tr("Not alive, whatever is in maintenance aside; \"up\" is alive")},
        {u"role:mysql"_s, tr("Servers with a service of this role")},
        {u"paas:dev"_s, tr("Servers in this service tree")},
        {u"state:degraded"_s, tr("alive, degraded, died, unknown or maintenance")},
        {u"name:web"_s, tr("In the name only")},
        {u"ip:10.0."_s, tr("How the IP begins")},
        {u"cpu>80"_s, tr("CPU, memory, disk in percent, load: > >= < <= =")},
        {u"services<5"_s, tr("How many services are alive")},
        {u"-up"_s, tr("A minus: not that")},
        {u"role:nginx cpu>50 -web-01"_s, tr("Several words: all of them")},
    };
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 14);
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(5);
    grid->addWidget(
        new TonedLabel(tr("The words of a filter"), TonedLabel::Tone::Text, TextSize::body, true),
        0, 0, 1, 2);
    int line = 1;
    for (const auto &[example, meaning] : rows) {
        auto *link = new LinkButton(example);
        link->setAccessibleDescription(meaning);
        connect(link, &QAbstractButton::clicked, this, [this, text = example] {
            close();
            Q_EMIT exampleChosen(text);
        });
        m_examples << link;
        grid->addWidget(link, line, 0);
        grid->addWidget(new TonedLabel(meaning, TonedLabel::Tone::Secondary), line++, 1);
    }
    grid->addWidget(new TonedLabel(tr("A click on an example tries it. Esc closes."),
                                   TonedLabel::Tone::Caption, TextSize::small),
                    line, 0, 1, 2);
}

void FilterHelp::showBelow(const QWidget &field)
{
    adjustSize();
    QPoint place = field.mapToGlobal(QPoint(0, field.height() + 4));
    const QRect room = field.screen()->availableGeometry();
    place.setX(qBound(room.left(), place.x(), qMax(room.left(), room.right() - width())));
    move(place);
    show();
    m_examples.first()->setFocus(Qt::TabFocusReason);
}

void FilterHelp::keyPressEvent(QKeyEvent *event)
{
    auto *link = qobject_cast<LinkButton *>(focusWidget());
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_F1)
        close();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && link)
        link->click();
    else if (event->key() == Qt::Key_Down)
        focusNextChild();
    else if (event->key() == Qt::Key_Up)
        focusPreviousChild();
    else
        QFrame::keyPressEvent(event);
}

void FilterHelp::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.surface);
    painter.setPen(theme.line2);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace Treewarden
