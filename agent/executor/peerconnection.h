// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/executorframe.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

namespace Treewarden {

/// One agent on the executor's socket. It may be hostile or slow: what it sends is bounded, and who
/// neither ends a frame nor reads within half a minute is dropped.
class PeerConnection : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype mostUnsent = 32 << 20; ///< bytes: more than all outcomes that wait

    /// Owns `descriptor`, a stream socket that does not block.
    PeerConnection(int descriptor, QObject *parent);
    ~PeerConnection() override;

    void send(const QByteArray &frame);

Q_SIGNALS:
    void frameRead(const QJsonObject &frame);
    /// It is over; `why` is empty when the peer went.
    void ended(const QString &why);

private:
    void read();
    void write();
    void drop(const QString &why);

    const int m_descriptor;
    QSocketNotifier m_readable, m_writable;
    QTimer m_readPatience, m_writePatience;
    ExecutorFrameReader m_frames;
    QByteArray m_unsent;
    bool m_hasEnded = false;
};

} // namespace Treewarden
