// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/notificationsdialog.h"

#include "console/dialogs/dialogheight.h"
#include "console/models/quiethours.h"
#include "console/settings/preferences.h"
#include "console/views/linkbutton.h"
#include "console/views/tonedlabel.h"

#include <QCheckBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTimeEdit>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int indent = 22; ///< below the text of a check box

TonedLabel *explanation(const QString &text)
{
    auto *label = new TonedLabel(text, TonedLabel::Tone::Secondary);
    label->setWordWrap(true);
    return label;
}

QString onOff(const QCheckBox &box)
{
    return box.isChecked() ? u"on"_s : u"off"_s;
}

} // namespace

NotificationsDialog::NotificationsDialog(Preferences &preferences, bool hasTray, qint64 quietUntil,
                                         QWidget *parent)
    : QDialog(parent)
    , m_preferences(preferences)
{
    setWindowTitle(tr("Notifications"));
    setFont(uiFont());
    const QuietHours hours = QuietHours::parse(preferences.text(Preference::QuietTime));
    m_show = makeChoice(tr("Tell &new problems by the desktop's notifications"), u"show"_s,
                        preferences.isOn(Preference::Notifications));
    m_quiet = makeChoice(tr("&Quiet hours"), u"quiet"_s, hours.isOn);
    m_tray = makeChoice(tr("Show the worst state in the &tray"), u"tray"_s,
                        preferences.isOn(Preference::TrayIcon));
    m_close = makeChoice(tr("&Closing the window leaves Treewarden in the tray"), u"close"_s,
                         preferences.isOn(Preference::CloseToTray));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    save->setObjectName(u"save"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(10);
    column->addWidget(m_show);
    column->addWidget(explanation(
        tr("Problems of all sites. Those that come together are one message; what the window "
           "shows in front is not told.")));
    column->addSpacing(6);
    column->addWidget(m_quiet);
    column->addWidget(makeQuiet(hours));
    column->addWidget(makeQuietNow(quietUntil), 0, Qt::AlignLeft);
    column->addSpacing(6);
    column->addWidget(m_tray);
    column->addWidget(m_close);
    if (!hasTray)
        column->addWidget(explanation(tr("This desktop has no tray.")));
    column->addStretch(1);
    column->addSpacing(8);
    column->addWidget(buttons);
    save->setDefault(true);
    setMinimumWidth(480);
    for (QCheckBox *box : {m_tray, m_close})
        box->setEnabled(hasTray);
    connect(m_quiet, &QCheckBox::toggled, this, &NotificationsDialog::showQuiet);
    connect(m_show, &QCheckBox::toggled, this, &NotificationsDialog::showQuiet);
    connect(m_tray, &QCheckBox::toggled, m_close, &QWidget::setEnabled);
    connect(buttons, &QDialogButtonBox::accepted, this, &NotificationsDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (hasTray)
        m_close->setEnabled(m_tray->isChecked());
    showQuiet();
    fitHeight(*this);
}

QCheckBox *NotificationsDialog::makeChoice(const QString &text, const QString &name, bool isOn)
{
    auto *box = new QCheckBox(text);
    box->setObjectName(name);
    box->setChecked(isOn);
    return box;
}

QWidget *NotificationsDialog::makeQuiet(const QuietHours &hours)
{
    m_from = new QTimeEdit(hours.from);
    m_to = new QTimeEdit(hours.to);
    m_from->setObjectName(u"from"_s);
    m_to->setObjectName(u"to"_s);
    m_from->setAccessibleName(tr("Quiet from"));
    m_to->setAccessibleName(tr("Quiet to"));
    for (QTimeEdit *time : {m_from, m_to})
        time->setDisplayFormat(u"HH:mm"_s);
    m_times = new QWidget;
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(new TonedLabel(tr("From")));
    line->addWidget(m_from);
    line->addWidget(new TonedLabel(tr("to")));
    line->addWidget(m_to);
    line->addStretch(1);
    auto *column = new QVBoxLayout(m_times);
    column->setContentsMargins(indent, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(line);
    column->addWidget(makeDays(hours));
    return m_times;
}

/// For at once, beside the hours that come again every day.
QWidget *NotificationsDialog::makeQuietNow(qint64 quietUntil)
{
    const bool isQuiet = quietUntil > 0;
    const QString until = QDateTime::fromMSecsSinceEpoch(quietUntil).toString(u"HH:mm"_s);
    auto *link = new LinkButton(isQuiet ? tr("Quiet until %1: end it now").arg(until)
                                        : tr("Quiet for 1 h"));
    link->setObjectName(u"quietNow"_s);
    connect(link, &QAbstractButton::clicked, this, [this, isQuiet] {
        Q_EMIT quietRequested(!isQuiet);
        submit();
    });
    return link;
}

QWidget *NotificationsDialog::makeDays(const QuietHours &hours)
{
    const QStringList names{tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"),
                            tr("Fri"), tr("Sat"), tr("Sun")};
    auto *widget = new QWidget;
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    for (int day = 1; day <= 7; ++day) {
        m_days << makeChoice(names[day - 1], u"day%1"_s.arg(day), hours.hasDay(day));
        line->addWidget(m_days.last());
    }
    line->addStretch(1);
    return widget;
}

void NotificationsDialog::showQuiet()
{
    m_quiet->setEnabled(m_show->isChecked());
    m_times->setEnabled(m_show->isChecked() && m_quiet->isChecked());
}

QuietHours NotificationsDialog::quietHours() const
{
    QuietHours hours;
    hours.isOn = m_quiet->isChecked();
    hours.from = m_from->time();
    hours.to = m_to->time();
    hours.days = 0;
    for (int day = 0; day < 7; ++day)
        hours.days |= m_days[day]->isChecked() ? 1 << day : 0;
    return hours;
}

void NotificationsDialog::submit()
{
    m_preferences.setValue(Preference::Notifications, onOff(*m_show));
    m_preferences.setValue(Preference::QuietTime, quietHours().toText());
    m_preferences.setValue(Preference::TrayIcon, onOff(*m_tray));
    m_preferences.setValue(Preference::CloseToTray, onOff(*m_close));
    accept();
}

} // namespace Treewarden
