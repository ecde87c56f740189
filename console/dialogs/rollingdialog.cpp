// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/rollingdialog.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/views/healthicon.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"

#include <QGridLayout>
#include <QSpinBox>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostInOrder = 12;
constexpr qsizetype mostSkipped = 4;
constexpr int orderColumns = 3;

} // namespace

RollingDialog::RollingDialog(const FleetSource &source, const ActionQuestion &question,
                             const RollingPlan &plan, QWidget *parent)
    : ConfirmDialog(question, parent)
    , m_plan(plan)
    , m_batch(new QSpinBox)
    , m_settling(new QSpinBox)
{
    addOrder(source);
    addPace();
}

RollingPlan RollingDialog::plan() const
{
    RollingPlan plan = m_plan;
    plan.batch = m_batch->value();
    plan.settling = std::chrono::seconds(m_settling->value());
    plan.reason = reason();
    return plan;
}

void RollingDialog::addOrder(const FleetSource &source)
{
    extras()->addWidget(
        new TonedLabel(tr("In this order; it ends at the first that does not come back"),
                       TonedLabel::Tone::Caption, TextSize::small));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    PaasRole role;
    role.role = m_plan.role;
    for (qsizetype i = 0; i < qMin(mostInOrder, m_plan.instances.size()); ++i) {
        const PaasInstance &instance = m_plan.instances[i];
        auto *line = new QHBoxLayout;
        line->setSpacing(6);
        auto *icon = new HealthIcon(14);
        icon->setHealth(instanceHealth(source.state(), role, instance, source.now()));
        line->addWidget(icon);
        line->addWidget(new TonedLabel(
            tr("%1. %2 %3", "number, server, instance")
                .arg(QString::number(i + 1), serverText(source.state(), instance.ip),
                     instance.instance == u"default" ? QString() : oneLine(instance.instance, 32))
                .trimmed()));
        line->addStretch(1);
        grid->addLayout(line, int(i) / orderColumns, int(i) % orderColumns);
    }
    extras()->addLayout(grid);
    for (const auto &[instance, why] : m_plan.skipped.mid(0, mostSkipped))
        extras()->addWidget(new TonedLabel(
            tr("Left out: %1, %2", "a service, why")
                .arg(serviceText(source.state(), instance.ip, {m_plan.role, instance.instance}),
                     oneLine(why, 100)),
            TonedLabel::Tone::Secondary));
    if (m_plan.skipped.size() > mostSkipped)
        extras()->addWidget(
            new TonedLabel(tr("and %1 more left out").arg(m_plan.skipped.size() - mostSkipped),
                           TonedLabel::Tone::Secondary));
    if (m_plan.instances.size() > mostInOrder)
        extras()->addWidget(
            new TonedLabel(tr("and %1 more").arg(m_plan.instances.size() - mostInOrder),
                           TonedLabel::Tone::Secondary));
}

void RollingDialog::addPace()
{
    m_batch->setRange(1, int(qMax<qsizetype>(1, m_plan.instances.size() - 1)));
    m_batch->setValue(m_plan.batch);
    m_batch->setAccessibleName(tr("At once"));
    m_settling->setRange(0, 600);
    m_settling->setValue(int(m_plan.settling.count()));
    m_settling->setAccessibleName(tr("Alive before the next, seconds"));
    auto *line = new QHBoxLayout;
    line->setContentsMargins(0, 8, 0, 0);
    line->setSpacing(8);
    line->addWidget(new TonedLabel(tr("At once")));
    line->addWidget(m_batch);
    line->addSpacing(16);
    line->addWidget(new TonedLabel(tr("Alive before the next")));
    line->addWidget(m_settling);
    line->addWidget(new TonedLabel(tr("s")));
    line->addStretch(1);
    extras()->addLayout(line);
}

} // namespace Treewarden
