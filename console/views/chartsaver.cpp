// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartsaver.h"

#include "console/models/chartticks.h"
#include "console/views/chartexport.h"
#include "console/views/chartstack.h"
#include "shared/core/textformat.h"

#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

QImage pictureOf(const SavedCharts &charts)
{
    const QString address = charts.address.isEmpty() ? QString() : charts.address + u", "_s;
    return chartsImage(charts.server, address + spanText(charts.from, charts.to),
                       charts.charts->panels());
}

QByteArray bytesOf(const SavedCharts &charts, bool isTable)
{
    QByteArray bytes;
    if (isTable) {
        QList<ChartSpec> specs;
        for (const ChartPanel *panel : charts.charts->panels())
            specs << panel->spec();
        return chartsCsv(specs, *charts.tracks, charts.from, charts.to);
    }
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    pictureOf(charts).save(&buffer, "PNG");
    return bytes;
}

} // namespace

ChartSaver::ChartSaver(QWidget *parent)
    : QObject(parent)
    , m_parent(parent)
{
}

void ChartSaver::copy(const SavedCharts &charts)
{
    QGuiApplication::clipboard()->setImage(pictureOf(charts));
    Q_EMIT said(tr("The charts are copied as a picture."));
}

void ChartSaver::ask(const QString &ending, const SavedCharts &charts)
{
    auto *dialog = new QFileDialog(m_parent, tr("Save the charts"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(ending == u".csv" ? tr("Tables (*.csv)") : tr("Pictures (*.png)"));
    dialog->setDefaultSuffix(ending.mid(1));
    dialog->selectFile(exportName(charts.server, charts.to, ending));
    connect(dialog, &QFileDialog::fileSelected, this, &ChartSaver::fileChosen);
    dialog->open();
}

void ChartSaver::save(const QString &path, const SavedCharts &charts)
{
    const bool isTable = path.endsWith(u".csv"_s, Qt::CaseInsensitive);
    const QString trouble = writeFile(path, bytesOf(charts, isTable));
    const QString place = oneLine(path, 200);
    Q_EMIT said(trouble.isEmpty() ? tr("Saved as %1.").arg(place)
                                  : tr("The charts are not saved in %1: %2.").arg(place, trouble));
}

} // namespace Treewarden
