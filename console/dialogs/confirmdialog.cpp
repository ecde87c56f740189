// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/confirmdialog.h"

#include "console/views/healthicon.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"
#include "shared/protocol/commandrequest.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int dialogWidth = 640, textIndent = 60, sideSpace = 24;
constexpr qsizetype mostHits = 8, mostImpactLines = 8;

} // namespace

ConfirmDialog::ConfirmDialog(const ActionQuestion &question, QWidget *parent)
    : QDialog(parent)
    , m_question(question)
    , m_body(new QVBoxLayout)
    , m_extras(new QVBoxLayout)
    , m_reason(new QLineEdit)
    , m_typed(new QLineEdit)
    , m_typedPart(new QWidget)
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_verb(new QPushButton)
{
    setWindowTitle(question.title);
    setFont(uiFont());
    m_body->setContentsMargins(textIndent, 4, sideSpace, 20);
    m_body->setSpacing(7);
    m_extras->setSpacing(7);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addLayout(m_body);
    column->addWidget(makeFooter());
    addHits();
    m_body->addLayout(m_extras);
    addImpact();
    addHow();
    addReason();
    addTyped();
    showVerb();
    setFixedWidth(dialogWidth);
    m_cancel->setFocus();
}

QString ConfirmDialog::reason() const
{
    return m_reason->text().trimmed();
}

bool ConfirmDialog::isOneByOne() const
{
    return !m_oneByOne || m_oneByOne->isChecked();
}

QWidget *ConfirmDialog::makeHead()
{
    auto *head = new QWidget;
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(sideSpace, 22, sideSpace, 8);
    line->setSpacing(12);
    if (m_question.isDangerous) {
        auto *icon = new HealthIcon(24);
        icon->setHealth(Health::Degraded);
        line->addWidget(icon, 0, Qt::AlignTop);
    } else {
        line->addSpacing(24 + line->spacing());
    }
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    auto *title = new TonedLabel(m_question.title, TonedLabel::Tone::Text, TextSize::title, true);
    title->setWordWrap(true);
    words->addWidget(title);
    if (!m_question.impact.sentence.isEmpty()) {
        auto *sentence
            = new TonedLabel(oneLine(m_question.impact.sentence, 300), TonedLabel::Tone::Secondary);
        sentence->setWordWrap(true);
        words->addWidget(sentence);
    }
    line->addLayout(words, 1);
    return head;
}

void ConfirmDialog::addSection(const QString &title)
{
    auto *caption = new TonedLabel(title, TonedLabel::Tone::Caption, TextSize::small);
    caption->setContentsMargins(0, 8, 0, 0);
    m_body->addWidget(caption);
}

void ConfirmDialog::addBody(QWidget *widget)
{
    m_body->addWidget(widget);
}

QWidget *ConfirmDialog::makeLine(std::optional<Health> health, const QString &strong,
                                 const QString &text, const QString &right)
{
    auto *widget = new QWidget;
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto *icon = new HealthIcon(14);
    icon->setHealth(health.value_or(Health::Alive));
    line->addWidget(levelled(icon), 0, Qt::AlignTop);
    if (!strong.isEmpty()) {
        auto *name = new TonedLabel(strong, TonedLabel::Tone::Text, TextSize::body, true);
        name->setWordWrap(true);
        line->addWidget(name, text.isEmpty() ? 1 : 0);
    }
    if (!text.isEmpty())
        line->addWidget(new TonedLabel(text), 1);
    if (!right.isEmpty()) {
        auto *note = new TonedLabel(right, TonedLabel::Tone::Secondary);
        note->setAlignment(Qt::AlignRight | Qt::AlignTop);
        line->addWidget(note);
    }
    return widget;
}

void ConfirmDialog::addHits()
{
    if (m_question.hits.isEmpty())
        return;
    addSection(tr("Acts on"));
    for (const ActionQuestion::Hit &hit : m_question.hits.mid(0, mostHits))
        addBody(makeLine(hit.health, hit.what, {}, hit.where));
    if (m_question.hits.size() > mostHits)
        addBody(new TonedLabel(tr("and %1 more servers").arg(m_question.hits.size() - mostHits),
                               TonedLabel::Tone::Secondary));
}

void ConfirmDialog::addImpact()
{
    addSection(tr("What happens then"));
    const QList<ImpactLine> &lines = m_question.impact.lines;
    for (qsizetype i = 0; i < qMin(lines.size(), mostImpactLines); ++i)
        addBody(makeLine(lines[i].after, m_question.impactNames.value(i),
                         tr("%1 → %2", "a state before and after")
                             .arg(healthText(lines[i].before), healthText(lines[i].after)),
                         oneLine(lines[i].why, 60)));
    if (lines.size() > mostImpactLines)
        addBody(new TonedLabel(tr("%1 more").arg(lines.size() - mostImpactLines),
                               TonedLabel::Tone::Secondary));
    const int others = m_question.impact.untouched;
    if (lines.isEmpty())
        addBody(makeLine(Health::Alive, {}, tr("No role of a service tree changes its state"), {}));
    else if (others > 0)
        addBody(makeLine(Health::Alive, {},
                         others == 1 ? tr("1 other role is not touched")
                                     : tr("%1 other roles are not touched").arg(others),
                         {}));
}

