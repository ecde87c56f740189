// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/sitesdialog.h"

#include "console/dialogs/connectionform.h"
#include "console/models/fleettext.h"
#include "console/settings/sitebook.h"
#include "console/views/leavequestion.h"
#include "console/views/theme.h"
#include "shared/core/textformat.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

QString entryTitle(const SiteEntry &entry)
{
    const SiteProfile &site = entry.site;
    if (site.name.isEmpty() && site.address.isEmpty())
        return SitesDialog::tr("New site");
    return oneLine(site.name.isEmpty() ? shortAddress(site.address) : site.name, 60);
}

} // namespace

SitesDialog::SitesDialog(SiteSaver &saver, QWidget *parent)
    : QDialog(parent)
    , m_saver(saver)
    , m_list(new QListWidget)
    , m_form(new ConnectionForm(saver.passwords(), ConnectionForm::Naming::Yes))
{
    setWindowTitle(tr("Sites"));
    setFont(uiFont());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(u"save"_s);
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_form->setContentsMargins(0, 0, 12, 0);
    auto *halves = new QHBoxLayout;
    halves->setSpacing(20);
    halves->addWidget(makeList());
    halves->addWidget(scroll, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(16);
    column->addLayout(halves, 1);
    column->addWidget(buttons);
    m_save->setDefault(true);
    resize(780, 560);
    for (const SiteProfile &site : saver.book().sites())
        m_entries.append({site, {}});
    connect(buttons, &QDialogButtonBox::accepted, this, &SitesDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_form, &ConnectionForm::edited, this, &SitesDialog::showTitles);
    connect(m_list, &QListWidget::currentRowChanged, this, &SitesDialog::showRow);
    connect(&saver, &SiteSaver::saved, this, &QDialog::accept);
    connect(&saver, &SiteSaver::failed, this, [this](const QString &id, const QString &sentence) {
        for (int row = 0; row < int(m_entries.size()); ++row) {
            if (m_entries[row].site.id == id)
                showTrouble(row, sentence);
        }
    });
    if (m_entries.isEmpty())
        addSite();
    showTitles();
    m_list->setCurrentRow(0);
}

QWidget *SitesDialog::makeList()
{
    m_list->setAccessibleName(tr("Sites"));
    m_list->setObjectName(u"sites"_s);
    m_list->setMinimumWidth(m_list->fontMetrics().averageCharWidth() * 26);
    auto *add = makeButton(tr("Add"), u"add"_s, tr("Add a site"));
    m_remove = makeButton(tr("Remove"), u"remove"_s, tr("Remove this site and its password"));
    m_up = makeButton(u"↑"_s, u"up"_s, tr("Move up"));
    m_down = makeButton(u"↓"_s, u"down"_s, tr("Move down"));
    connect(add, &QPushButton::clicked, this, &SitesDialog::addSite);
    connect(m_remove, &QPushButton::clicked, this, &SitesDialog::askToRemoveSite);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    for (QPushButton *button : {add, m_remove, m_up, m_down})
        line->addWidget(button);
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_list, 1);
    column->addLayout(line);
    widget->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    return widget;
}

QPushButton *SitesDialog::makeButton(const QString &text, const QString &name, const QString &tip)
{
    auto *button = new QPushButton(text);
    button->setObjectName(name);
    button->setAccessibleName(tip);
    button->setToolTip(tip);
    button->setAutoDefault(false);
    return button;
}

void SitesDialog::select(const QString &id)
{
    for (int row = 0; row < int(m_entries.size()); ++row) {
        if (m_entries[row].site.id == id)
            m_list->setCurrentRow(row);
    }
}

void SitesDialog::addSite()
{
    SiteEntry entry;
    entry.site.id = newSiteId();
    m_entries << entry;
    showTitles();
    m_list->setCurrentRow(int(m_entries.size()) - 1);
}

/// At once, unless something would be lost with it.
void SitesDialog::askToRemoveSite()
{
    if (m_row < 0)
        return;
    const QString id = m_entries[m_row].site.id;
    const QString loss = m_lossOf ? m_lossOf(id) : QString();
    if (loss.isEmpty())
        return removeSite();
    askToRemove(this, tr("Remove the site %1?").arg(entryTitle(m_entries[m_row])), loss,
                tr("Remove site"), [this] { removeSite(); });
}

void SitesDialog::removeSite()
{
    if (m_row < 0)
        return;
    m_entries.removeAt(std::exchange(m_row, -1));
    showTitles();
    showRow(m_list->currentRow());
}

void SitesDialog::move(int by)
{
    const int to = m_row + by;
    if (m_row < 0 || to < 0 || to >= int(m_entries.size()))
        return;
    leaveRow(m_row);
    m_entries.move(m_row, to);
    m_row = to;
    showTitles();
    m_list->setCurrentRow(to);
}

void SitesDialog::leaveRow(int row)
{
    if (row >= 0 && row < int(m_entries.size()))
        m_entries[row] = m_form->entry();
}

void SitesDialog::showRow(int row)
{
    if (row != m_row) {
        leaveRow(m_row);
        m_row = row;
        m_form->setEntry(row < 0 ? SiteEntry() : m_entries[row]);
    }
    m_form->setEnabled(row >= 0);
    showButtons();
}

/// The list says what the fields say, while they are typed.
void SitesDialog::showTitles()
{
    leaveRow(m_row);
    const QSignalBlocker quiet(m_list);
    while (m_list->count() > int(m_entries.size()))
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < int(m_entries.size()))
        m_list->addItem(QString());
    for (int row = 0; row < m_list->count(); ++row) {
        m_list->item(row)->setText(entryTitle(m_entries[row]));
        m_list->item(row)->setSizeHint(QSize(0, m_list->fontMetrics().height() + 10));
    }
    showButtons();
}

void SitesDialog::showButtons()
{
    m_remove->setEnabled(m_row >= 0);
    m_up->setEnabled(m_row > 0);
    m_down->setEnabled(m_row >= 0 && m_row + 1 < int(m_entries.size()));
}

void SitesDialog::submit()
{
    leaveRow(m_row);
    const int shown = m_row;
    for (int row = 0; row < int(m_entries.size()); ++row) {
        m_list->setCurrentRow(row);
        const Result<SiteEntry> usable = m_form->usableEntry();
        if (!usable) {
            m_form->showMessage(usable.error().text, true);
            return;
        }
        m_entries[row] = *usable;
        m_form->setEntry(*usable);
    }
    m_list->setCurrentRow(shown);
    m_saver.save(m_entries);
}

void SitesDialog::showTrouble(int row, const QString &sentence)
{
    m_list->setCurrentRow(row);
    m_form->showMessage(sentence, true);
}

} // namespace Treewarden
