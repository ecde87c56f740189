// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QAbstractButton>

namespace Treewarden {

class NoteLink;

/// One total of the overview: how many are alive of how many, a bar by state, and the exceptions,
/// each a link.
class TotalsTile : public QAbstractButton
{
    Q_OBJECT
public:
    struct Part
    {
        Health health;
        int count;
        QString note; ///< beside the state's shape; empty for what is alive
        QString link; ///< where the note leads
        friend bool operator==(const Part &, const Part &) = default;
    };

    explicit TotalsTile(const QString &title, QWidget *parent = nullptr);

    /// The first part is what is alive.
    void setParts(const QList<Part> &parts);
    QSize sizeHint() const override;

Q_SIGNALS:
    /// The note of a part was chosen.
    void linkChosen(const QString &link);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    int total() const;
    void makeNotes();
    void placeNotes();
    void paintBar(QPainter &painter, const QRect &rect) const;

    QList<Part> m_parts;
    QList<NoteLink *> m_notes;
    int m_hidden = 0; ///< notes that have no room
    int m_afterNotes = 0; ///< where those that have room end
};

/// A state's shape and words that lead somewhere.
class NoteLink : public QAbstractButton
{
    Q_OBJECT
public:
    NoteLink(Health health, const QString &note, QWidget *parent);

    QSize sizeHint() const override;

    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Health m_health;
};

} // namespace Treewarden
