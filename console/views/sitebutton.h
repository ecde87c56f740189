// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/sitetally.h"

#include <QAbstractButton>
#include <QIcon>

namespace Treewarden {

class Site;

/// A site in the sidebar: its worst state as a shape, its name, and how many servers and problems
/// it has.
class SiteButton : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SiteButton(QWidget *parent = nullptr);

    void setSite(const QString &name, const QString &detail);
    /// Name, detail and shape of a site; `isOnly` has no need of a shape.
    void showSite(const Site &site, bool isOnly);
    /// In front: drawn as the card above its pages.
    void setIsCurrent(bool isCurrent);
    void setIsNarrow(bool isNarrow);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void setWordsWidth(int width);
    void drawIcon(QPainter &painter) const;
    void drawWords(QPainter &painter) const;

    QIcon m_programIcon{QStringLiteral(":/icons/treewarden-32.svg")}; ///< one, for each is cached
    QString m_detail;
    SiteTally m_tally;
    int m_wordsWidth = 0;
    bool m_hasShape = false, m_isNarrow = false, m_isCurrent = true;
};

} // namespace Treewarden
