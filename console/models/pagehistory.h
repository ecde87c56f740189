// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace Treewarden {

/// Where somebody was in the window, and how to get back there.
class PageHistory
{
public:
    struct Place
    {
        QString page, what; ///< see MainWindow::showPage

        friend bool operator==(const Place &, const Place &) = default;
    };

    static constexpr qsizetype mostPlaces = 100;

    /// Goes on from the present place; what was ahead is forgotten.
    void visit(const Place &place);

    bool canGoBack() const { return m_at > 0; }

    bool canGoForward() const { return m_at + 1 < m_places.size(); }

    /// The place to show now; nothing at the end.
    std::optional<Place> back();
    std::optional<Place> forward();

private:
    QList<Place> m_places;
    qsizetype m_at = -1;
};

} // namespace Treewarden
