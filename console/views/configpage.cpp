// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/configpage.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/views/configeditor.h"
#include "console/views/pageheader.h"

#include <QVBoxLayout>

namespace Treewarden {

ConfigPage::ConfigPage(ActionCentre &centre, QWidget *parent)
    : Page(centre.source(), parent)
    , m_header(new PageHeader(tr("Configuration")))
    , m_editor(new ConfigEditor(centre))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_editor, 1);
    connect(m_editor, &ConfigEditor::saveRequested, this, &Page::configSaveRequested);
    connect(m_editor, &ConfigEditor::actionRequested, this, &Page::actionRequested);
    connect(m_editor, &ConfigEditor::said, this, &Page::said);
}

void ConfigPage::open(const QString &what)
{
    const QStringList ips = what.split(u' ', Qt::SkipEmptyParts);
    m_header->setNote(ips.size() == 1 ? serverText(source().state(), ips.first())
                                      : serverCountText(ips.size()));
    m_editor->setServers(ips);
}

} // namespace Treewarden
