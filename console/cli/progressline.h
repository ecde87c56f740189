// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Treewarden {

/// Lines on a terminal's standard error that are written over as things go on; nothing at all where
/// that is no terminal.
class ProgressLines
{
public:
    ProgressLines();
    ~ProgressLines();

    ProgressLines(const ProgressLines &) = delete;
    ProgressLines &operator=(const ProgressLines &) = delete;

    bool isShown() const { return m_isShown; }

    /// Takes the place of what stood there.
    void show(const QStringList &lines);
    void clear();

private:
    bool m_isShown;
    qsizetype m_count = 0; ///< lines that stand there
};

} // namespace Treewarden
