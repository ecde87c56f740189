// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/paastree.h"

#include <QVariantMap>
#include <QWidget>

class QLineEdit;
class QRadioButton;

namespace Treewarden {

struct FleetState;
class TonedLabel;

/// Asks how a new service tree is to begin.
class NewTreeForm : public QWidget
{
    Q_OBJECT
public:
    explicit NewTreeForm(QWidget *parent = nullptr);

    /// Ready for another tree.
    void open();
    /// What was written so far; for setDraft() of a form built anew.
    QVariantMap draft() const;
    void setDraft(const QVariantMap &draft);
    /// Why the tree cannot be made so, a sentence.
    void setFault(const QString &sentence);

Q_SIGNALS:
    /// `tree` is empty, or the template; with `isFromFleet` it is to be filled.
    void wanted(const Treewarden::PaasTree &tree, bool isFromFleet);
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void create();

    QLineEdit *m_id, *m_title;
    QRadioButton *m_template, *m_fleet, *m_empty;
    TonedLabel *m_fault;
};

} // namespace Treewarden