void ConfirmDialog::addHow()
{
    if (!m_question.hasOrder)
        return;
    addSection(tr("How"));
    m_oneByOne = new QRadioButton(tr("One after another, end at the first failure"));
    auto *allAtOnce = new QRadioButton(tr("All at once"));
    m_oneByOne->setChecked(true);
    auto *widget = new QWidget;
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(24);
    line->addWidget(m_oneByOne);
    line->addWidget(allAtOnce);
    line->addStretch(1);
    addBody(widget);
}

void ConfirmDialog::addReason()
{
    addSection(tr("Why (it is recorded)"));
    m_reason->setAccessibleName(tr("Why"));
    m_reason->setObjectName(u"reason"_s);
    m_reason->setMaxLength(int(longestCommandReason));
    m_reason->setTextMargins(6, 0, 6, 0);
    m_reason->setPlaceholderText(tr("for example: new certificate"));
    addBody(m_reason);
}

void ConfirmDialog::addTyped()
{
    auto *column = new QVBoxLayout(m_typedPart);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(7);
    auto *label = new TonedLabel(tr("Type %1 to confirm").arg(m_question.typedWord),
                                 TonedLabel::Tone::Text, TextSize::small, true);
    m_typed->setAccessibleName(label->text());
    m_typed->setObjectName(u"typed"_s);
    m_typed->setTextMargins(6, 0, 6, 0);
    m_typed->setMaximumWidth(300);
    column->addWidget(label);
    column->addWidget(m_typed);
    addBody(m_typedPart);
    m_typedPart->setVisible(!m_question.typedWord.isEmpty() && !m_question.isTwoSteps);
    connect(m_typed, &QLineEdit::textChanged, this, &ConfirmDialog::showVerb);
}

QWidget *ConfirmDialog::makeFooter()
{
    auto *footer = new QWidget;
    footer->setObjectName(u"footer"_s);
    auto *line = new QHBoxLayout(footer);
    line->setContentsMargins(sideSpace, 14, sideSpace, 14);
    line->setSpacing(10);
    const QString signer = oneLine(m_question.signer, 64);
    line->addWidget(new TonedLabel(signer.isEmpty()
                                       ? tr("Recorded in Commands.")
                                       : tr("Signed as %1. Recorded in Commands.").arg(signer),
                                   TonedLabel::Tone::Secondary));
    line->addStretch(1);
    line->addWidget(m_cancel);
    line->addWidget(m_verb);
    m_verb->setObjectName(u"verb"_s);
    m_cancel->setObjectName(u"cancel"_s);
    setEmphasis(m_cancel, Emphasis::Plain);
    setEmphasis(m_verb, m_question.isDangerous ? Emphasis::Danger : Emphasis::Primary);
    // Enter is the window's to answer: see keyPressEvent().
    m_cancel->setAutoDefault(false);
    m_verb->setAutoDefault(false);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_verb, &QPushButton::clicked, this, &ConfirmDialog::proceed);
    return footer;
}

bool ConfirmDialog::isTypedRight() const
{
    return m_typed->text().trimmed().compare(m_question.typedWord, Qt::CaseInsensitive) == 0;
}

void ConfirmDialog::showVerb()
{
    const bool isFirstStep = m_question.isTwoSteps && !m_isSecondStep;
    m_verb->setText(isFirstStep ? tr("Continue…") : m_question.verb);
    m_verb->setEnabled(isFirstStep || m_question.typedWord.isEmpty() || isTypedRight());
}

void ConfirmDialog::proceed()
{
    if (!m_question.isTwoSteps || m_isSecondStep) {
        accept();
        return;
    }
    m_isSecondStep = true;
    m_typedPart->setVisible(true);
    showVerb();
    adjustSize();
    m_typed->setFocus();
}

/// Enter presses Cancel, or the verb of what is harmless, when it has the focus; in a field it goes
/// on to the next one.
void ConfirmDialog::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QDialog::keyPressEvent(event);
        return;
    }
    if (focusWidget() == m_cancel)
        reject();
    else if (focusWidget() == m_verb && !m_question.isDangerous && m_question.typedWord.isEmpty())
        proceed();
    else if (focusWidget() == m_reason)
        (m_typedPart->isVisible() ? static_cast<QWidget *>(m_typed) : m_verb)->setFocus();
    else if (focusWidget() == m_typed && m_verb->isEnabled())
        m_verb->setFocus();
}

void ConfirmDialog::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.surface);
    const QRect footer = findChild<QWidget *>(u"footer"_s)->geometry();
    painter.fillRect(footer, theme.alt);
    painter.fillRect(footer.left(), footer.top(), footer.width(), 1, theme.line);
}

} // namespace Treewarden
