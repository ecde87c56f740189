// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treepreview.h"

#include <QScrollArea>

namespace Treewarden {

/// Changes of a service tree as sentences under headings, with the states before and after.
class TreeChangesPanel : public QScrollArea
{
    Q_OBJECT
public:
    explicit TreeChangesPanel(QWidget *parent = nullptr);

    void setPreview(const TreePreview &preview);

    const TreePreview &preview() const { return m_preview; }

private:
    void rebuild();
    static QWidget *makeHead(const TreePreview::Section &section);

    TreePreview m_preview;
};

} // namespace Treewarden
