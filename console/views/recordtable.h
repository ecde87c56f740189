// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace Treewarden {

class TableHeader;

/// A table of what happened, newest first: rows as a whole, in an order of its own, columns as wide
/// as what stands in them.
class RecordTable : public QTableView
{
    Q_OBJECT
public:
    RecordTable(const QString &name, int rowHeight, QWidget *parent);

    /// Nothing newer than what is seen has a row.
    bool isAtTop() const;
    void goToTop();
    /// The chosen rows, one line each, cells parted by tabs.
    QString selectedText() const;

Q_SIGNALS:
    /// Enter or a double click on the current row.
    void rowChosen();

protected:
    /// Whenever the width or the font is another one.
    virtual void fitColumns() = 0;

    TableHeader &header() const { return *m_header; }

    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    TableHeader *m_header;
};

} // namespace Treewarden
