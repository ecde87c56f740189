// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace Treewarden {

class FleetSource;
class TonedLabel;

/// Over all pages while the source is not live: what is wrong, from when the values are, when the
/// next try comes.
class OfflineBanner : public QWidget
{
    Q_OBJECT
public:
    explicit OfflineBanner(FleetSource &source, QWidget *parent = nullptr);

    QString text() const;

Q_SIGNALS:
    void connectionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();

    FleetSource &m_source;
    TonedLabel *m_title, *m_detail;
    QTimer m_timer;
};

} // namespace Treewarden
