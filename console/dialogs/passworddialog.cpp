// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/passworddialog.h"

#include "console/dialogs/connectionform.h"
#include "console/dialogs/dialogheight.h"
#include "console/models/fleettext.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

PasswordDialog::PasswordDialog(const SiteProfile &site, const QString &why, QWidget *parent)
    : QDialog(parent)
    , m_password(namedField(tr("Password"), u"password"_s))
{
    setWindowTitle(tr("Password"));
    setFont(uiFont());
    const QString name = oneLine(site.name.isEmpty() ? shortAddress(site.address) : site.name, 60);
    auto *question = new TonedLabel(
        site.user.isEmpty() ? tr("The password of %1").arg(name)
                            : tr("The password of user %1 at %2").arg(oneLine(site.user, 60), name),
        TonedLabel::Tone::Text, TextSize::problem, true);
    auto *reason = new TonedLabel(oneLine(why, 400), TonedLabel::Tone::Secondary);
    for (TonedLabel *label : {question, reason})
        label->setWordWrap(true);
    reason->setVisible(!why.isEmpty());
    m_password->setEchoMode(QLineEdit::Password);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *go = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    go->setObjectName(u"connect"_s);
    go->setEnabled(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(12);
    column->addWidget(question);
    column->addWidget(reason);
    column->addWidget(m_password);
    column->addWidget(buttons);
    go->setDefault(true);
    setMinimumWidth(420);
    fitHeight(*this);
    connect(m_password, &QLineEdit::textChanged, go,
            [go](const QString &text) { go->setEnabled(!text.isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QString PasswordDialog::password() const
{
    return m_password->text();
}

} // namespace Treewarden
