// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/maintenancedialog.h"

#include "console/dialogs/dialogheight.h"
#include "console/models/maintenancetext.h"
#include "console/views/healthicon.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maintenanceMinute = 60'000, maintenanceHour = 60 * maintenanceMinute,
                 longestSpan = 30 * 24 * maintenanceHour;

} // namespace

MaintenanceDialog::MaintenanceDialog(const QString &what, const std::optional<Maintenance> &present,
                                     qint64 now, QWidget *parent)
    : QDialog(parent)
    , m_now(now)
    , m_span(new QComboBox)
    , m_until(new QDateTimeEdit)
    , m_reason(new QLineEdit)
    , m_end(new TonedLabel({}, TonedLabel::Tone::Secondary))
    , m_start(new QPushButton(present ? tr("Change") : tr("Start maintenance")))
{
    setWindowTitle(tr("Maintenance of %1").arg(what));
    setFont(uiFont());
    auto *title = new TonedLabel(windowTitle(), TonedLabel::Tone::Text, TextSize::title, true);
    title->setWordWrap(true);
    auto *icon = new HealthIcon(24);
    icon->setHealth(Health::Maintenance);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(icon);
    head->addWidget(title, 1);
    auto *note = new TonedLabel(
        present ? maintenanceText(*present, now)
                : tr("Its deaths are then no problems: nobody is told of them until it ends."),
        TonedLabel::Tone::Secondary);
    note->setWordWrap(true);

    const std::pair<QString, qint64> spans[]
        = {{tr("30 minutes"), 30 * maintenanceMinute}, {tr("1 hour"), maintenanceHour},
           {tr("2 hours"), 2 * maintenanceHour},       {tr("4 hours"), 4 * maintenanceHour},
           {tr("1 day"), 24 * maintenanceHour},        {tr("Until…"), 0}};
    for (const auto &[text, span] : spans)
        m_span->addItem(text, span);
    m_span->setCurrentIndex(1);
    m_span->setAccessibleName(tr("For"));
    m_span->setObjectName(u"span"_s);
    m_until->setDisplayFormat(u"yyyy-MM-dd HH:mm"_s);
    m_until->setDateTimeRange(QDateTime::fromMSecsSinceEpoch(now + maintenanceMinute),
                              QDateTime::fromMSecsSinceEpoch(now + longestSpan));
    m_until->setDateTime(QDateTime::fromMSecsSinceEpoch(now + maintenanceHour));
    m_until->setAccessibleName(tr("Until"));
    m_until->setObjectName(u"until"_s);
    auto *when = new QHBoxLayout;
    when->setSpacing(10);
    when->addWidget(m_span);
    when->addWidget(m_until);
    when->addWidget(m_end, 1);
    m_reason->setText(present ? present->reason.left(200) : QString());
    m_reason->setAccessibleName(tr("Why"));
    m_reason->setObjectName(u"reason"_s);
    m_reason->setPlaceholderText(tr("for example: disk exchange"));
    m_reason->setMaxLength(200);
    m_reason->setTextMargins(6, 0, 6, 0);

    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setVerticalSpacing(8);
    form->addRow(tr("For"), when);
    form->addRow(tr("Why"), m_reason);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(14);
    column->addLayout(head);
    column->addWidget(note);
    column->addLayout(form);
    column->addWidget(makeButtons(present.has_value()));
    m_start->setDefault(true); // now that it is in the dialog: else it would not stay the default
    setMinimumWidth(480);
    connect(m_span, &QComboBox::currentIndexChanged, this, &MaintenanceDialog::showUntil);
    showUntil();
    m_reason->setFocus();
    fitHeight(*this);
}

QWidget *MaintenanceDialog::makeButtons(bool hasPresent)
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 4, 0, 0);
    line->setSpacing(10);
    auto *end = new QPushButton(tr("End it now"));
    auto *cancel = new QPushButton(tr("Cancel"));
    end->setObjectName(u"end"_s);
    m_start->setObjectName(u"start"_s);
    for (QPushButton *button : {end, cancel})
        button->setAutoDefault(false);
    end->setVisible(hasPresent);
    line->addWidget(end);
    line->addStretch(1);
    line->addWidget(cancel);
    line->addWidget(m_start);
    connect(end, &QPushButton::clicked, this, [this] {
        m_isEnding = true;
        accept();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &QDialog::accept);
    return row;
}

void MaintenanceDialog::showUntil()
{
    const bool isFree = m_span->currentData().toLongLong() == 0;
    m_until->setVisible(isFree);
    m_end->setVisible(!isFree);
    m_end->setText(tr("until %1").arg(momentText(until(), m_now)));
}

qint64 MaintenanceDialog::until() const
{
    const qint64 span = m_span->currentData().toLongLong();
    return span > 0 ? m_now + span : m_until->dateTime().toMSecsSinceEpoch();
}

QString MaintenanceDialog::reason() const
{
    return m_reason->text().trimmed();
}

} // namespace Treewarden
