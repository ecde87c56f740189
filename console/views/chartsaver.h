// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace Treewarden {

class ChartStack;
struct WorkloadTracks;

/// What of charts is saved or copied now.
struct SavedCharts
{
    const ChartStack *charts = nullptr;
    const WorkloadTracks *tracks = nullptr;
    QString server, address; ///< as it is shown
    qint64 from = 0, to = 0; ///< Unix ms
};

/// Keeps what charts show outside of the console: as a picture, as numbers, in the clipboard. What
/// became of it is a sentence.
class ChartSaver : public QObject
{
    Q_OBJECT
public:
    explicit ChartSaver(QWidget *parent);

    void copy(const SavedCharts &charts);
    /// Asks for the file: fileChosen() follows, or nothing.
    void ask(const QString &ending, const SavedCharts &charts);
    /// A picture (.png) or the numbers (.csv).
    void save(const QString &path, const SavedCharts &charts);

Q_SIGNALS:
    void fileChosen(const QString &path);
    void said(const QString &sentence);

private:
    QWidget *m_parent;
};

} // namespace Treewarden
