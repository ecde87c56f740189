// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/wordhelp.h"

#include "console/views/linkbutton.h"
#include "console/views/tonedlabel.h"

#include <QGridLayout>
#include <QKeyEvent>

namespace Treewarden {
using namespace Qt::StringLiterals;

WordHelp::WordHelp(const QString &title, const QList<Word> &words, QWidget *parent)
    : PopupFrame(title, parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 14);
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(5);
    grid->addWidget(new TonedLabel(title, TonedLabel::Tone::Text, TextSize::body, true), 0, 0, 1,
                    2);
    int line = 1;
    for (const Word &word : words) {
        auto *example = new LinkButton(word.example);
        example->setAccessibleDescription(word.meaning);
        example->setMinimumWidth(example->sizeHint().width()); // half an example is none
        connect(example, &QAbstractButton::clicked, this, [this, text = word.example] {
            Q_EMIT chosen(text);
            close();
        });
        grid->addWidget(example, line, 0);
        grid->addWidget(new TonedLabel(word.meaning, TonedLabel::Tone::Secondary), line++, 1);
    }
    grid->addWidget(new TonedLabel(tr("A click on an example tries it. Esc closes."),
                                   TonedLabel::Tone::Caption, TextSize::small),
                    line, 0, 1, 2);
}

WordHelp *WordHelp::ofFleet(QWidget *parent)
{
    const QList<Word> words{
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
    return new WordHelp(tr("The words of a filter"), words, parent);
}

void WordHelp::keyPressEvent(QKeyEvent *event)
{
    auto *link = qobject_cast<LinkButton *>(focusWidget());
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && link)
        link->click();
    else if (event->key() == Qt::Key_Down)
        focusNextChild();
    else if (event->key() == Qt::Key_Up)
        focusPreviousChild();
    else
        PopupFrame::keyPressEvent(event);
}

} // namespace Treewarden
