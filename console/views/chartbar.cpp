// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartbar.h"

#include "console/models/chartwindow.h"
#include "console/views/segmentbar.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStringListModel>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

QStringList rangeTexts()
{
    QStringList texts;
    for (const ChartRange &range : chartRanges())
        texts << chartRangeText(range);
    return texts;
}

} // namespace

ChartBar::ChartBar(QWidget *parent)
    : QWidget(parent)
    , m_ranges(new SegmentBar(rangeTexts()))
    , m_first(new QHBoxLayout)
    , m_second(new QHBoxLayout)
    , m_words(new QHBoxLayout)
    , m_wordsWidget(new QWidget)
    , m_span(new TonedLabel({}, TonedLabel::Tone::Secondary))
    , m_at(new TonedLabel({}, TonedLabel::Tone::Text, TextSize::body, true))
    , m_live(new QPushButton(tr("Back to live")))
    , m_compare(new QPushButton)
    , m_more(new QPushButton(tr("Charts")))
    , m_serverField(new QLineEdit)
    , m_compareMenu(new QMenu(this))
    , m_moreMenu(new QMenu(this))
    , m_chartsMenu(new QMenu(tr("Shown charts"), this))
    , m_servers(new QStringListModel(this))
{
    m_ranges->setAccessibleName(tr("Range"));
    m_words->setContentsMargins(0, 0, 0, 0);
    m_words->setSpacing(12);
    m_words->addWidget(m_span);
    m_words->addWidget(m_live);
    m_words->addStretch(1);
    m_words->addWidget(m_at);
    m_wordsWidget->setLayout(m_words);
    m_first->setSpacing(8);
    m_first->addWidget(m_ranges);
    m_first->addWidget(m_wordsWidget, 1);
    m_first->addWidget(m_serverField);
    m_first->addWidget(m_compare);
    m_first->addWidget(m_more);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(m_first);
    column->addLayout(m_second);

    setEmphasis(m_live, Emphasis::Primary);
    m_live->hide();
    m_span->setMinimumWidth(1); // an error may be long: its hint has all of it
    makeCompareMenu();
    makeMoreMenu();
    setCompareText({});
    connect(m_ranges, &SegmentBar::chosen, this,
            [this](int index) { Q_EMIT rangeChosen(chartRanges()[size_t(index)].length); });
    connect(m_live, &QPushButton::clicked, this, &ChartBar::liveRequested);
}

