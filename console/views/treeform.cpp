// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treeform.h"

#include "console/models/fleettext.h"
#include "console/models/treechangetext.h"
#include "console/models/treeedit.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"
#include "shared/fleet/grouptext.h"
#include "shared/protocol/role.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

namespace Treewarden {
using namespace Qt::StringLiterals;

TreeForm::TreeForm(TreeEdit &edit, QWidget *parent)
    : Card(parent)
    , m_edit(edit)
    , m_heading(new TonedLabel({}, TonedLabel::Tone::Text, TextSize::body, true))
    , m_fault(new TonedLabel)
    , m_title(new QLineEdit)
    , m_id(new QLineEdit)
    , m_group(new QComboBox)
    , m_least(new QSpinBox)
    , m_needs(new QWidget)
    , m_addNeed(new QPushButton(u"+"_s))
    , m_remove(new QPushButton(tr("Remove")))
{
    column()->setContentsMargins(16, 12, 16, 12);
    column()->setSpacing(8);
    column()->addWidget(m_heading);
    m_group->setEditable(true);
    m_group->setInsertPolicy(QComboBox::NoInsert);
    m_group->setMinimumContentsLength(8);
    m_group->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_least->setRange(1, int(PaasLimits::instances));
    m_least->setKeyboardTracking(false);
    for (QLineEdit *field : {m_title, m_id})
        field->setTextMargins(4, 0, 4, 0);
    m_title->setObjectName(u"title"_s);
    m_id->setObjectName(u"id"_s);
    m_group->lineEdit()->setObjectName(u"group"_s);
    m_title->setMaxLength(int(PaasLimits::title));
    m_id->setMaxLength(64);
    m_titlePart = addField(tr("Title"), m_title);
    m_idPart = addField(tr("Role, as the servers name it"), m_id);
    m_groupPart = addField(tr("Group"), m_group);
    m_leastPart = addField(tr("At least alive"), m_least);
    auto *needs = new QVBoxLayout(m_needs);
    needs->setContentsMargins(0, 0, 0, 0);
    needs->setSpacing(2);
    m_needsPart = addField(tr("Needs"), m_needs);
    m_addNeed->setAccessibleName(tr("Add a need"));
    m_addNeed->setToolTip(tr("Add a need"));
    m_addNeed->setObjectName(u"addneed"_s);
    m_fault->setHealth(Health::Died);
    m_fault->setWordWrap(true);
    m_fault->hide();
    column()->addWidget(m_fault);
    m_remove->setAutoDefault(false);
    column()->addWidget(m_remove, 0, Qt::AlignLeft);
    setAccessibleName(tr("Fields of what is chosen"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connectFields();
    refresh();
}

QWidget *TreeForm::addField(const QString &title, QWidget *field)
{
    auto *part = new QWidget;
    auto *lines = new QVBoxLayout(part);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(3);
    auto *head = new QHBoxLayout;
    auto *label = new TonedLabel(title, TonedLabel::Tone::Caption, TextSize::small);
    label->setWordWrap(true);
    label->setBuddy(field);
    head->addWidget(label, 1);
    if (field == m_needs) {
        m_addNeed->setFixedWidth(32);
        head->addWidget(m_addNeed);
    }
    lines->addLayout(head);
    lines->addWidget(field);
    field->setAccessibleName(title);
    column()->addWidget(part);
    return part;
}

void TreeForm::connectFields()
{
    connect(m_title, &QLineEdit::editingFinished, this, &TreeForm::setTitle);
    connect(m_id, &QLineEdit::editingFinished, this, &TreeForm::setId);
    connect(m_group, &QComboBox::activated, this,
            [this] { setGroup(m_group->currentData().toString()); });
    connect(m_group->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        const QString text = m_group->currentText().trimmed();
        const int known = m_group->findText(text);
        if (m_group->lineEdit()->isModified())
            setGroup(known >= 0 ? m_group->itemData(known).toString() : text);
    });
    for (const QLineEdit *field : {m_title, m_id, m_group->lineEdit()})
        connect(field, &QLineEdit::returnPressed, this, &TreeForm::written);
    connect(m_least, &QSpinBox::valueChanged, this, &TreeForm::setLeast);
    connect(m_addNeed, &QPushButton::clicked, this, &TreeForm::openNeedMenu);
    connect(m_remove, &QPushButton::clicked, this, &TreeForm::removalRequested);
    connect(&m_edit, &TreeEdit::changed, this, &TreeForm::refresh);
}

void TreeForm::setPlace(const TreePlace &place)
{
    if (place == m_place)
        return;
    m_place = place;
    m_fault->hide();
    refresh();
}

QString TreeForm::fault() const
{
    return m_fault->isHidden() ? QString() : m_fault->text();
}

void TreeForm::make(const QList<TreeChange> &changes)
{
    const auto made = m_edit.make(changes);
    if (!made)
        refresh();
    m_fault->setText(made ? QString() : made.error().text);
    m_fault->setVisible(!made);
}

/// A change that somebody wrote: when it is refused, the words stay.
void TreeForm::write(QLineEdit *field, const QList<TreeChange> &changes)
{
    const QString text = field->text();
    const auto made = m_edit.make(changes);
    m_edit.setRefusal(made ? std::nullopt
                           : std::optional(TreeEdit::Refusal{m_place, field->objectName(), text,
                                                             made.error().text}));
    m_fault->setText(made ? QString() : made.error().text);
    m_fault->setVisible(!made);
    if (!made)
        refresh();
}

/// What was refused at this node, whichever window it was written in.
void TreeForm::showRefusal()
{
    const auto &refusal = m_edit.refusal();
    if (!refusal || refusal->place != m_place)
        return;
    for (QLineEdit *field : {m_title, m_id, m_group->lineEdit()}) {
        if (field->objectName() == refusal->field)
            field->setText(refusal->text);
    }
    m_fault->setText(refusal->why);
    m_fault->setVisible(true);
}

void TreeForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || !m_edit.refusal())
        return Card::keyPressEvent(event);
    m_edit.setRefusal({});
    m_fault->hide();
    refresh();
}

