// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/eventspage.h"

#include "console/models/fleetsource.h"
#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/eventlist.h"
#include "console/views/pageheader.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace Treewarden {

EventsPage::EventsPage(FleetSource &source, QWidget *parent)
    : Page(source, parent)
    , m_list(new EventList(source, EventDelegate::Time::DateAndClock))
    , m_empty(new EmptyState)
    , m_content(new QStackedWidget)
{
    auto *header = new PageHeader(tr("Events"));
    header->setNote(tr("the newest 200"));
    auto *card = new Card;
    m_content->addWidget(m_list);
    m_content->addWidget(m_empty);
    card->column()->setContentsMargins(1, 6, 1, 6);
    card->column()->addWidget(m_content);
    auto *middle = new QVBoxLayout;
    middle->setContentsMargins(20, 0, 20, 16);
    middle->addWidget(card);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addLayout(middle, 1);
    connect(m_list, &EventList::serverChosen, this, &Page::openServer);
    for (auto signal : {&QAbstractItemModel::modelReset})
        connect(m_list->model(), signal, this, &EventsPage::showContent);
    connect(m_list->model(), &QAbstractItemModel::rowsInserted, this, &EventsPage::showContent);
    showContent();
}

void EventsPage::showContent()
{
    m_content->setCurrentWidget(m_list->model()->rowCount() ? static_cast<QWidget *>(m_list)
                                                            : m_empty);
    m_empty->setText(
        source().hasState() ? tr("Nothing has happened yet.") : tr("The events are not known yet."),
        source().hasState() ? tr("Every change of a server or service will stand here.")
                            : source().trouble());
}

} // namespace Treewarden
