// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace Treewarden {

class FleetSource;
struct PendingServer;

/// The servers that ask to be enrolled, each with a button that accepts it, or the command that
/// does. Hidden while there are none.
class PendingPanel : public QWidget
{
    Q_OBJECT
public:
    enum class Accepting { Button, Command };

    /// Shows and hides itself, so it needs a parent from the first.
    PendingPanel(FleetSource &source, Accepting accepting, QWidget *parent);

Q_SIGNALS:
    /// Somebody wants to decide about these.
    void acceptRequested(const QStringList &ips);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuild();
    void addHead(const QList<PendingServer> &pending);
    void addServer(const PendingServer &server, bool isOnly);
    void addCommand(QHBoxLayout *line, const PendingServer &server);
    void addButton(QHBoxLayout *line, const PendingServer &server);

    FleetSource &m_source;
    Accepting m_accepting;
    QVBoxLayout *m_column;
};

} // namespace Treewarden
