// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/dialogs/connectionform.h"

namespace Treewarden {

/// What the window shows while no Redis is configured: what this is, where to connect, how the
/// first agent comes in. What is filled in becomes the first site.
class FirstStart : public QWidget
{
    Q_OBJECT
public:
    explicit FirstStart(SiteSaver &saver, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Show a fleet that is made up.
    void exampleRequested();

private:
    void submit();

    SiteSaver &m_saver;
    ConnectionForm *m_form;
};

} // namespace Treewarden
