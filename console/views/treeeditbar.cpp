// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treeeditbar.h"

#include "console/views/healthicon.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QPushButton *makeBarButton(const QString &text, const QString &name)
{
    auto *button = new QPushButton(text);
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

QWidget *makeBarRow(const QList<QWidget *> &widgets, QWidget *wide)
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    for (QWidget *widget : widgets)
        line->addWidget(widget, widget == wide);
    return row;
}

} // namespace

TreeEditBar::TreeEditBar(TreeEdit &edit, QWidget *parent)
    : QWidget(parent)
    , m_edit(edit)
    , m_count(new TonedLabel({}, TonedLabel::Tone::Text, TextSize::body, true))
    , m_rivalText(new TonedLabel({}, TonedLabel::Tone::Text, TextSize::body, true))
    , m_said(new TonedLabel)
    , m_undo(makeBarButton(tr("Undo"), u"undo"_s))
    , m_redo(makeBarButton(tr("Redo"), u"redo"_s))
    , m_preview(makeBarButton(tr("Preview"), u"preview"_s))
    , m_save(makeBarButton(tr("Save"), u"save"_s))
    , m_discard(makeBarButton(tr("Discard"), u"discard"_s))
    , m_compare(makeBarButton(tr("Compare"), u"compare"_s))
    , m_progress(new QProgressBar)
    , m_icon(new HealthIcon(14))
{
    m_said->setWordWrap(true);
    m_rivalText->setWordWrap(true);
    m_note = makeBarRow({levelled(m_icon), m_said}, m_said);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 8, 20, 10);
    column->setSpacing(8);
    column->addWidget(makeButtons());
    m_rival = makeRival();
    column->addWidget(m_rival);
    column->addWidget(m_note);
    m_note->hide();
    setAccessibleName(tr("Changes of the tree"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    for (const auto signal :
         {&TreeEdit::changed, &TreeEdit::rivalChanged, &TreeEdit::savingChanged})
        connect(&edit, signal, this, &TreeEditBar::refresh);
    connect(&edit, &TreeEdit::changed, m_note, &QWidget::hide);
    connect(&edit, &TreeEdit::said, this, [this](const QString &sentence, bool isFailure) {
        say(sentence, isFailure ? Health::Degraded : Health::Alive);
    });
    refresh();
}

QWidget *TreeEditBar::makeButtons()
{
    m_preview->setCheckable(true);
    setEmphasis(m_save, Emphasis::Primary);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(80, 6);
    m_progress->setAccessibleName(tr("Saving"));
    m_progress->hide();
    m_soon.setSingleShot(true);
    m_soon.setInterval(300ms); // what is done sooner needs no bar
    connect(&m_soon, &QTimer::timeout, m_progress, &QWidget::show);
    connect(m_undo, &QPushButton::clicked, &m_edit.steps(), &QUndoStack::undo);
    connect(m_redo, &QPushButton::clicked, &m_edit.steps(), &QUndoStack::redo);
    connect(m_preview, &QPushButton::toggled, this, [this](bool isOn) {
        m_preview->setText(isOn ? tr("Back to the tree") : tr("Preview"));
        Q_EMIT previewToggled(isOn);
    });
    connect(m_save, &QPushButton::clicked, this, &TreeEditBar::saveRequested);
    connect(m_discard, &QPushButton::clicked, this, &TreeEditBar::discardRequested);
    auto *gap = new QWidget;
    return makeBarRow({m_count, m_undo, m_redo, gap, m_progress, m_preview, m_save, m_discard},
                      gap);
}

/// Somebody else has saved: what to do about it.
QWidget *TreeEditBar::makeRival()
{
    auto *icon = new HealthIcon(14);
    icon->setHealth(Health::Degraded);
    m_compare->setCheckable(true);
    auto *top = makeBarButton(tr("Put mine on top"), u"ontop"_s);
    auto *theirs = makeBarButton(tr("Discard mine"), u"theirs"_s);
    connect(m_compare, &QPushButton::toggled, this, [this](bool isOn) {
        m_compare->setText(isOn ? tr("Back to the tree") : tr("Compare"));
        Q_EMIT compareToggled(isOn);
    });
    connect(top, &QPushButton::clicked, this, [this] {
        const TreeMerge merge = m_edit.merged();
        m_edit.putOnTop();
        if (merge.collisions.isEmpty())
            say(tr("Your changes stand on top of it now. They are not saved yet."), Health::Alive);
        else
            say(tr("%1 of your changes do not go together with it and were left out; Undo does not "
                   "bring them back.")
                    .arg(merge.collisions.size()),
                Health::Degraded);
    });
    connect(theirs, &QPushButton::clicked, &m_edit, &TreeEdit::takeTheirs);
    return makeBarRow({icon, m_rivalText, m_compare, top, theirs}, m_rivalText);
}

void TreeEditBar::refresh()
{
    const auto count = m_edit.changes().size();
    m_count->setText(m_edit.isSaving() ? tr("Saving…")
                         : count == 0  ? tr("No changes")
                         : count == 1  ? tr("1 change")
                                       : tr("%1 changes").arg(count));
    const bool isFree = m_edit.isEditing() && !m_edit.isSaving();
    QUndoStack &steps = m_edit.steps();
    m_undo->setEnabled(isFree && steps.canUndo());
    m_redo->setEnabled(isFree && steps.canRedo());
    m_undo->setToolTip(steps.undoText().toHtmlEscaped());
    m_redo->setToolTip(steps.redoText().toHtmlEscaped());
    m_preview->setEnabled(m_edit.isEditing() && m_edit.isChanged());
    m_save->setEnabled(isFree && m_edit.isChanged() && !m_edit.rival());
    m_save->setToolTip(m_edit.rival() ? tr("First put your changes on top of the newer version.")
                                      : QString());
    m_discard->setText(m_edit.isEditing() && m_edit.isChanged() ? tr("Discard") : tr("Done"));
    m_discard->setEnabled(!m_edit.isSaving());
    if (!m_edit.isSaving()) {
        m_soon.stop();
        m_progress->hide();
    } else if (!m_soon.isActive() && m_progress->isHidden()) {
        m_soon.start();
    }
    const auto &rival = m_edit.rival();
    m_rival->setVisible(rival.has_value());
    if (rival) {
        m_rivalText->setText(
            rival->isRemoved ? tr("Somebody removed the tree meanwhile")
                : rival->by.isEmpty()
                ? tr("Somebody saved version %1 meanwhile").arg(rival->tree.version)
                : tr("%1 saved version %2 meanwhile").arg(rival->by).arg(rival->tree.version));
        tellScreenReader(m_rivalText->text());
    } else {
        m_compare->setChecked(false);
    }
}

void TreeEditBar::say(const QString &sentence, Health health)
{
    m_icon->setHealth(health);
    m_said->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
    tellScreenReader(sentence);
}

void TreeEditBar::setComparing(bool isComparing)
{
    m_compare->setChecked(isComparing);
}

void TreeEditBar::setPreviewing(bool isPreviewing)
{
    m_preview->setChecked(isPreviewing);
}

QString TreeEditBar::text() const
{
    QString text = m_count->text();
    if (!m_rival->isHidden())
        text += u'\n' + m_rivalText->text();
    if (!m_note->isHidden())
        text += u'\n' + m_said->text();
    return text;
}

void TreeEditBar::tellScreenReader(const QString &text)
{
    if (text == m_told)
        return;
    m_told = text;
    setAccessibleDescription(text);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void TreeEditBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), m_edit.rival() ? theme.warnTint : theme.surface);
    painter.fillRect(0, 0, width(), 1, theme.line);
    painter.fillRect(0, height() - 1, width(), 1, theme.line);
}

} // namespace Treewarden
