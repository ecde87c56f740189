// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/keydialog.h"

#include "console/dialogs/dialogheight.h"
#include "console/models/keyring.h"
#include "console/settings/preferences.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

void applyKeyKeeping(KeyRing &keys, const Preferences &preferences)
{
    keys.setIdleTime(std::chrono::minutes(preferences.text(Preference::KeyKeeping).toInt()));
}

KeyDialog::KeyDialog(KeyRing &keys, Preferences &preferences, QWidget *parent)
    : QDialog(parent)
    , m_keys(keys)
    , m_preferences(preferences)
    , m_file(new QLineEdit(preferences.text(Preference::SigningKeyFile)))
    , m_passphrase(new QLineEdit)
    , m_keeping(new QComboBox)
    , m_message(new TonedLabel)
    , m_unlock(new QPushButton(tr("Unlock")))
{
    setWindowTitle(tr("Signing key"));
    setFont(uiFont());
    auto *intro = new TonedLabel(
        tr("Servers carry out only what is signed with a key that they trust. A new key is made "
           "with: treewarden keygen FILE"),
        TonedLabel::Tone::Secondary);
    intro->setWordWrap(true);
    intro->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setAccessibleName(tr("Passphrase"));
    m_passphrase->setObjectName(u"passphrase"_s);
    m_passphrase->setPlaceholderText(tr("empty when the key has none"));
    m_passphrase->setTextMargins(6, 0, 6, 0);
    m_keeping->setAccessibleName(tr("Keep it unlocked"));
    m_keeping->addItem(tr("15 minutes after the last action"), u"15"_s);
    m_keeping->addItem(tr("1 hour after the last action"), u"60"_s);
    m_keeping->addItem(tr("Until it is locked or the console ends"), u"0"_s);
    m_keeping->setCurrentIndex(
        qMax(0, m_keeping->findData(preferences.text(Preference::KeyKeeping))));
    m_message->setWordWrap(true);
    m_message->hide(); // until there is something to say
    m_message->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_message->setObjectName(u"message"_s);

    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setVerticalSpacing(8);
    form->addRow(tr("Key file"), makeFileRow());
    form->addRow(tr("Passphrase"), m_passphrase);
    form->addRow(tr("Keep it unlocked"), m_keeping);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(14);
    column->addWidget(intro);
    column->addLayout(form);
    column->addWidget(m_message);
    column->addWidget(makeButtons());
    m_unlock->setDefault(true); // now that it is in the dialog: else it would not stay the default
    setMinimumWidth(480);
    connect(&m_keys, &KeyRing::changed, this, &KeyDialog::finish);
    connect(&m_keys, &KeyRing::failed, this, &KeyDialog::showProblem);
    (m_file->text().isEmpty() ? m_file : m_passphrase)->setFocus();
    fitHeight(*this);
}

QWidget *KeyDialog::makeFileRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    m_file->setAccessibleName(tr("Key file"));
    m_file->setObjectName(u"file"_s);
    m_file->setTextMargins(6, 0, 6, 0);
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &KeyDialog::chooseFile);
    line->addWidget(m_file, 1);
    line->addWidget(choose);
    return row;
}

QWidget *KeyDialog::makeButtons()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    m_unlock->setObjectName(u"unlock"_s);
    line->addStretch(1);
    line->addWidget(cancel);
    line->addWidget(m_unlock);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_unlock, &QPushButton::clicked, this, &KeyDialog::unlock);
    return row;
}

void KeyDialog::chooseFile()
{
    const QString from = m_file->text().isEmpty() ? QDir::homePath() : m_file->text();
    const QString file = QFileDialog::getOpenFileName(this, tr("Signing key"), from);
    if (!file.isEmpty())
        m_file->setText(file);
}

void KeyDialog::unlock()
{
    const QString file = m_file->text().trimmed();
    if (file.isEmpty()) {
        showProblem(tr("Name the file of your key."));
        return;
    }
    m_preferences.setValue(Preference::KeyKeeping, m_keeping->currentData().toString());
    applyKeyKeeping(m_keys, m_preferences);
    m_unlock->setEnabled(false);
    m_message->setTone(TonedLabel::Tone::Secondary);
    say(tr("Unlocking…"));
    m_keys.unlock(file, m_passphrase->text().toUtf8());
}

void KeyDialog::finish()
{
    if (!m_keys.isUnlocked())
        return;
    m_preferences.setValue(Preference::SigningKeyFile, m_file->text().trimmed());
    m_passphrase->clear();
    accept();
}

void KeyDialog::say(const QString &sentence)
{
    m_message->setText(sentence);
    m_message->show();
    fitHeight(*this);
}

void KeyDialog::showProblem(const QString &sentence)
{
    m_unlock->setEnabled(true);
    m_message->setHealth(Health::Died);
    say(oneLine(sentence, 400));
    m_passphrase->selectAll();
    m_passphrase->setFocus();
}

} // namespace Treewarden
