// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QObject>

namespace Treewarden {

class FleetTable;
class FleetModel;

/// Takes the fleet's table elsewhere: to the clipboard, or into a file that it asks for. Meant are
/// the selected rows, or all that are shown when fewer than two are selected.
class FleetExporter : public QObject
{
    Q_OBJECT
public:
    FleetExporter(FleetModel &model, FleetTable &table);

    void copy() const;
    /// Asks where to, then writes a CSV and says what came of it.
    void askAndExport();
    Result<void> write(const QString &file) const;

Q_SIGNALS:
    /// The outcome, a sentence.
    void said(const QString &sentence);

private:
    QList<int> rows() const;

    FleetModel &m_model;
    FleetTable &m_table;
};

} // namespace Treewarden
