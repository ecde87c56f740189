// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/passwordasker.h"

#include "console/dialogs/passworddialog.h"
#include "console/views/consoleframe.h"

namespace Treewarden {

PasswordAsker::PasswordAsker(ConsoleFrame &frame)
    : m_frame(frame)
{
}

void PasswordAsker::ask(const SiteProfile &site, const QString &why)
{
    m_wanted.removeIf([&](const auto &wanted) { return wanted.first.id == site.id; });
    m_wanted.append({site, why});
    askNext();
}

void PasswordAsker::askNext()
{
    if (m_dialog || m_wanted.isEmpty() || !m_frame.content())
        return;
    const auto [site, why] = m_wanted.takeFirst();
    auto *dialog = new PasswordDialog(site, why, &m_frame);
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, id = site.id] { Q_EMIT told(id, dialog->password()); });
    connect(dialog, &QObject::destroyed, this, &PasswordAsker::askNext, Qt::QueuedConnection);
    dialog->open();
}

} // namespace Treewarden
