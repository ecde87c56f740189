// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Treewarden {

class LinkButton;
class TimeSource;
class TonedLabel;

/// While the past is shown: which moment it is, what is not known of it, and what is wrong now.
class PastBanner : public QWidget
{
    Q_OBJECT
public:
    /// Shows and hides itself, so it needs a parent from the first.
    PastBanner(TimeSource &source, QWidget *parent);

    /// All that it says.
    QString text() const;

    /// Says in full what is known of the moment.
    void showDetails();

Q_SIGNALS:
    /// Somebody wants to see what is wrong now.
    void problemsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void fitHint();
    QString titleText() const;

    TimeSource &m_source;
    TonedLabel *m_title, *m_detail;
    LinkButton *m_known, *m_problems;
    QWidget *m_hint; ///< which keys there are
};

} // namespace Treewarden
