// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/page.h"

#include "console/views/pageplace.h"

namespace Treewarden {

Page::Page(FleetSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
{
}

void Page::open(const QString &)
{
}

void Page::choose(const QString &)
{
}

QVariantMap Page::place() const
{
    return pagePlace(*this);
}

void Page::setPlace(const QVariantMap &place)
{
    setPagePlace(*this, place);
}

} // namespace Treewarden
