// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/fieldwidget.h"

#include "console/views/tonedlabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <cmath>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int longestText = 4096;

QString shownText(const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        return {};
    return value.isString() ? value.toString() : QString::fromUtf8(jsonText(value));
}

QString shownWords(const QJsonValue &value)
{
    if (!value.isArray())
        return shownText(value);
    QStringList words;
    for (const auto &word : value.toArray())
        words << shownText(word);
    return words.join(u'\n');
}

} // namespace

FieldWidget::FieldWidget(const FormField &field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
    , m_label(new TonedLabel(field.label, TonedLabel::Tone::Text, TextSize::small, true))
    , m_help(new TonedLabel({}, TonedLabel::Tone::Caption, TextSize::small))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    m_help->setWordWrap(true);
    makeInput();
    if (!m_flag)
        column->addWidget(m_label);
    else
        m_label->hide();
    column->addWidget(input());
    column->addWidget(m_help);
    if (field.kind == FormField::Kind::Cron) {
        m_note = new TonedLabel({}, TonedLabel::Tone::Secondary, TextSize::small);
        m_note->setWordWrap(true);
        m_note->setObjectName(u"nextRuns"_s);
        column->addWidget(m_note);
    }
    input()->setAccessibleName(field.label);
    input()->setObjectName(u"field-"_s + field.path.value(field.path.size() - 1)
                           + (field.meaning == FormField::Meaning::Value ? QString() : u"-name"_s));
    showValue();
    showHelp();
}

QWidget *FieldWidget::input() const
{
    if (m_line)
        return m_line;
    if (m_choice)
        return m_choice;
    return m_flag ? static_cast<QWidget *>(m_flag) : m_words;
}

void FieldWidget::makeInput()
{
    switch (m_field.kind) {
    case FormField::Kind::Choice:
    case FormField::Kind::EditableChoice:
        return makeChoice();
    case FormField::Kind::Words:
        return makeWords();
    case FormField::Kind::Flag:
        m_flag = new QCheckBox(m_field.label, this);
        connect(m_flag, &QCheckBox::clicked, this, [this](bool isChecked) {
            m_flag->setTristate(false);
            Q_EMIT edited(isChecked);
        });
        return;
    default:
        break;
    }
    m_line = new QLineEdit(this);
    m_line->setTextMargins(6, 0, 6, 0);
    m_line->setMaxLength(longestText);
    if (m_field.kind == FormField::Kind::Number)
        m_line->setMaximumWidth(20 * m_line->fontMetrics().averageCharWidth());
    if (m_field.meaning == FormField::Meaning::Value) {
        connect(m_line, &QLineEdit::textEdited, this,
                [this](const QString &text) { Q_EMIT edited(typedValue(text)); });
    } else {
        // A name is whole before it is meant.
        connect(m_line, &QLineEdit::editingFinished, this, [this] {
            if (m_line->text() != shownText(m_field.value))
                Q_EMIT edited(m_line->text());
        });
    }
}

void FieldWidget::makeChoice()
{
    m_choice = new QComboBox(this);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const auto &[value, title] : m_field.choices)
        m_choice->addItem(title, value);
    m_choice->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(m_choice, &QComboBox::activated, this,
            [this](int index) { Q_EMIT edited(m_choice->itemData(index).toString()); });
}

void FieldWidget::makeWords()
{
    m_words = new QPlainTextEdit(this);
    m_words->setTabChangesFocus(true);
    m_words->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_words->setFixedHeight(4 * m_words->fontMetrics().lineSpacing() + 12);
    connect(m_words, &QPlainTextEdit::textChanged, this, [this] {
        if (m_isShowing)
            return;
        Q_EMIT edited(writtenWords());
    });
}

QJsonArray FieldWidget::writtenWords() const
{
    QJsonArray words;
    const QStringList lines = m_words->toPlainText().left(16 * longestText).split(u'\n');
    for (const QString &word : lines) {
        if (!word.trimmed().isEmpty())
            words.append(word);
    }
    return words;
}

/// A number or a list where it is one; what is neither stays a text, which is then said to be
/// wrong.
QJsonValue FieldWidget::typedValue(const QString &text) const
{
    if (text.isEmpty())
        return QJsonValue::Undefined;
    if (m_field.kind != FormField::Kind::Number && !m_field.value.isDouble())
        return text;
    bool isNumber = false;
    const double number = text.trimmed().toDouble(&isNumber);
    if (isNumber && std::isfinite(number))
        return number;
    const QJsonDocument list = QJsonDocument::fromJson(text.toUtf8());
    return list.isArray() ? QJsonValue(list.array()) : QJsonValue(text);
}

void FieldWidget::setField(const FormField &field)
{
    m_field = field;
    showValue();
    showHelp();
}

void FieldWidget::setNote(const QString &note)
{
    if (m_note)
        m_note->setText(note);
}

void FieldWidget::showValue()
{
    m_isShowing = true;
    const QString mixed = tr("differs"), text = shownText(m_field.value);
    if (m_line) {
        m_line->setPlaceholderText(m_field.isMixed ? mixed : m_field.placeholder);
        const bool isTyping = m_line->hasFocus() && typedValue(m_line->text()) == m_field.value;
        const bool isNaming = m_line->hasFocus() && m_line->isModified()
            && m_field.meaning != FormField::Meaning::Value;
        if (!isTyping && !isNaming && m_line->text() != text)
            m_line->setText(text);
    } else if (m_choice) {
        m_choice->setPlaceholderText(m_field.isMixed ? mixed : text);
        m_choice->setCurrentIndex(m_field.isMixed ? -1 : m_choice->findData(text));
    } else if (m_flag) {
        m_flag->setTristate(m_field.isMixed);
        m_flag->setCheckState(m_field.isMixed ? Qt::PartiallyChecked
                                  : m_field.value.toBool(m_field.path.last() == u"enabled")
                                  ? Qt::Checked
                                  : Qt::Unchecked);
    } else {
        m_words->setPlaceholderText(m_field.isMixed ? mixed : QString());
        // An empty line that is being written is no word yet.
        if (writtenWords() != m_field.value.toArray() || !m_field.value.isArray())
            m_words->setPlainText(shownWords(m_field.value));
    }
    m_isShowing = false;
}

void FieldWidget::showHelp()
{
    const bool isWrong = !m_field.trouble.isEmpty();
    m_help->setText(isWrong ? m_field.trouble : m_field.help);
    m_help->setVisible(!m_help->text().isEmpty());
    if (isWrong)
        m_help->setHealth(Health::Died);
    else
        m_help->setTone(TonedLabel::Tone::Caption);
    input()->setAccessibleDescription(m_help->text());
}

} // namespace Treewarden
