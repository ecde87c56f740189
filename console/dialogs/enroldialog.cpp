// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/enroldialog.h"

#include "console/models/fleetsource.h"
#include "console/models/keyring.h"
#include "console/views/card.h"
#include "console/views/healthicon.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"
#include "shared/fleet/configversions.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostRunLines = 40, longestRunLine = 160;
constexpr int mostServiceRows = 9;

TonedLabel *wrapped(const QString &text, TonedLabel::Tone tone = TonedLabel::Tone::Text,
                    bool isBold = false)
{
    auto *label = new TonedLabel(text, tone, TextSize::body, isBold);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString candidateTitle(const EnrolmentCandidate &candidate)
{
    const QString name = candidate.standing.request
        ? oneLine((*candidate.standing.request)[u"hostname"_s].toString(), 64)
        : QString();
    return name.isEmpty() ? candidate.ip : u"%1 (%2)"_s.arg(name, candidate.ip);
}

} // namespace

EnrolDialog::EnrolDialog(FleetSource &source, KeyRing &keys, const QStringList &ips,
                         QWidget *parent)
    : QDialog(parent)
    , m_keys(keys)
    , m_enroller(source, keys)
    , m_servers(new QListWidget)
    , m_scroll(new QScrollArea)
    , m_key(new TonedLabel({}, TonedLabel::Tone::Secondary))
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_unlock(new QPushButton(tr("Unlock key…")))
    , m_reject(new QPushButton(tr("Send away")))
    , m_accept(new QPushButton)
{
    const bool isSeveral = ips.size() > 1;
    setWindowTitle(isSeveral ? tr("Servers that ask to be enrolled") : tr("Accept a server"));
    setFont(uiFont());
    auto *middle = new QHBoxLayout;
    middle->setContentsMargins(24, 20, 24, 14);
    middle->setSpacing(16);
    QWidget *servers = makeServers();
    middle->addWidget(servers);
    if (!isSeveral)
        servers->hide();
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    middle->addWidget(m_scroll, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(middle, 1);
    column->addWidget(new Divider);
    column->addWidget(makeFooter());
    m_accept->setDefault(true); // now that it is in the dialog: else it would not stay the default
    resize(isSeveral ? 900 : 640, 560);
    connect(&m_enroller, &Enroller::changed, this, &EnrolDialog::showServers);
    connect(&m_keys, &KeyRing::changed, this, &EnrolDialog::showFooter);
    m_enroller.read(ips);
    m_servers->setCurrentRow(0);
    showDetails();
}

QWidget *EnrolDialog::makeServers()
{
    m_servers->setAccessibleName(tr("Servers that ask"));
    m_servers->setObjectName(u"askingServers"_s);
    m_servers->setFrameShape(QFrame::NoFrame);
    m_servers->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *card = new Card;
    card->column()->setContentsMargins(1, 5, 1, 5);
    card->column()->addWidget(m_servers);
    card->setFixedWidth(30 * fontMetrics().averageCharWidth() + 60);
    connect(m_servers, &QListWidget::currentRowChanged, this, [this] {
        if (!m_isShowing)
            showDetails();
    });
    connect(m_servers, &QListWidget::itemChanged, this, &EnrolDialog::takeServerItem);
    return card;
}

QWidget *EnrolDialog::makeFooter()
{
    auto *footer = new QWidget;
    auto *line = new QHBoxLayout(footer);
    line->setContentsMargins(24, 12, 24, 12);
    line->setSpacing(8);
    line->addWidget(m_key, 1);
    for (QPushButton *button : {m_cancel, m_unlock, m_reject, m_accept}) {
        button->setAutoDefault(false);
        line->addWidget(button);
    }
    m_key->setWordWrap(true);
    setEmphasis(m_accept, Emphasis::Primary);
    m_accept->setObjectName(u"acceptServers"_s);
    m_reject->setObjectName(u"sendAway"_s);
    m_reject->setToolTip(tr("They ask again when their agents start anew."));
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_unlock, &QPushButton::clicked, this, &EnrolDialog::keyRequested);
    connect(m_reject, &QPushButton::clicked, &m_enroller, &Enroller::reject);
    connect(m_accept, &QPushButton::clicked, &m_enroller, &Enroller::accept);
    return footer;
}

