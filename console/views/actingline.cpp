// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/actingline.h"

#include "console/models/actioncentre.h"
#include "console/models/actiontext.h"
#include "console/models/fleetsource.h"
#include "shared/core/textformat.h"

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostNamed = 2;

} // namespace

ActingLine::ActingLine(ActionCentre &centre, QWidget *parent, int pixelSize)
    : TonedLabel({}, Tone::Secondary, pixelSize)
    , m_centre(centre)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMinimumWidth(40);
    setParent(parent);
    connect(&centre.log(), &CommandLog::runningChanged, this, &ActingLine::refresh);
    connect(&m_seconds, &QTimer::timeout, this, &ActingLine::refresh);
    m_seconds.setInterval(1s);
    refresh();
}

void ActingLine::setServer(const QString &ip)
{
    m_ip = ip;
    refresh();
}

void ActingLine::refresh()
{
    const CommandLog &log = m_centre.log();
    const QList<CommandLog::Record> running = m_ip.isEmpty() ? log.running() : log.running(m_ip);
    QStringList texts;
    for (const CommandLog::Record &record : running.mid(0, mostNamed)) {
        const qint64 age = qMax<qint64>(0, m_centre.source().now() - record.heard);
        const QString who
            = record.newest.schedule.isEmpty() ? record.newest.by : tr("The schedule");
        texts << tr("%1 (%2)", "who does what, since when")
                     .arg(actingText(m_centre.source().state(), record.order(), who),
                          formatDuration(age));
    }
    if (running.size() > mostNamed)
        texts << tr("%1 more").arg(running.size() - mostNamed);
    setText(texts.join(tr(", ")));
    setVisible(!texts.isEmpty());
    if (texts.isEmpty())
        m_seconds.stop();
    else if (!m_seconds.isActive())
        m_seconds.start();
}

} // namespace Treewarden
