// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treeedit.h"

#include <QTimer>
#include <QWidget>

class QProgressBar;
class QPushButton;

namespace Treewarden {

class HealthIcon;
class TonedLabel;

/// Above a tree that is edited: how many changes, what can be done with them, and below it what
/// came of it, or who else has saved the tree meanwhile.
class TreeEditBar : public QWidget
{
    Q_OBJECT
public:
    explicit TreeEditBar(TreeEdit &edit, QWidget *parent = nullptr);

    /// Says a sentence until the next change.
    void say(const QString &sentence, Health health);
    void setComparing(bool isComparing);
    void setPreviewing(bool isPreviewing);

    /// All that stands there, for tests.
    QString text() const;

Q_SIGNALS:
    void saveRequested();
    void discardRequested();
    void previewToggled(bool isOn);
    void compareToggled(bool isOn);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeButtons();
    QWidget *makeRival();
    void refresh();
    void tellScreenReader(const QString &text);

    TreeEdit &m_edit;
    TonedLabel *m_count, *m_rivalText, *m_said;
    QPushButton *m_undo, *m_redo, *m_preview, *m_save, *m_discard, *m_compare;
    QProgressBar *m_progress;
    QWidget *m_rival, *m_note;
    HealthIcon *m_icon;
    QString m_told;
    QTimer m_soon; ///< until the progress bar comes
};

} // namespace Treewarden
