// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace Treewarden {

/// The head of a table: small, flat, the sorted column bold with an arrow.
class TableHeader : public QHeaderView
{
    Q_OBJECT
public:
    explicit TableHeader(QWidget *parent = nullptr);

    /// Replaces what the model says for one section; empty: the model again.
    void setTitle(int section, const QString &title);
    QString title(int section) const;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    QSize sectionSizeFromContents(int section) const override;

private:
    QHash<int, QString> m_titles;
};

} // namespace Treewarden
