// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QTextEdit>

namespace Treewarden {

/// Everything about one thing, to read and to copy: a title, facts below headings. Plain text only;
/// words of any length are broken where they must be.
class DetailsText : public QTextEdit
{
    Q_OBJECT
public:
    struct Line
    {
        enum class Kind { Title, Text, Section, Fact, Removed, Added };

        Kind kind = Kind::Fact;
        QString name, value; ///< a name only for facts
        std::optional<Health> health; ///< gives the value its colour

        friend bool operator==(const Line &, const Line &) = default;
    };

    explicit DetailsText(QWidget *parent = nullptr);

    void setLines(const QList<Line> &lines);

    const QList<Line> &lines() const { return m_lines; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();

    QList<Line> m_lines;
    bool m_isFilling = false;
};

} // namespace Treewarden
