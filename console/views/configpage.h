// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/page.h"

namespace Treewarden {

class ActionCentre;
class ConfigEditor;
class PageHeader;

/// The configurations of several servers, edited together.
class ConfigPage : public Page
{
    Q_OBJECT
public:
    explicit ConfigPage(ActionCentre &centre, QWidget *parent = nullptr);

    /// `what` is the servers' ips, separated by spaces.
    void open(const QString &what) override;

    ConfigEditor &editor() { return *m_editor; }

private:
    PageHeader *m_header;
    ConfigEditor *m_editor;
};

} // namespace Treewarden
