// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/eventspage.h"

#include "console/models/eventexport.h"
#include "console/models/fleetsource.h"
#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/eventdetails.h"
#include "console/views/eventtable.h"
#include "console/views/filterfield.h"
#include "console/views/filterpanel.h"
#include "console/views/pageheader.h"
#include "shared/core/textformat.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

EventsPage::EventsPage(FleetSource &source, QWidget *parent)
    : Page(source, parent)
    , m_log(source)
    , m_header(new PageHeader(tr("Events")))
    , m_panel(makePanel())
    , m_table(new EventTable(m_log))
    , m_details(new EventDetails(source))
    , m_content(new QStackedWidget)
    , m_empty(new EmptyState)
{
    auto *save = new QPushButton(tr("Export…"));
    save->setToolTip(tr("Write the events that the filter leaves to a CSV file"));
    connect(save, &QPushButton::clicked, this, &EventsPage::askForFile);
    m_panel->addAction(save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_panel);
    column->addWidget(middle(), 1);
    m_panel->serve(*m_table);

    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &EventsPage::showCounts);
    connect(&m_log, &EventLog::changed, this, [this] {
        if (isVisible() && !m_soon.isActive())
            m_soon.start();
    });
    connect(&source, &FleetSource::liveChanged, this, &EventsPage::showCounts);
    connect(m_panel, &FilterPanel::textChanged, this, &EventsPage::setFilterText);
    connect(m_panel, &FilterPanel::followingChanged, this, &EventsPage::follow);
    connect(m_panel, &FilterPanel::waitingChosen, this, &EventsPage::showNew);
    connect(m_table, &EventTable::atTopChanged, this, &EventsPage::follow);
    connect(m_empty, &EmptyState::buttonClicked, &m_panel->field(), &QLineEdit::clear);
    follow();
    showCounts();
}

/// The usual filters, and all words with what they mean.
FilterPanel *EventsPage::makePanel()
{
    return new FilterPanel(
        tr("Filter: died   type:config   role:mysql   since:2h   or any text"),
        {{tr("All"), {}},
         {tr("Died"), u"died"_s},
         {tr("Services"), u"type:service"_s},
         {tr("Commands"), u"type:command"_s},
         {tr("Configuration"), u"type:config"_s},
         {tr("Alerts"), u"type:alert"_s}},
        {{u"died"_s, tr("the state it led to: alive, degraded, died, unknown, maintenance")},
         {u"type:command"_s, tr("alive, service, command, config, maintenance, address, alert")},
         {u"ip:10.0."_s, tr("the address begins so")},
         {u"name:web"_s, tr("part of the server's name")},
         {u"role:mysql"_s, tr("of services of that role")},
         {u"who:li.wei"_s, tr("who asked for it")},
         {u"state:failed"_s, tr("what became of a command or configuration")},
         {u"since:2h"_s, tr("not earlier: 30min, 2h, 7d, 03:12, 2026-11-26")},
         {u"until:03:12"_s, tr("not later")},
         {u"-type:address"_s, tr("a minus excludes")}});
}

void EventsPage::open(const QString &what)
{
    m_panel->field().setText(what);
}

QWidget *EventsPage::middle()
{
    m_content->addWidget(m_table);
    m_content->addWidget(m_empty);
    QWidget *frame = listWithDetails(m_content, m_details, 340);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &EventsPage::showDetails);
    connect(m_table, &EventTable::rowChosen, this, [this] {
        const EventRecord *record = m_log.record(m_table->currentIndex().row());
        if (record && source().state().servers.contains(record->ip))
            Q_EMIT openServer(record->ip);
    });
    connect(m_details, &EventDetails::momentRequested, this, &Page::momentRequested);
    connect(m_details, &EventDetails::serverChosen, this, &Page::openServer);
    connect(m_details, &EventDetails::treeChosen, this, &Page::openTree);
    connect(&m_log, &QAbstractItemModel::modelReset, this, [this] {
        if (const int row = m_log.rowOf(m_chosen); row >= 0)
            m_table->setCurrentIndex(m_log.index(row, EventLog::EventColumn));
    });
    return frame;
}

void EventsPage::setFilterText(const QString &text)
{
    m_log.setFilter(EventFilter(text, source().now()));
    m_table->goToTop();
    follow();
    showCounts();
}

void EventsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    follow();
    showCounts();
}

void EventsPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_log.setFollowing(false);
}

/// Rows come by themselves only to somebody who looks at the newest and wants them.
void EventsPage::follow()
{
    m_log.setFollowing(isVisible() && m_panel->isFollowing() && m_table->isAtTop());
}

void EventsPage::showNew()
{
    m_log.showWaiting();
    m_table->goToTop();
    follow();
    m_table->setFocus();
}

void EventsPage::showDetails()
{
    const EventRecord *record = m_log.record(m_table->currentIndex().row());
    m_details->show(record);
    if (record)
        m_chosen = record->id;
}

void EventsPage::showCounts()
{
    m_panel->setCounts({m_log.heldCount(), m_log.diedCount(), m_log.count(EventGroup::Service),
                        m_log.count(EventGroup::Command), m_log.count(EventGroup::Config),
                        m_log.count(EventGroup::Alert)});
    m_panel->setWaiting(m_log.waitingCount());
    const QString held = locale().toString(m_log.heldCount());
    if (m_log.isReading())
        m_header->setNote(tr("reading older ones"));
    else if (!m_log.trouble().isEmpty())
        m_header->setNote(tr("older ones cannot be read: %1").arg(m_log.trouble()));
    else if (!m_log.filter().isEmpty())
        m_header->setNote(tr("%1 of %2 match").arg(locale().toString(m_log.matchCount()), held));
    else
        m_header->setNote(m_log.isComplete() ? tr("all %1 that are kept").arg(held)
                                             : tr("the newest %1").arg(held));
    const bool isEmpty = m_log.rowCount() == 0;
    m_content->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_table);
    if (!source().hasState())
        m_empty->setText(tr("The events are not known yet."), oneLine(source().trouble()));
    else if (!m_log.filter().isEmpty())
        m_empty->setText(tr("No event matches %1.").arg(m_log.filter().text()), {},
                         tr("Clear filter"));
    else
        m_empty->setText(tr("Nothing has happened yet."),
                         tr("Every change of a server or service will stand here."));
}

void EventsPage::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Export events"), {}, tr("CSV files (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        const Result<void> written = exportEvents(m_log, file);
        if (written)
            return;
        auto *box = new QMessageBox(QMessageBox::Warning, tr("Export events"), written.error().text,
                                    QMessageBox::Ok, this);
        box->setTextFormat(Qt::PlainText);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    dialog->open();
}

} // namespace Treewarden
