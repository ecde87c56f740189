// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/fleetexporter.h"

#include "console/models/fleetexport.h"
#include "console/models/fleettext.h"
#include "console/views/fleettable.h"
#include "shared/core/textformat.h"

#include <QClipboard>
#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSaveFile>
#include <QStandardPaths>

#include <numeric>

namespace Treewarden {
using namespace Qt::StringLiterals;

FleetExporter::FleetExporter(FleetModel &model, FleetTable &table)
    : QObject(&table)
    , m_model(model)
    , m_table(table)
{
}

QList<int> FleetExporter::rows() const
{
    QList<int> rows = m_table.selectedRowNumbers();
    if (rows.size() >= 2)
        return rows;
    rows.resize(m_model.rowCount());
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

void FleetExporter::copy() const
{
    const QList<int> selected = m_table.selectedRowNumbers();
    if (!selected.isEmpty())
        QGuiApplication::clipboard()->setText(
            fleetTsv(m_model, selected, m_table.columns().shown()));
}

Result<void> FleetExporter::write(const QString &file) const
{
    QSaveFile target(file);
    const QByteArray text = fleetCsv(m_model, rows(), m_table.columns().shown());
    if (!target.open(QIODevice::WriteOnly) || target.write(text) != text.size() || !target.commit())
        return Error{
            tr("%1 was not written: %2. Choose another place.")
                .arg(oneLine(QDir::toNativeSeparators(file)), oneLine(target.errorString()))};
    return {};
}

void FleetExporter::askAndExport()
{
    const qsizetype count = rows().size();
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(&m_table, tr("Export %1").arg(serverCountText(count)), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->setNameFilter(tr("Tables (*.csv)"));
    dialog->selectFile(u"fleet-%1.csv"_s.arg(QDate::currentDate().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        const qsizetype written = rows().size();
        const Result<void> outcome = write(file);
        Q_EMIT said(
            outcome ? tr("%1 written to %2.")
                          .arg(serverCountText(written), oneLine(QDir::toNativeSeparators(file)))
                    : outcome.error().text);
    });
    dialog->open();
}

} // namespace Treewarden
