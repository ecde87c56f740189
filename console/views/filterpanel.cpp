// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/filterpanel.h"

#include "console/views/filterfield.h"
#include "console/views/linkbutton.h"
#include "console/views/recordtable.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QShortcut>

namespace Treewarden {
using namespace Qt::StringLiterals;

FilterPanel::FilterPanel(const QString &placeholder, const QList<Chip> &chips,
                         const QList<WordHelp::Word> &words, QWidget *parent)
    : QWidget(parent)
    , m_field(new FilterField(placeholder, u"/"_s))
    , m_words(words)
    , m_waiting(new LinkButton)
    , m_follow(new QCheckBox(tr("Follow")))
{
    m_field->setHasHelp(true);
    connect(m_field, &FilterField::helpRequested, this, &FilterPanel::showHelp);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_field, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    for (const Chip &chip : chips) {
        auto *button = new ChipButton(chip.title);
        m_chips.append({button, chip.filter});
        connect(button, &QAbstractButton::clicked, this, [this, text = chip.filter] {
            m_field->setText(text);
            showChecked(); // one clicked twice stays checked
        });
        row->addWidget(button);
    }
    row->addStretch(1);
    row->addWidget(m_waiting);
    row->addSpacing(8);
    row->addWidget(m_follow);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 0, 20, 12);
    column->setSpacing(10);
    column->addLayout(line);
    column->addLayout(row);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("What is new appears at once while the list stands at its top"));
    connect(m_follow, &QAbstractButton::toggled, this, &FilterPanel::followingChanged);
    connect(m_waiting, &QAbstractButton::clicked, this, &FilterPanel::waitingChosen);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        showChecked();
        Q_EMIT textChanged(text);
    });
    showChecked();
    setWaiting(0);
}

QString FilterPanel::text() const
{
    return m_field->text();
}

bool FilterPanel::isFollowing() const
{
    return m_follow->isChecked();
}

void FilterPanel::addAction(QWidget *widget)
{
    static_cast<QHBoxLayout *>(layout()->itemAt(0)->layout())->addWidget(widget);
}

void FilterPanel::setCounts(const QList<int> &counts)
{
    for (qsizetype i = 0; i < qMin(counts.size(), m_chips.size()); ++i)
        m_chips[i].first->setCount(counts[i]);
}

void FilterPanel::setWaiting(int count)
{
    m_waiting->setVisible(count > 0);
    m_waiting->setText(tr("%1 new").arg(locale().toString(count)));
    m_waiting->updateGeometry();
}

void FilterPanel::serve(RecordTable &table)
{
    m_table = &table;
    table.installEventFilter(this);
    connect(m_field, &FilterField::left, &table, qOverload<>(&QWidget::setFocus));
    auto *find = new QShortcut(QKeySequence(u"/"_s), parentWidget());
    connect(find, &QShortcut::activated, m_field,
            [this] { m_field->setFocus(Qt::ShortcutFocusReason); });
    auto *help = new QShortcut(QKeySequence(u"?"_s), parentWidget());
    connect(help, &QShortcut::activated, this, &FilterPanel::showHelp);
}

bool FilterPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_table || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->matches(QKeySequence::Copy))
        QGuiApplication::clipboard()->setText(m_table->selectedText());
    else if (key->key() == Qt::Key_Escape && !text().isEmpty())
        m_field->clear();
    else if (key->text() == u"/")
        m_field->setFocus(Qt::ShortcutFocusReason);
    else if (key->text() == u"?")
        showHelp();
    else
        return false;
    return true;
}

void FilterPanel::showChecked()
{
    for (const auto &[chip, filter] : std::as_const(m_chips))
        chip->setChecked(m_field->text().trimmed() == filter);
}

void FilterPanel::showHelp()
{
    auto *help = new WordHelp(tr("Words are joined by and"), m_words, this);
    connect(help, &WordHelp::chosen, this, [this](const QString &word) {
        m_field->setText((m_field->text().trimmed() + u' ' + word).trimmed());
        m_field->setFocus();
    });
    help->showBelow(*m_field);
}

} // namespace Treewarden
