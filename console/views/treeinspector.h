// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treedetails.h"
#include "console/views/card.h"

class QVBoxLayout;

namespace Treewarden {

class HealthBadge;
class TonedLabel;

/// Beside a service tree: what is to be said about the node that is chosen, with ways to what it
/// speaks of.
class TreeInspector : public Card
{
    Q_OBJECT
public:
    explicit TreeInspector(QWidget *parent = nullptr);

    /// Shows nothing but a hint.
    void clear();
    void setDetails(const TreeDetails &details);

    /// Below the details, whatever they say.
    void addFooter(QWidget *widget);

    const TreeDetails &details() const { return m_details; }

Q_SIGNALS:
    void serverChosen(const QString &ip);
    void nodeChosen(const QString &key);

private:
    void rebuildSections();
    QWidget *makeRow(const TreeDetails::Row &row);

    TreeDetails m_details;
    TonedLabel *m_title, *m_count, *m_sentence;
    HealthBadge *m_badge;
    QWidget *m_sections = nullptr;
    QVBoxLayout *m_body;
};

} // namespace Treewarden
