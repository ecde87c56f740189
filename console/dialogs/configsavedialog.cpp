// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/configsavedialog.h"

#include "console/models/fleetsource.h"
#include "console/models/keyring.h"
#include "console/views/card.h"
#include "console/views/healthicon.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"
#include "shared/fleet/configversions.h"
#include "shared/fleet/reasontext.h"

#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostChanges = 20, mostServers = 50, mostPermissions = 100, longestLine = 160;

} // namespace

ConfigSaveDialog::ConfigSaveDialog(std::shared_ptr<ConfigSession> session, KeyRing &keys,
                                   QWidget *parent)
    : QDialog(parent)
    , m_session(std::move(session))
    , m_keys(keys)
    , m_saver(m_session, keys)
    , m_title(new TonedLabel({}, TonedLabel::Tone::Text, TextSize::title, true))
    , m_key(new TonedLabel({}, TonedLabel::Tone::Secondary))
    , m_scroll(new QScrollArea)
    , m_lines(nullptr)
    , m_progress(new QProgressBar)
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_unsigned(new QPushButton(tr("Save without signature")))
    , m_sign(new QPushButton)
{
    setWindowTitle(tr("Save configuration"));
    setFont(uiFont());
    const QStringList changed = m_saver.changedServers();
    m_title->setWordWrap(true);
    m_title->setText(
        changed.size() == 1
            ? tr("Save the configuration of %1?")
                  .arg(serverText(m_session->source().state(), changed.first()))
            : tr("Save the configurations of %1 servers?").arg(locale().toString(changed.size())));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("What is saved"));
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(6);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *body = new QVBoxLayout;
    body->setContentsMargins(24, 22, 24, 16);
    body->setSpacing(10);
    body->addWidget(m_title);
    body->addWidget(m_progress);
    body->addWidget(m_scroll, 1);
    column->addLayout(body, 1);
    column->addWidget(new Divider);
    column->addWidget(makeFooter());
    m_sign->setDefault(true); // now that it is in the dialog: else it would not stay the default
    setMinimumSize(480, 240);
    connect(&m_saver, &ConfigSaver::progressed, this, &ConfigSaveDialog::showTurns);
    connect(&m_keys, &KeyRing::changed, this, [this] {
        if (m_saver.turns().isEmpty())
            showQuestion();
        showKey();
    });
    showQuestion();
    showKey();
    fit();
}

/// As tall as its lines need, within reason.
void ConfigSaveDialog::fit()
{
    constexpr int width = 680, highest = 460;
    ensurePolished();
    layout()->invalidate(); // it remembers the hint of the list before it had lines
    const int others = layout()->totalHeightForWidth(width) - m_scroll->sizeHint().height();
    const int lines = m_scroll->widget()->layout()->totalHeightForWidth(width - 60);
    resize(width, qMin(highest, others + lines + 8));
}

QWidget *ConfigSaveDialog::makeFooter()
{
    auto *footer = new QWidget;
    auto *line = new QHBoxLayout(footer);
    line->setContentsMargins(24, 12, 24, 12);
    line->setSpacing(8);
    line->addWidget(m_key, 1);
    for (QPushButton *button : {m_cancel, m_unsigned, m_sign}) {
        button->setAutoDefault(false);
        line->addWidget(button);
    }
    m_key->setWordWrap(true);
    setEmphasis(m_sign, Emphasis::Primary);
    m_sign->setObjectName(u"signAndSave"_s);
    m_unsigned->setObjectName(u"saveUnsigned"_s);
    m_cancel->setObjectName(u"cancel"_s);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_unsigned, &QPushButton::clicked, this,
            [this] { m_saver.start(ConfigSaver::Signing::Unsigned); });
    connect(m_sign, &QPushButton::clicked, this, &ConfigSaveDialog::sign);
    return footer;
}

void ConfigSaveDialog::sign()
{
    if (m_keys.isUnlocked())
        m_saver.start(ConfigSaver::Signing::Signed);
    else
        Q_EMIT keyRequested();
}

void ConfigSaveDialog::reject()
{
    if (m_saver.isRunning())
        return; // each server is asked in turn; nothing takes longer than Redis does
    if (m_saver.savedCount() > 0 && !m_session->isChanged())
        accept();
    else
        QDialog::reject();
}

void ConfigSaveDialog::clearLines()
{
    auto *lines = new QWidget;
    m_lines = new QVBoxLayout(lines);
    m_lines->setContentsMargins(0, 0, 8, 0);
    m_lines->setSpacing(6);
    m_lines->setAlignment(Qt::AlignTop);
    m_scroll->setWidget(lines);
    lines->setAutoFillBackground(false);
    m_scroll->viewport()->setAutoFillBackground(false);
}

void ConfigSaveDialog::addLine(const QString &text, bool isStrong, std::optional<Health> health)
{
    auto *label = new TonedLabel(text, TonedLabel::Tone::Text, TextSize::body, isStrong);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (!health) {
        if (isStrong && m_lines->count() > 0)
            label->setContentsMargins(0, 8, 0, 0);
        m_lines->addWidget(label);
        return;
    }
    auto *line = new QHBoxLayout;
    auto *icon = new HealthIcon(14);
    icon->setHealth(*health);
    line->setSpacing(8);
    line->addWidget(levelled(icon), 0, Qt::AlignTop);
    line->addWidget(label, 1);
    m_lines->addLayout(line);
}

