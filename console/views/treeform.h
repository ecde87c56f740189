// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treeplace.h"
#include "console/views/card.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace Treewarden {

class TonedLabel;
class TreeEdit;

/// The fields of the node that is chosen in a tree that is edited. What is wrong with an entry
/// stands below the fields; the entry waits there to be mended, Esc gives it up.
class TreeForm : public Card
{
    Q_OBJECT
public:
    explicit TreeForm(TreeEdit &edit, QWidget *parent = nullptr);

    void setPlace(const TreePlace &place);
    /// The first field gets the focus, all of it marked.
    void startRenaming();

    /// Makes changes of any kind; why not is shown here.
    void make(const QList<TreeChange> &changes);

    QString fault() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

Q_SIGNALS:
    /// The node will have this place in this tree.
    void moving(const Treewarden::PaasTree &next, const Treewarden::TreePlace &place);
    /// Enter in a field: done with it.
    void written();
    void removalRequested();

private:
    QWidget *addField(const QString &title, QWidget *field);
    void connectFields();
    void refresh();
    void showRefusal();
    void write(QLineEdit *field, const QList<TreeChange> &changes);
    void showNeeds(const PaasRole *role);
    QWidget *makeNeed(const QString &need);
    void openNeedMenu();
    void move(QLineEdit *field, const TreeChange &change, const TreePlace &after);
    void setTitle();
    void setId();
    void setGroup(const QString &group);
    void setLeast();

    TreeEdit &m_edit;
    TreePlace m_place;
    TonedLabel *m_heading, *m_fault;
    QLineEdit *m_title, *m_id;
    QComboBox *m_group;
    QSpinBox *m_least;
    QWidget *m_needs, *m_titlePart, *m_idPart, *m_groupPart, *m_leastPart, *m_needsPart;
    QPushButton *m_addNeed, *m_remove;
    QStringList m_shownNeeds;
};

} // namespace Treewarden
