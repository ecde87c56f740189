// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/leavequestion.h"

#include "console/views/theme.h"
#include "console/views/themestyle.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

namespace Treewarden {

namespace {

/// The file's texts under one heading for translators.
struct LeaveText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::LeaveQuestion)
};

QMessageBox *makeQuestion(QWidget *parent, const QString &question, const QString &consequence)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(question);
    box->setText(question);
    box->setInformativeText(consequence);
    auto *grid = static_cast<QGridLayout *>(box->layout());
    grid->setContentsMargins(20, 20, 20, 16);
    if (const QLayoutItem *indent = grid->itemAtPosition(0, 0); indent && !indent->widget()) {
        grid->removeItem(const_cast<QLayoutItem *>(indent)); // the place of an icon
        delete indent;
        grid->setHorizontalSpacing(0);
        grid->setColumnStretch(1, 1);
    }
    if (auto *title = box->findChild<QLabel *>(QStringLiteral("qt_msgbox_label")))
        title->setFont(uiFont(TextSize::problem, true));
    return box;
}

} // namespace

void askToLeave(QWidget *parent, const QString &what, int changes,
                const std::function<void(LeaveAnswer)> &answered)
{
    QMessageBox *box
        = makeQuestion(parent, LeaveText::tr("Save the changes of %1?").arg(what),
                       changes == 1 ? LeaveText::tr("1 change is not saved yet.")
                                    : LeaveText::tr("%1 changes are not saved yet.").arg(changes));
    QPushButton *save = box->addButton(LeaveText::tr("Save"), QMessageBox::AcceptRole);
    QPushButton *discard = box->addButton(LeaveText::tr("Discard"), QMessageBox::DestructiveRole);
    QPushButton *stay = box->addButton(LeaveText::tr("Keep editing"), QMessageBox::RejectRole);
    setEmphasis(save, Emphasis::Primary);
    box->setDefaultButton(save);
    box->setEscapeButton(stay);
    // The row of buttons stands for its first one, and Tab would go round before the last.
    box->findChild<QDialogButtonBox *>()->setFocusProxy(nullptr);
    QObject::connect(box, &QMessageBox::finished, parent, [box, save, discard, answered] {
        const auto *clicked = box->clickedButton();
        answered(clicked == save          ? LeaveAnswer::Save
                     : clicked == discard ? LeaveAnswer::Discard
                                          : LeaveAnswer::Stay);
    });
    box->open();
}

void askToRemove(QWidget *parent, const QString &question, const QString &consequence,
                 const QString &verb, const std::function<void()> &agreed)
{
    QMessageBox *box = makeQuestion(parent, question, consequence);
    QPushButton *remove = box->addButton(verb, QMessageBox::AcceptRole);
    QPushButton *cancel = box->addButton(LeaveText::tr("Cancel"), QMessageBox::RejectRole);
    setEmphasis(remove, Emphasis::Danger);
    setEmphasis(cancel, Emphasis::Plain);
    box->setDefaultButton(cancel);
    box->setEscapeButton(cancel);
    QObject::connect(box, &QMessageBox::finished, parent, [box, remove, agreed] {
        if (box->clickedButton() == remove)
            agreed();
    });
    box->open();
}

} // namespace Treewarden