void ChartBar::makeCompareMenu()
{
    using Kind = ChartCompare::Kind;
    const std::pair<QString, Kind> choices[]{{tr("Nothing"), Kind::Nothing},
                                             {tr("The day before"), Kind::DayBefore},
                                             {tr("The week before"), Kind::WeekBefore}};
    for (const auto &[text, kind] : choices)
        connect(m_compareMenu->addAction(text), &QAction::triggered, this,
                [this, kind = kind] { Q_EMIT compareChosen(kind); });
    m_compareMenu->addSeparator();
    connect(m_compareMenu->addAction(tr("Another server…")), &QAction::triggered, this,
            &ChartBar::askForServer);
    m_compare->setMenu(m_compareMenu);

    m_serverField->hide();
    m_serverField->setPlaceholderText(tr("Name or address"));
    m_serverField->setAccessibleName(tr("Server to compare with"));
    m_serverField->setMaxLength(300);
    m_serverField->installEventFilter(this);
    auto *completer = new QCompleter(m_servers, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setMaxVisibleItems(12);
    m_serverField->setCompleter(completer);
    connect(m_serverField, &QLineEdit::returnPressed, this, [this] {
        const QString name = m_serverField->text().trimmed();
        m_serverField->hide();
        if (!name.isEmpty())
            Q_EMIT serverChosen(name);
    });
}

void ChartBar::makeMoreMenu()
{
    m_moreMenu->addMenu(m_chartsMenu);
    m_moreMenu->addSeparator();
    connect(m_moreMenu->addAction(tr("Save as picture (PNG)…")), &QAction::triggered, this,
            &ChartBar::pictureRequested);
    connect(m_moreMenu->addAction(tr("Save the numbers (CSV)…")), &QAction::triggered, this,
            &ChartBar::numbersRequested);
    connect(m_moreMenu->addAction(tr("Copy as picture")), &QAction::triggered, this,
            &ChartBar::copyRequested);
    m_more->setText(tr("Export"));
    m_more->setMenu(m_moreMenu);
}

void ChartBar::askForServer()
{
    m_serverField->clear();
    m_serverField->show();
    m_serverField->setFocus();
}

bool ChartBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_serverField && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        m_serverField->hide();
        m_compare->setFocus();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ChartBar::setRange(qint64 length)
{
    int index = -1;
    for (size_t i = 0; i < chartRanges().size(); ++i) {
        if (chartRanges()[i].length == length)
            index = int(i);
    }
    m_ranges->setCurrent(index);
}

void ChartBar::setSpan(const QString &text, const QString &hint)
{
    m_span->setToolTip((hint.isEmpty() ? text : hint).toHtmlEscaped());
    if (m_span->text() == text)
        return;
    m_span->setText(text);
    arrange();
}

void ChartBar::setCrosshairText(const QString &text)
{
    m_at->setText(text);
}

void ChartBar::setLive(bool isLive)
{
    if (m_live->isHidden() == isLive)
        return;
    m_live->setVisible(!isLive);
    arrange();
}

void ChartBar::setServers(const QStringList &names)
{
    if (m_servers->stringList() != names)
        m_servers->setStringList(names);
}

void ChartBar::setCompareText(const QString &text)
{
    m_compare->setText(text.isEmpty() ? tr("Compare") : tr("Compare: %1").arg(text));
    arrange();
}

void ChartBar::setCharts(const QList<ChartSpec> &specs, const QStringList &hidden)
{
    QStringList key = hidden;
    for (const ChartSpec &spec : specs)
        key << spec.title;
    if (key == m_menuKey)
        return;
    m_menuKey = key;
    m_chartsMenu->clear();
    for (const ChartSpec &spec : specs) {
        QAction *action = m_chartsMenu->addAction(spec.title);
        action->setCheckable(true);
        action->setChecked(!hidden.contains(spec.id));
        connect(action, &QAction::toggled, this,
                [this, id = spec.id](bool isShown) { Q_EMIT chartToggled(id, isShown); });
    }
}

/// The words stand between the buttons, or below them where there is no room.
void ChartBar::arrange()
{
    const int buttons = m_ranges->sizeHint().width() + m_compare->sizeHint().width()
        + m_more->sizeHint().width() + 4 * m_first->spacing();
    // The crosshair's time comes and goes: its room is kept.
    const int at = m_at->fontMetrics().horizontalAdvance(tr("At %1").arg(u"88 Mmm 88:88"_s));
    const bool needsSecond = buttons + m_span->sizeHint().width() + at
            + (m_live->isHidden() ? 0 : m_live->sizeHint().width() + m_words->spacing())
        > width();
    if (needsSecond == m_isSecondUsed)
        return;
    m_isSecondUsed = needsSecond;
    if (needsSecond) {
        m_first->removeWidget(m_wordsWidget);
        m_first->insertStretch(1, 1);
        m_second->addWidget(m_wordsWidget, 1);
    } else {
        m_second->removeWidget(m_wordsWidget);
        delete m_first->takeAt(1);
        m_first->insertWidget(1, m_wordsWidget, 1);
    }
}

QSize ChartBar::minimumSizeHint() const
{
    const QSize hint = QWidget::minimumSizeHint();
    return {m_ranges->sizeHint().width() + m_compare->sizeHint().width()
                + m_more->sizeHint().width() + 3 * m_first->spacing(),
            hint.height()};
}

void ChartBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace Treewarden
