// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/newtreeform.h"

#include "console/views/card.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

NewTreeForm::NewTreeForm(QWidget *parent)
    : QWidget(parent)
    , m_id(new QLineEdit)
    , m_title(new QLineEdit)
    , m_template(new QRadioButton(tr("The groups and roles of a whole platform, without servers")))
    , m_fleet(new QRadioButton(tr("The same, filled with the services of all servers")))
    , m_empty(new QRadioButton(tr("Nothing")))
    , m_fault(new TonedLabel)
{
    auto *card = new Card;
    card->column()->setContentsMargins(24, 20, 24, 20);
    card->column()->setSpacing(8);
    card->column()->addWidget(
        new TonedLabel(tr("A new service tree"), TonedLabel::Tone::Text, TextSize::problem, true));
    const auto addField = [&](const QString &caption, QLineEdit *field) {
        auto *label = new TonedLabel(caption, TonedLabel::Tone::Caption, TextSize::small);
        label->setWordWrap(true);
        label->setBuddy(field);
        field->setAccessibleName(caption);
        field->setTextMargins(4, 0, 4, 0);
        card->column()->addWidget(label);
        card->column()->addWidget(field);
        connect(field, &QLineEdit::returnPressed, this, &NewTreeForm::create);
    };
    m_id->setMaxLength(64);
    m_title->setMaxLength(int(PaasLimits::title));
    addField(tr("Id, of A-Z a-z 0-9 _ . -"), m_id);
    addField(tr("Title"), m_title);
    card->column()->addSpacing(4);
    card->column()->addWidget(
        new TonedLabel(tr("It begins with"), TonedLabel::Tone::Caption, TextSize::small));
    for (QRadioButton *choice : {m_template, m_fleet, m_empty})
        card->column()->addWidget(choice);
    m_fault->setHealth(Health::Died);
    m_fault->setWordWrap(true);
    card->column()->addWidget(m_fault);
    auto *buttons = new QHBoxLayout;
    auto *cancel = new QPushButton(tr("Cancel"));
    auto *createButton = new QPushButton(tr("Create"));
    createButton->setObjectName(u"create"_s);
    setEmphasis(createButton, Emphasis::Primary);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(createButton);
    card->column()->addLayout(buttons);
    card->setMaximumWidth(560);
    auto *row = new QHBoxLayout;
    row->addWidget(card, 1);
    row->addStretch(0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 0, 20, 12);
    column->addLayout(row);
    column->addStretch(1);
    setAccessibleName(tr("A new service tree"));
    connect(cancel, &QPushButton::clicked, this, &NewTreeForm::cancelled);
    connect(createButton, &QPushButton::clicked, this, &NewTreeForm::create);
    open();
}

void NewTreeForm::open()
{
    m_id->clear();
    m_title->clear();
    m_template->setChecked(true);
    setFault({});
    // Also after the menu that led here has given the focus back.
    m_id->setFocus();
    QMetaObject::invokeMethod(
        m_id, [this] { m_id->setFocus(); }, Qt::QueuedConnection);
}

QVariantMap NewTreeForm::draft() const
{
    return {{u"id"_s, m_id->text()},
            {u"title"_s, m_title->text()},
            {u"begin"_s,
             m_fleet->isChecked()       ? 1
                 : m_empty->isChecked() ? 2
                                        : 0}};
}

void NewTreeForm::setDraft(const QVariantMap &draft)
{
    m_id->setText(draft[u"id"_s].toString());
    m_title->setText(draft[u"title"_s].toString());
    const int begin = draft[u"begin"_s].toInt();
    (begin == 1 ? m_fleet : begin == 2 ? m_empty : m_template)->setChecked(true);
}

void NewTreeForm::setFault(const QString &sentence)
{
    m_fault->setText(sentence);
    m_fault->setVisible(!sentence.isEmpty());
}

void NewTreeForm::create()
{
    const QString id = m_id->text().trimmed();
    const QString title = m_title->text().trimmed().isEmpty() ? id : m_title->text().trimmed();
    setFault({});
    Q_EMIT wanted(m_empty->isChecked() ? PaasTree{id, title, 0, {}} : paasTemplate(id, title),
                  m_fleet->isChecked());
}

void NewTreeForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT cancelled();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Treewarden
