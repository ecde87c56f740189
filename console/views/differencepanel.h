// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configdifference.h"

#include <QWidget>

class QListView;
class QStandardItemModel;
class QStackedWidget;

namespace Treewarden {

class EmptyState;
class TonedLabel;

/// What differs between two versions of configurations: as sentences, and line by line.
class DifferencePanel : public QWidget
{
    Q_OBJECT
public:
    /// One pair of documents; an empty title is not shown.
    struct Pair
    {
        QString title;
        QByteArray before, after;
    };

    explicit DifferencePanel(QWidget *parent = nullptr);

    void setPairs(const QList<Pair> &pairs, const QString &whenSame);

    QStringList lines() const; ///< as they stand there

private:
    QListView *m_list;
    QStandardItemModel *m_model;
    QStackedWidget *m_content;
    EmptyState *m_same;
};

} // namespace Treewarden
