// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/dialogs/connectionform.h"

#include <QDialog>

namespace Treewarden {

/// Asks which Redis to watch.
class ConnectionDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ConnectionDialog(Preferences &preferences, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The person wants this one; everything but its password has been remembered.
    void chosen(const Treewarden::RedisUrl &url);

private:
    void submit();

    ConnectionForm *m_form;
};

} // namespace Treewarden
