// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Treewarden {

class TreeGraph;

/// Smaller, larger and all of it, for a TreeGraph.
class GraphTools : public QWidget
{
    Q_OBJECT
public:
    explicit GraphTools(TreeGraph &graph, QWidget *parent = nullptr);
};

} // namespace Treewarden
