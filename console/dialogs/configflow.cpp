// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/configflow.h"

#include "console/dialogs/configsavedialog.h"
#include "console/dialogs/enroldialog.h"
#include "console/dialogs/keydialog.h"
#include "console/models/actioncentre.h"

#include <QWidget>

namespace Treewarden {

ConfigFlow::ConfigFlow(ActionCentre &centre, Preferences &preferences, QWidget *window)
    : QObject(window)
    , m_centre(centre)
    , m_preferences(preferences)
    , m_window(window)
{
}

void ConfigFlow::save(const QStringList &ips)
{
    const auto session = m_centre.drafts().session(ips);
    if (m_dialog || !session->isChanged())
        return;
    auto *dialog = new ConfigSaveDialog(session, m_centre.keys(), m_window);
    connect(dialog, &ConfigSaveDialog::keyRequested, this, &ConfigFlow::askForKey);
    open(dialog);
}

void ConfigFlow::decide(const QStringList &ips)
{
    if (m_dialog || ips.isEmpty())
        return;
    auto *dialog = new EnrolDialog(m_centre.source(), m_centre.keys(), ips, m_window);
    connect(dialog, &EnrolDialog::keyRequested, this, &ConfigFlow::askForKey);
    open(dialog);
}

void ConfigFlow::open(QDialog *dialog)
{
    m_dialog = dialog;
    connect(dialog, &QDialog::finished, dialog, &QObject::deleteLater);
    connect(dialog, &QDialog::finished, this, [this] { m_dialog = nullptr; });
    dialog->open();
}

/// Over the dialog that wants it, which goes on by itself.
void ConfigFlow::askForKey()
{
    auto *key = new KeyDialog(m_centre.keys(), m_preferences, m_dialog);
    key->setAttribute(Qt::WA_DeleteOnClose);
    key->open();
}

} // namespace Treewarden