void EnrolDialog::reject()
{
    if (!m_enroller.isRunning())
        QDialog::reject();
}

EnrolmentCandidate *EnrolDialog::shownCandidate()
{
    const int row = qMax(0, m_servers->currentRow());
    return row < m_enroller.candidates().size() ? &m_enroller.candidates()[row] : nullptr;
}

void EnrolDialog::showServers()
{
    m_isShowing = true;
    const auto &candidates = m_enroller.candidates();
    while (m_servers->count() < candidates.size())
        m_servers->addItem(QString());
    for (int row = 0; row < candidates.size(); ++row) {
        QListWidgetItem *item = m_servers->item(row);
        const bool isDone = candidates[row].state == EnrolmentCandidate::State::Done;
        item->setText(candidateTitle(candidates[row]));
        item->setFlags(isDone ? Qt::ItemIsSelectable | Qt::ItemIsEnabled
                              : Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
        item->setCheckState(candidates[row].isChosen ? Qt::Checked : Qt::Unchecked);
    }
    m_isShowing = false;
    showDetails();
}

void EnrolDialog::takeServerItem(QListWidgetItem *item)
{
    if (m_isShowing)
        return;
    m_enroller.candidates()[m_servers->row(item)].isChosen = item->checkState() == Qt::Checked;
    showFooter();
}

void EnrolDialog::showDetails()
{
    auto *details = new QWidget;
    m_details = new QVBoxLayout(details);
    m_details->setContentsMargins(0, 0, 8, 0);
    m_details->setSpacing(10);
    if (const EnrolmentCandidate *candidate = shownCandidate()) {
        m_details->addWidget(new TonedLabel(candidateTitle(*candidate), TonedLabel::Tone::Text,
                                            TextSize::title, true));
        if (!candidate->sentence.isEmpty()) {
            auto *line = new QHBoxLayout;
            auto *icon = new HealthIcon(14);
            const bool isDone = candidate->state == EnrolmentCandidate::State::Done;
            icon->setHealth(isDone ? Health::Alive : Health::Died);
            line->addWidget(levelled(icon), 0, Qt::AlignTop);
            line->addWidget(wrapped(candidate->sentence), 1);
            m_details->addLayout(line);
        }
        if (candidate->state == EnrolmentCandidate::State::Reading) {
            m_details->addWidget(wrapped(tr("What it told is being read.")));
        } else if (candidate->state != EnrolmentCandidate::State::Done) {
            addWarnings(*candidate);
            addFacts(*candidate);
            addServices(*candidate);
            addPermissions(*candidate);
        }
    }
    m_details->addStretch(1);
    // A check box of the old ones may be what brought us here.
    if (QWidget *old = m_scroll->takeWidget())
        old->deleteLater();
    m_scroll->setWidget(details);
    details->setAutoFillBackground(false);
    showFooter();
}

void EnrolDialog::addFacts(const EnrolmentCandidate &candidate)
{
    auto *facts = new QWidget;
    auto *grid = new QGridLayout(facts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto &[caption, value] : candidate.facts(m_enroller.source().now())) {
        grid->addWidget(new TonedLabel(caption, TonedLabel::Tone::Caption), row, 0, Qt::AlignTop);
        grid->addWidget(wrapped(value), row++, 1);
    }
    m_details->addWidget(facts);
}

void EnrolDialog::addWarnings(const EnrolmentCandidate &candidate)
{
    for (const QString &warning : candidate.warnings(m_enroller.source().now())) {
        auto *line = new QHBoxLayout;
        auto *icon = new HealthIcon(14);
        icon->setHealth(Health::Degraded);
        line->setSpacing(8);
        line->addWidget(levelled(icon), 0, Qt::AlignTop);
        line->addWidget(wrapped(warning), 1);
        m_details->addLayout(line);
    }
    if (!candidate.standing.isOtherMachine())
        return;
    auto *replace = new QCheckBox(tr("It takes the place of the machine that is enrolled there"));
    replace->setObjectName(u"replaceMachine"_s);
    replace->setChecked(candidate.mayReplace);
    connect(replace, &QCheckBox::toggled, this, [this, ip = candidate.ip](bool isChecked) {
        for (EnrolmentCandidate &other : m_enroller.candidates()) {
            if (other.ip == ip) {
                other.mayReplace = isChecked;
                other.isChosen = isChecked;
            }
        }
        showServers();
    });
    m_details->addWidget(replace);
}

void EnrolDialog::addServices(const EnrolmentCandidate &candidate)
{
    if (!candidate.standing.enrolled.isEmpty()) {
        m_details->addWidget(
            wrapped(tr("It gets the configuration that stands."), TonedLabel::Tone::Secondary));
        return;
    }
    m_details->addWidget(wrapped(candidate.services.isEmpty()
                                     ? tr("It found no service; add some to its configuration.")
                                     : tr("Services that it found; those that are checked will be "
                                          "watched"),
                                 TonedLabel::Tone::Text, true));
    if (candidate.services.isEmpty())
        return;
    auto *list = new QListWidget;
    list->setObjectName(u"foundServices"_s);
    list->setAccessibleName(tr("Services that it found"));
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const EnrolmentCandidate::Service &service : candidate.services) {
        auto *item = new QListWidgetItem(
            tr("%1: %2", "service, check").arg(service.id.text(), service.check), list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(service.isChosen ? Qt::Checked : Qt::Unchecked);
    }
    const int rows = qMin(mostServiceRows, list->count());
    list->setFixedHeight(rows * list->sizeHintForRow(0) + 2 * list->frameWidth() + 4);
    connect(list, &QListWidget::itemChanged, this, &EnrolDialog::takeServiceItem);
    m_details->addWidget(list);
}

void EnrolDialog::takeServiceItem(QListWidgetItem *item)
{
    EnrolmentCandidate *candidate = shownCandidate();
    const int row = item->listWidget()->row(item);
    if (candidate && row < candidate->services.size())
        candidate->services[row].isChosen = item->checkState() == Qt::Checked;
}

/// What a signature lets run there besides: the server asked for it, and whoever can write into
/// Redis may have.
void EnrolDialog::addPermissions(const EnrolmentCandidate &candidate)
{
    const auto config = parseServerConfig(candidate.ip, candidate.configuration()).config;
    const QStringList lines = config ? whatSigningAllows(*config) : QStringList();
    if (lines.isEmpty())
        return;
    m_details->addWidget(
        wrapped(tr("Your signature lets this run there:"), TonedLabel::Tone::Text, true));
    for (const QString &line : lines.mid(0, mostRunLines))
        m_details->addWidget(wrapped(oneLine(line, longestRunLine)));
    if (lines.size() > mostRunLines)
        m_details->addWidget(
            wrapped(tr("and %1 more").arg(locale().toString(lines.size() - mostRunLines))));
}

void EnrolDialog::showFooter()
{
    int chosen = 0, open = 0;
    for (const EnrolmentCandidate &candidate : m_enroller.candidates()) {
        open += candidate.state == EnrolmentCandidate::State::Open
            || candidate.state == EnrolmentCandidate::State::Failed;
        chosen += candidate.isChosen && candidate.isAcceptable();
    }
    const bool isUnlocked = m_keys.isUnlocked(), isOver = open == 0 && m_enroller.doneCount() > 0;
    m_key->setText(isOver           ? QString()
                       : isUnlocked ? tr("Signed with the key %1.").arg(oneLine(m_keys.name(), 40))
                                    : tr("Without a key they are accepted unsigned: watched, but "
                                         "nothing can be run there."));
    m_accept->setText(m_enroller.candidates().size() > 1 ? tr("Accept %1").arg(chosen)
                          : isUnlocked                   ? tr("Sign and accept")
                                                         : tr("Accept"));
    m_accept->setEnabled(m_enroller.whyNot().isEmpty() && !m_enroller.isRunning());
    m_accept->setToolTip(m_enroller.whyNot());
    m_accept->setVisible(!isOver);
    m_reject->setVisible(!isOver);
    m_reject->setEnabled(open > 0 && !m_enroller.isRunning());
    m_unlock->setVisible(!isOver && !isUnlocked);
    m_cancel->setText(isOver ? tr("Close") : tr("Cancel"));
}

} // namespace Treewarden
