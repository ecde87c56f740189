// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/differencepanel.h"

#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/theme.h"

#include <QListView>
#include <QPainter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostDiffLines = 5000, mostSentences = 200, sideSpace = 16;

enum class DifferenceRow { Title, Sentence, Gap, Same, Added, Removed };

constexpr int rowKind = Qt::UserRole + 1, oldLine = Qt::UserRole + 2, newLine = Qt::UserRole + 3;

/// A line of a difference: its numbers, its sign and its tint. Sign and words say it without the
/// colour.
class DifferenceDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const auto kind = DifferenceRow(index.data(rowKind).toInt());
        const bool isText = kind == DifferenceRow::Title || kind == DifferenceRow::Sentence;
        const QFontMetrics metrics(isText ? uiFont() : monoFont());
        return {2 * sideSpace + numbers(metrics)
                    + metrics.horizontalAdvance(index.data().toString()),
                metrics.height()
                    + (kind == DifferenceRow::Title ? 18
                           : isText                 ? 8
                                                    : 4)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = themeOf(option.widget);
        const auto kind = DifferenceRow(index.data(rowKind).toInt());
        painter->save();
        QRect rect = option.rect;
        if (option.state & QStyle::State_Selected)
            painter->fillRect(rect, theme.sel);
        else if (kind == DifferenceRow::Added || kind == DifferenceRow::Removed)
            painter->fillRect(rect, kind == DifferenceRow::Added ? theme.okTint : theme.deadTint);
        const QString text = index.data().toString();
        rect.adjust(sideSpace, 0, 0, 0);
        if (kind == DifferenceRow::Title || kind == DifferenceRow::Sentence) {
            painter->setFont(uiFont(TextSize::body, kind == DifferenceRow::Title));
            painter->setPen(theme.text);
            painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, text);
        } else {
            drawLine(painter, rect, index, theme, kind);
        }
        painter->restore();
    }

private:
    static int numbers(const QFontMetrics &metrics) { return 14 * metrics.horizontalAdvance(u'0'); }

    static void drawLine(QPainter *painter, QRect rect, const QModelIndex &index,
                         const Theme &theme, DifferenceRow kind)
    {
        painter->setFont(monoFont());
        const QFontMetrics metrics(monoFont());
        const int digit = metrics.horizontalAdvance(u'0');
        painter->setPen(theme.text3);
        const auto number = [&](int role, int right) {
            if (const int line = index.data(role).toInt())
                painter->drawText(
                    QRect(rect.left() + right - 6 * digit, rect.top(), 6 * digit, rect.height()),
                    Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
        };
        number(oldLine, 5 * digit);
        number(newLine, 11 * digit);
        rect.adjust(12 * digit, 0, 0, 0);
        painter->setPen(kind == DifferenceRow::Gap ? theme.text3 : theme.text);
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
    }
};

QStandardItem *makeRow(DifferenceRow kind, const QString &text)
{
    auto *item = new QStandardItem(text);
    item->setData(int(kind), rowKind);
    item->setEditable(false);
    return item;
}

QStandardItem *makeLine(const DiffLine &line)
{
    static const QHash<DiffLine::Kind, DifferenceRow> kinds{
        {DiffLine::Kind::Same, DifferenceRow::Same},
        {DiffLine::Kind::Added, DifferenceRow::Added},
        {DiffLine::Kind::Removed, DifferenceRow::Removed},
        {DiffLine::Kind::Gap, DifferenceRow::Gap}};
    const QString sign = line.kind == DiffLine::Kind::Added ? u"+ "_s
        : line.kind == DiffLine::Kind::Removed              ? u"- "_s
        : line.kind == DiffLine::Kind::Gap                  ? u"…"_s
                                                            : u"  "_s;
    QStandardItem *item = makeRow(kinds[line.kind], sign + line.text);
    item->setData(line.before, oldLine);
    item->setData(line.after, newLine);
    return item;
}

} // namespace

DifferencePanel::DifferencePanel(QWidget *parent)
    : QWidget(parent)
    , m_list(new QListView)
    , m_model(new QStandardItemModel(this))
    , m_content(new QStackedWidget)
    , m_same(new EmptyState)
{
    m_list->setModel(m_model);
    m_list->setItemDelegate(new DifferenceDelegate(this));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Difference"));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_content->addWidget(m_list);
    m_content->addWidget(m_same);
    auto *card = new Card;
    card->column()->setContentsMargins(1, 6, 1, 6);
    card->column()->addWidget(m_content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(card);
}

void DifferencePanel::setPairs(const QList<Pair> &pairs, const QString &whenSame)
{
    m_model->clear();
    for (const Pair &pair : pairs) {
        const QList<DiffLine> lines = lineDifference(pair.before, pair.after);
        if (lines.isEmpty() || m_model->rowCount() > mostDiffLines)
            continue;
        if (!pair.title.isEmpty())
            m_model->appendRow(makeRow(DifferenceRow::Title, pair.title));
        const QList<ConfigChange> changes
            = configChanges(pair.before, pair.after, mostSentences + 1);
        for (const ConfigChange &change : changes.mid(0, mostSentences))
            m_model->appendRow(makeRow(DifferenceRow::Sentence, changeSentence(change)));
        if (changes.size() > mostSentences)
            m_model->appendRow(makeRow(DifferenceRow::Sentence, tr("and more")));
        for (const DiffLine &line : lines.mid(0, mostDiffLines))
            m_model->appendRow(makeLine(line));
        if (lines.size() > mostDiffLines)
            m_model->appendRow(makeRow(DifferenceRow::Sentence,
                                       tr("%1 more lines are not shown here")
                                           .arg(locale().toString(lines.size() - mostDiffLines))));
    }
    m_same->setText(whenSame);
    m_content->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    m_list->scrollToTop();
}

QStringList DifferencePanel::lines() const
{
    QStringList lines;
    for (int row = 0; row < m_model->rowCount(); ++row)
        lines << m_model->item(row)->text();
    return lines;
}

} // namespace Treewarden
