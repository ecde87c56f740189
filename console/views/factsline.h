// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace Treewarden {

/// Facts behind one another, "OS Debian 12   Kernel 6.1.0-28 …": name pale, value plain; as many
/// lines as it takes.
class FactsLine : public QWidget
{
    Q_OBJECT
public:
    struct Fact
    {
        QString name, value;

        friend bool operator==(const Fact &, const Fact &) = default;
    };

    explicit FactsLine(QWidget *parent = nullptr);

    /// A value that is empty is shown as not known.
    void setFacts(const QList<Fact> &facts);

    const QList<Fact> &facts() const { return m_facts; }

    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Place
    {
        int nameAt, valueAt, line;
    };

    QList<Place> places(int width) const;

    QList<Fact> m_facts;
};

} // namespace Treewarden
