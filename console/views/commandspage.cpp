// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/commandspage.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/views/actingline.h"
#include "console/views/card.h"
#include "console/views/commandtable.h"
#include "console/views/emptystate.h"
#include "console/views/filterfield.h"
#include "console/views/pageheader.h"

#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

CommandsPage::CommandsPage(ActionCentre &centre, QWidget *parent)
    : Page(centre.source(), parent)
    , m_table(new CommandTable(centre.log()))
    , m_filter(new FilterField(tr("Filter: a server, a service, who, failed"), u"/"_s))
    , m_empty(new EmptyState)
    , m_content(new QStackedWidget)
{
    auto *header = new PageHeader(tr("Commands"));
    header->addBeside(new ActingLine(centre));
    auto *card = new Card;
    card->column()->setContentsMargins(1, 1, 1, 5);
    m_content->addWidget(m_table);
    m_content->addWidget(m_empty);
    card->column()->addWidget(m_content);
    auto *middle = new QVBoxLayout;
    middle->setContentsMargins(20, 0, 20, 16);
    middle->setSpacing(12);
    middle->addWidget(m_filter);
    middle->addWidget(card, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addLayout(middle, 1);

    auto *find = new QShortcut(QKeySequence(u"/"_s), this);
    connect(find, &QShortcut::activated, m_filter,
            [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_table->filter().setText(text);
        showContent();
    });
    connect(m_filter, &FilterField::left, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_table, &CommandTable::serverChosen, this, &Page::openServer);
    connect(m_empty, &EmptyState::buttonClicked, m_filter, &QLineEdit::clear);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_table->filter(), signal, this, &CommandsPage::showContent);
    connect(&m_table->filter(), &QAbstractItemModel::modelReset, this, &CommandsPage::showContent);
    connect(&source(), &FleetSource::liveChanged, this, &CommandsPage::showContent);
    showContent();
}

void CommandsPage::open(const QString &what)
{
    m_filter->setText(what);
}

void CommandsPage::showContent()
{
    const bool isEmpty = m_table->filter().rowCount() == 0;
    m_content->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_table);
    if (!source().hasState())
        m_empty->setText(tr("The commands are not known yet."), source().trouble());
    else if (m_table->filter().sourceModel()->rowCount() > 0)
        m_empty->setText(tr("No command matches %1.").arg(m_filter->text()), {},
                         tr("Clear filter"));
    else
        m_empty->setText(tr("Nobody has commanded anything yet."),
                         tr("Every start, stop and restart will stand here, with who asked for it, "
                            "why, and what became of it."));
}

} // namespace Treewarden