void TreeForm::startRenaming()
{
    if (m_titlePart->isHidden())
        return;
    m_title->setFocus(Qt::ShortcutFocusReason);
    m_title->selectAll();
}

void TreeForm::refresh()
{
    if (!m_edit.isEditing())
        return;
    const TreePlace::Kind kind = m_place.kind;
    const PaasRole *role = roleAt(m_edit.tree(), m_place.role);
    const bool isRole = kind == TreePlace::Kind::Role && role;
    m_titlePart->setVisible(kind == TreePlace::Kind::Tree || kind == TreePlace::Kind::Group
                            || isRole);
    for (QWidget *part : {m_idPart, m_groupPart, m_leastPart, m_needsPart})
        part->setVisible(isRole);
    m_remove->setVisible(kind != TreePlace::Kind::Tree);
    const QSignalBlocker quietTitle(m_title), quietId(m_id), quietGroup(m_group),
        quietLeast(m_least);
    switch (kind) {
    case TreePlace::Kind::Tree:
        m_heading->setText(tr("The tree %1").arg(m_edit.id()));
        m_title->setText(m_edit.tree().title);
        break;
    case TreePlace::Kind::Group:
        m_heading->setText(tr("Group"));
        m_title->setText(m_place.role.group);
        break;
    case TreePlace::Kind::Role:
        m_heading->setText(tr("Role"));
        break;
    case TreePlace::Kind::Instance:
        m_heading->setText(tr("Instance"));
        break;
    }
    if (!isRole)
        return showRefusal();
    m_title->setText(role->title);
    m_id->setText(role->role);
    m_least->setValue(role->least);
    m_group->clear();
    QStringList groups = groupsOf(m_edit.tree());
    for (const Role &known : knownRoles()) {
        if (!groups.contains(known.group))
            groups << known.group;
    }
    for (const QString &group : std::as_const(groups))
        m_group->addItem(group.isEmpty() ? QString() : oneLine(groupText(group), 100), group);
    m_group->setCurrentIndex(m_group->findData(role->group));
    m_group->lineEdit()->setCursorPosition(0);
    m_title->setCursorPosition(0);
    showNeeds(role);
    showRefusal();
}

void TreeForm::showNeeds(const PaasRole *role)
{
    auto *lines = static_cast<QVBoxLayout *>(m_needs->layout());
    while (QLayoutItem *item = lines->takeAt(0)) {
        item->widget()->deleteLater();
        item->widget()->hide();
        delete item;
    }
    for (const QString &need : role->needs)
        lines->addWidget(makeNeed(need));
    if (role->needs.isEmpty())
        lines->addWidget(new TonedLabel(tr("Nothing in this tree"), TonedLabel::Tone::Secondary));
}

