// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/connectiondialog.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace Treewarden {

ConnectionDialog::ConnectionDialog(Preferences &preferences, QWidget *parent)
    : QDialog(parent)
    , m_form(new ConnectionForm(preferences))
{
    setWindowTitle(tr("Connection"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *connectButton = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    connectButton->setObjectName(QStringLiteral("connect"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(16);
    column->addWidget(m_form);
    column->addWidget(buttons);
    connectButton->setDefault(
        true); // once it is in the dialog; before, the dialog would not know and take Cancel
    setMinimumWidth(520);
    connect(buttons, &QDialogButtonBox::accepted, this, &ConnectionDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ConnectionDialog::submit()
{
    const auto url = m_form->submit();
    if (!url)
        return;
    Q_EMIT chosen(*url);
    accept();
}

} // namespace Treewarden
