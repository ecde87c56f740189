// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/sharedialog.h"

#include "console/dialogs/dialogheight.h"
#include "console/models/pagesharing.h"
#include "console/settings/preferences.h"
#include "console/views/linkbutton.h"
#include "console/views/tonedlabel.h"

#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QLineEdit *placeField(const QString &name, const QString &text, const QString &placeholder)
{
    auto *field = new QLineEdit(text);
    field->setAccessibleName(name);
    field->setPlaceholderText(placeholder);
    field->setTextMargins(6, 0, 6, 0);
    field->setMaxLength(500);
    return field;
}

} // namespace

ShareDialog::ShareDialog(PageSharing &sharing, Preferences &preferences, QWidget *parent)
    : QDialog(parent)
    , m_sharing(sharing)
    , m_preferences(preferences)
    , m_form(new QFormLayout)
    , m_address(placeField(tr("Address of this machine"),
                           preferences.text(Preference::ShareAddress), u"127.0.0.1"_s))
    , m_proxies(placeField(tr("TLS proxies"), preferences.text(Preference::ShareProxies),
                           u"10.0.0.1, 10.0.1.0/24"_s))
    , m_hosts(placeField(tr("Names of the page"), preferences.text(Preference::ShareHosts),
                         u"status.example.org"_s))
    , m_port(new QSpinBox)
    , m_warning(new TonedLabel({}, TonedLabel::Tone::Secondary))
    , m_message(new TonedLabel)
    , m_visitors(new TonedLabel({}, TonedLabel::Tone::Caption))
    , m_linkRow(makeLink())
    , m_toggle(new QPushButton)
{
    setWindowTitle(tr("Share a read-only page"));
    setFont(uiFont());
    auto *intro = new TonedLabel(
        tr("Serves a web page of the fleet from this console, for people who only look. Nothing "
           "can be changed there. It ends with the console."),
        TonedLabel::Tone::Secondary);
    m_port->setRange(1, 65535);
    m_port->setValue(preferences.text(Preference::SharePort).toInt());
    m_port->setAccessibleName(tr("Port"));
    m_address->setObjectName(u"address"_s);
    m_proxies->setObjectName(u"proxies"_s);
    m_message->setObjectName(u"message"_s);
    m_toggle->setObjectName(u"toggle"_s);
    for (TonedLabel *label : {intro, m_warning, m_message})
        label->setWordWrap(true);
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->setVerticalSpacing(8);
    m_form->addRow(tr("Address of this machine"), m_address);
    m_form->addRow(tr("Port"), m_port);
    m_form->addRow(tr("TLS proxies that may connect"), m_proxies);
    m_form->addRow(tr("Names by which they ask for the page"), m_hosts);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(14);
    column->addWidget(intro);
    column->addLayout(m_form);
    column->addWidget(m_warning);
    column->addWidget(m_message);
    column->addWidget(m_linkRow);
    column->addStretch(1);
    column->addWidget(makeButtons());
    m_toggle->setDefault(true); // now that it is in the dialog: else it would not stay the default
    setMinimumWidth(500);
    m_linkRow->hide();
    m_message->hide();
    connect(m_address, &QLineEdit::textChanged, this, &ShareDialog::showWarning);
    connect(&m_sharing, &PageSharing::changed, this, &ShareDialog::showState);
    connect(&m_timer, &QTimer::timeout, this, &ShareDialog::showState);
    m_timer.start(1s);
    showWarning();
    showState();
    m_toggle->setFocus();
}

QWidget *ShareDialog::makeLink()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    m_link = new LinkButton;
    m_link->setToolTip(tr("Open it in the browser"));
    auto *copy = new QPushButton(tr("Copy the link"));
    copy->setAutoDefault(false);
    copy->setObjectName(u"copy"_s);
    line->addWidget(m_link);
    line->addWidget(m_visitors);
    line->addStretch(1);
    line->addWidget(copy);
    connect(m_link, &QAbstractButton::clicked, this,
            [this] { Q_EMIT linkOpened(m_sharing.url()); });
    connect(copy, &QAbstractButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_sharing.url()); });
    return row;
}

QWidget *ShareDialog::makeButtons()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto *close = new QPushButton(tr("Close"));
    close->setAutoDefault(false);
    line->addStretch(1);
    line->addWidget(close);
    line->addWidget(m_toggle);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_toggle, &QPushButton::clicked, this, &ShareDialog::toggle);
    return row;
}

void ShareDialog::toggle()
{
    m_message->setText({});
    if (m_sharing.isRunning()) {
        m_sharing.stop();
        return;
    }
    const PageSharing::Place place{m_address->text(), m_port->value(), m_proxies->text(),
                                   m_hosts->text()};
    m_preferences.setValue(Preference::ShareAddress, place.address.trimmed());
    m_preferences.setValue(Preference::SharePort, QString::number(place.port));
    m_preferences.setValue(Preference::ShareProxies, place.proxies.trimmed());
    m_preferences.setValue(Preference::ShareHosts, place.hosts.trimmed());
    if (const auto started = m_sharing.start(place); !started) {
        m_message->setHealth(Health::Died);
        m_message->setText(started.error().text);
    }
    showState();
}

void ShareDialog::showState()
{
    const bool isRunning = m_sharing.isRunning();
    for (QWidget *field : {static_cast<QWidget *>(m_address), static_cast<QWidget *>(m_port),
                           static_cast<QWidget *>(m_proxies), static_cast<QWidget *>(m_hosts)})
        field->setEnabled(!isRunning);
    m_toggle->setText(isRunning ? tr("Stop sharing") : tr("Share"));
    const bool isSaid = !m_message->text().isEmpty();
    if (m_linkRow->isHidden() == isRunning || m_message->isHidden() == isSaid) {
        m_linkRow->setVisible(isRunning);
        m_message->setVisible(isSaid);
        fitHeight(*this);
    }
    if (!isRunning)
        return;
    if (m_link->text() != m_sharing.url()) {
        m_link->setText(m_sharing.url());
        m_link->updateGeometry();
    }
    const int visitors = m_sharing.visitorCount();
    m_visitors->setText(visitors == 0 ? tr("Nobody has it open")
                            : visitors == 1
                            ? tr("1 visitor has it open")
                            : tr("%1 visitors have it open").arg(locale().toString(visitors)));
}

/// Who else could reach the page, and what it then needs.
void ShareDialog::showWarning()
{
    const bool isLocal = PageSharing::isLocal(m_address->text());
    for (QWidget *field : {m_proxies, m_hosts}) {
        field->setVisible(!isLocal);
        m_form->labelForField(field)->setVisible(!isLocal);
    }
    m_warning->setText(
        isLocal ? tr("Only this machine can open it. For others put a web server with TLS in "
                     "front of it, or forward the port by SSH.")
                : tr("Other machines can reach this address, and the page has neither encryption "
                     "nor a password of its own: only the proxies named here may connect, and "
                     "they decide who may look."));
    if (isLocal)
        m_warning->setTone(TonedLabel::Tone::Secondary);
    else
        m_warning->setHealth(Health::Degraded);
    fitHeight(*this);
}

} // namespace Treewarden