QStringList ConfigSaveDialog::sentences() const
{
    QStringList sentences;
    const auto labels = m_scroll->widget()->findChildren<TonedLabel *>();
    for (const TonedLabel *label : labels)
        sentences << label->text();
    return sentences;
}

void ConfigSaveDialog::showQuestion()
{
    clearLines();
    addChanges();
    addPermissions();
}

void ConfigSaveDialog::addChanges()
{
    qsizetype servers = 0;
    for (const ConfigDraft &draft : m_session->drafts()) {
        if (!draft.isChanged() || ++servers > mostServers)
            continue;
        addLine(tr("%1, version %2 to %3")
                    .arg(serverText(m_session->source().state(), draft.ip))
                    .arg(draft.version())
                    .arg(draft.version() + 1),
                true);
        const QList<ConfigChange> changes = draft.changes();
        for (const ConfigChange &change : changes.mid(0, mostChanges))
            addLine(oneLine(changeSentence(change), 2 * longestLine), false);
        if (changes.size() > mostChanges)
            addLine(tr("%1 more changes").arg(locale().toString(changes.size() - mostChanges)),
                    false);
        if (changes.isEmpty())
            addLine(tr("Only the layout of the text changes."), false);
    }
    if (servers > mostServers)
        addLine(tr("and %1 more servers").arg(locale().toString(servers - mostServers)), true);
}

/// What is let run that was not before; all of it where the version that stands was not signed with
/// this key, for then somebody else may have written it.
QStringList ConfigSaveDialog::newPermissions(const ConfigDraft &draft) const
{
    const auto fields = fieldsOfDocument(draft.document, draft.base);
    const auto config = fields ? parseServerConfig(draft.ip, *fields).config : std::nullopt;
    if (!config)
        return {};
    QStringList lines = whatSigningAllows(*config);
    const SigningKey *key = m_keys.isUnlocked() ? m_keys.use() : nullptr;
    if (!key || !isSignedWith(*key, draft.ip, draft.base))
        return lines;
    if (const auto before = parseServerConfig(draft.ip, draft.base).config) {
        for (const QString &line : whatSigningAllows(*before))
            lines.removeOne(line);
    }
    return lines;
}

void ConfigSaveDialog::addPermissions()
{
    qsizetype count = 0;
    for (const ConfigDraft &draft : m_session->drafts()) {
        if (!draft.isChanged())
            continue;
        const QStringList lines = newPermissions(draft);
        if (lines.isEmpty() || count >= mostPermissions)
            continue;
        addLine(tr("Your signature lets this run on %1:")
                    .arg(serverText(m_session->source().state(), draft.ip)),
                true);
        for (const QString &line : lines.mid(0, mostPermissions - count))
            addLine(oneLine(line, longestLine), false);
        count += lines.size();
    }
    if (count > mostPermissions)
        addLine(tr("and %1 more").arg(locale().toString(count - mostPermissions)), false);
}

void ConfigSaveDialog::showKey()
{
    const bool isUnlocked = m_keys.isUnlocked();
    const bool isDone = !m_saver.turns().isEmpty() && !m_saver.isRunning();
    const QString whyNot = m_saver.whyNot(ConfigSaver::Signing::Signed);
    m_key->setText(isDone                  ? QString()
                       : !whyNot.isEmpty() ? whyNot
                       : isUnlocked ? tr("Signed with the key %1.").arg(oneLine(m_keys.name(), 40))
                                    : tr("Your signing key is locked."));
    m_sign->setText(isUnlocked ? tr("Sign and save") : tr("Unlock key…"));
    const bool canSave = whyNot.isEmpty() && !m_saver.isRunning();
    m_sign->setEnabled(canSave);
    m_sign->setVisible(!isDone || (canSave && m_session->isChanged()));
    m_unsigned->setVisible(!isUnlocked && canSave && !isDone
                           && m_saver.whyNot(ConfigSaver::Signing::Unsigned).isEmpty());
    m_cancel->setText(isDone ? tr("Close") : tr("Cancel"));
    m_cancel->setEnabled(!m_saver.isRunning());
}

void ConfigSaveDialog::showTurns()
{
    const auto &turns = m_saver.turns();
    m_progress->setVisible(m_saver.isRunning() && turns.size() > 1);
    m_progress->setMaximum(int(turns.size()));
    m_progress->setValue(m_saver.savedCount());
    if (m_saver.isRunning() && turns.size() > mostServers)
        return; // a bar is enough meanwhile
    const int saved = m_saver.savedCount();
    if (!m_saver.isRunning())
        m_title->setText(saved == turns.size()
                             ? (saved == 1 ? tr("Saved") : tr("Saved on %1 servers").arg(saved))
                             : tr("%1 of %2 saved").arg(saved).arg(turns.size()));
    clearLines();
    for (const ConfigSaver::Turn &turn : turns) {
        const QString server = serverText(m_session->source().state(), turn.ip);
        const bool isOver = turn.state != ConfigSaver::Turn::State::Waiting
            && turn.state != ConfigSaver::Turn::State::Saving;
        const auto health = turn.state == ConfigSaver::Turn::State::Saved ? Health::Alive
            : isOver                                                      ? Health::Died
                                                                          : Health::Unknown;
        addLine(isOver ? tr("%1: %2", "server, what became of it").arg(server, turn.sentence)
                    : turn.state == ConfigSaver::Turn::State::Saving
                    ? tr("%1: is being saved").arg(server)
                    : tr("%1: waits").arg(server),
                false, health);
    }
    showKey();
}

} // namespace Treewarden
