// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/paasmatrixmodel.h"

#include <QTableView>

namespace Treewarden {

/// All trees by role: a dot where a role is alive, a badge with numbers where it is not, a dash
/// where there is none.
class PaasMatrix : public QTableView
{
    Q_OBJECT
public:
    explicit PaasMatrix(FleetSource &source, QWidget *parent = nullptr);

    QSize sizeHint() const override;

    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void treeChosen(const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void fit();

    PaasMatrixModel m_model;
};

} // namespace Treewarden
