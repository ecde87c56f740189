// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/graphtools.h"

#include "console/views/tonedlabel.h"
#include "console/views/treegraph.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

GraphTools::GraphTools(TreeGraph &graph, QWidget *parent)
    : QWidget(parent)
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    const auto addButton = [&](const QString &text, const QString &name, auto action) {
        auto *button = new QPushButton(text);
        button->setAccessibleName(name);
        button->setToolTip(name);
        connect(button, &QAbstractButton::clicked, &graph, action);
        line->addWidget(button);
        return button;
    };
    addButton(u"−"_s, tr("Smaller"), [&graph] { graph.zoom(0.8); })->setFixedWidth(32);
    auto *percent = new TonedLabel({}, TonedLabel::Tone::Secondary);
    percent->setAlignment(Qt::AlignCenter);
    percent->setMinimumWidth(QFontMetrics(uiFont()).horizontalAdvance(u"100 %"_s) + 8);
    line->addWidget(percent);
    addButton(u"+"_s, tr("Larger"), [&graph] { graph.zoom(1.25); })->setFixedWidth(32);
    addButton(tr("Fit"), tr("Show all of the tree"), [&graph] { graph.fit(); });
    connect(&graph, &TreeGraph::zoomChanged, percent,
            [&graph, percent] { percent->setText(tr("%1 %", "zoom").arg(graph.zoomPercent())); });
}

} // namespace Treewarden
