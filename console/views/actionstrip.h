// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QGridLayout;

namespace Treewarden {

class ActionCentre;
class LinkButton;
class ProgressIcon;
class TonedLabel;

/// What becomes of the orders that were sent from here, above the window's last line: a sentence
/// each, the newest below. Successes go by themselves after a while, everything else stays until it
/// is dismissed.
class ActionStrip : public QWidget
{
    Q_OBJECT
public:
    /// Shows and hides itself, so it needs a parent from the first.
    ActionStrip(ActionCentre &centre, QWidget *parent);

    /// The sentences, for tests and screen readers.
    QStringList texts() const;

    /// Says a sentence that belongs to no order.
    void say(const QString &sentence);

Q_SIGNALS:
    void commandsRequested();
    /// A new sentence stands here.
    void told(const QString &sentence);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Line;

    QList<Line> lines() const;
    void refresh();
    void show(int row, const Line &line);
    void dismiss();
    void tellScreenReader(const QString &text);

    ActionCentre &m_centre;
    QGridLayout *m_grid;
    QList<ProgressIcon *> m_icons;
    QList<QWidget *> m_frames; ///< of the icons
    QList<TonedLabel *> m_texts;
    TonedLabel *m_more;
    LinkButton *m_copyLine;
    QWidget *m_buttons;
    QString m_sentence; ///< of say()
    QString m_told; ///< what a screen reader was told last
    QTimer m_calm; ///< when it runs out, nothing but successes stands here
};

} // namespace Treewarden