QWidget *TreeForm::makeNeed(const QString &need)
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    const QString title = titleOf(m_edit.tree(), need);
    auto *text = new TonedLabel(title);
    text->setMinimumWidth(20);
    auto *take = new QPushButton(u"−"_s);
    take->setFixedWidth(32);
    take->setAutoDefault(false);
    take->setAccessibleName(tr("Not needed: %1").arg(title));
    take->setToolTip(take->accessibleName().toHtmlEscaped());
    line->addWidget(text, 1);
    line->addWidget(take);
    connect(take, &QPushButton::clicked, this, [this, need] {
        make({{.kind = TreeChange::Kind::RemoveNeed, .role = m_place.role, .text = need}});
        m_addNeed->setFocus(); // this button goes
    });
    return row;
}

/// The other roles; those that would make a cycle say so when they are chosen.
void TreeForm::openNeedMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Roles to need"));
    const PaasRole *role = roleAt(m_edit.tree(), m_place.role);
    if (!role)
        return;
    QStringList seen = role->needs;
    seen << role->role;
    for (const PaasRole &other : m_edit.tree().roles) {
        if (seen.contains(other.role))
            continue;
        seen << other.role;
        menu->addAction(roleTitle(other).replace(u'&', u"&&"_s), this, [this, id = other.role] {
            make({{.kind = TreeChange::Kind::AddNeed, .role = m_place.role, .text = id}});
        });
    }
    if (menu->isEmpty())
        menu->addAction(tr("There is no other role"))->setEnabled(false);
    menu->popup(m_addNeed->mapToGlobal(QPoint(0, m_addNeed->height() + 2)));
}

/// A change after which the node has another place.
void TreeForm::move(QLineEdit *field, const TreeChange &change, const TreePlace &after)
{
    const auto next = Treewarden::changed(m_edit.tree(), change);
    if (next) {
        m_place = after;
        Q_EMIT moving(*next, after);
    }
    write(field, {change});
}

// Fields tell that editing is finished also when they lose the focus; only what a person has
// written counts.

void TreeForm::setTitle()
{
    if (!m_edit.isEditing() || !m_title->isModified())
        return;
    m_title->setModified(false);
    const QString text = m_title->text().trimmed();
    const PaasRole *role = roleAt(m_edit.tree(), m_place.role);
    if (m_place.kind == TreePlace::Kind::Tree)
        write(m_title,
              {{.kind = TreeChange::Kind::SetTitle, .text = text, .was = m_edit.tree().title}});
    else if (m_place.kind == TreePlace::Kind::Group)
        move(m_title,
             {.kind = TreeChange::Kind::RenameGroup, .text = text, .was = m_place.role.group},
             {TreePlace::Kind::Group, {{}, text}, {}});
    else if (role)
        write(m_title,
              {{.kind = TreeChange::Kind::SetRoleTitle,
                .role = m_place.role,
                .text = text,
                .was = role->title}});
}

void TreeForm::setId()
{
    if (!m_edit.isEditing() || !m_id->isModified())
        return;
    m_id->setModified(false);
    const QString id = m_id->text().trimmed();
    move(m_id,
         {.kind = TreeChange::Kind::RenameRole,
          .role = m_place.role,
          .text = id,
          .was = m_place.role.role},
         {TreePlace::Kind::Role, {id, m_place.role.group}, {}});
}

void TreeForm::setGroup(const QString &group)
{
    m_group->lineEdit()->setModified(false);
    if (!m_edit.isEditing() || group == m_place.role.group)
        return;
    move(m_group->lineEdit(),
         {.kind = TreeChange::Kind::MoveRole,
          .role = m_place.role,
          .text = group,
          .was = m_place.role.group},
         {TreePlace::Kind::Role, {m_place.role.role, group}, {}});
}

void TreeForm::setLeast()
{
    const PaasRole *role = m_edit.isEditing() ? roleAt(m_edit.tree(), m_place.role) : nullptr;
    if (role && role->least != m_least->value())
        make({{.kind = TreeChange::Kind::SetLeast,
               .role = m_place.role,
               .least = m_least->value(),
               .wasLeast = role->least}});
}

} // namespace Treewarden
