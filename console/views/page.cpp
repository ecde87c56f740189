// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/page.h"

namespace Treewarden {

Page::Page(FleetSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
{
}

void Page::open(const QString &)
{
}

} // namespace Treewarden
