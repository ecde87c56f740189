// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace Treewarden {

class FleetSource;
struct PendingServer;

/// The servers that ask to be enrolled, each with the command that does it. Hidden while there are
/// none.
class PendingPanel : public QWidget
{
    Q_OBJECT
public:
    explicit PendingPanel(FleetSource &source, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuild();
    void addServer(const PendingServer &server, bool isOnly);

    FleetSource &m_source;
    QVBoxLayout *m_column;
};

} // namespace Treewarden
