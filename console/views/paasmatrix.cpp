// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/paasmatrix.h"

#include "console/views/stateicon.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int matrixRowHeight = 28, leastColumnWidth = 50;

int badgeWidth(const QString &text)
{
    const QFontMetrics metrics(uiFont(TextSize::small, true));
    return 5 + 12 + 4 + metrics.horizontalAdvance(text) + 5;
}

class MatrixDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = themeOf(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->fillRect(option.rect, theme.surface);
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1),
                          theme.line);
        const QVariant health = index.data(PaasMatrixModel::HealthRole);
        if (index.column() == 0)
            paintTree(painter, option.rect, Health(health.toInt()), index.data().toString(), theme);
        else if (!health.isValid())
            painter->fillRect(QRect(option.rect.center() - QPoint(4, 0), QSize(8, 1)), theme.line2);
        else if (Health(health.toInt()) == Health::Alive)
            paintDot(painter, option.rect, theme);
        else
            paintBadge(painter, option.rect, Health(health.toInt()), index.data().toString(),
                       theme);
        if (option.state.testFlag(QStyle::State_HasFocus)
            && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
            painter->setPen(QPen(theme.accent, 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(option.rect.adjusted(1, 2, -1, -1), 4, 4);
        }
        painter->restore();
    }

private:
    static void paintTree(QPainter *painter, const QRect &rect, Health health, const QString &title,
                          const Theme &theme)
    {
        paintState(painter, QRect(rect.left() + 16, rect.center().y() - 6, 14, 14), health, theme);
        painter->setFont(uiFont(TextSize::body, true));
        painter->setPen(theme.text);
        const QRect words = rect.adjusted(38, 0, -8, 0);
        painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(title, Qt::ElideRight, words.width()));
    }

    static void paintDot(QPainter *painter, const QRect &rect, const Theme &theme)
    {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.quiet);
        painter->drawEllipse(QRectF(rect).center(), 3.2, 3.2);
    }

    static void paintBadge(QPainter *painter, const QRect &rect, Health health, const QString &text,
                           const Theme &theme)
    {
        painter->setFont(uiFont(TextSize::small, true));
        QRect badge(0, 0, badgeWidth(text), 22);
        badge.moveCenter(rect.center());
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.tint(health));
        painter->drawRoundedRect(badge, 4, 4);
        paintState(painter, QRect(badge.left() + 5, badge.top() + 5, 12, 12), health, theme);
        painter->setPen(theme.state(health));
        painter->drawText(badge.adjusted(21, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
    }
};

/// The columns whose badges would need more than the usual width: "9,900/10,000".
int leastWidthFor(const PaasMatrixModel &model, int column)
{
    int least = leastColumnWidth;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, column);
        if (index.data(PaasMatrixModel::TotalRole).toInt() > 99)
            least = qMax(least, badgeWidth(index.data().toString()) + 4);
    }
    return least;
}

/// Titles of which one is wider than its column take turns on two lines, so that each may reach
/// over half of its neighbours' columns.
class MatrixHeader : public QHeaderView
{
public:
    explicit MatrixHeader(QWidget *parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
        setHighlightSections(false);
        setMinimumSectionSize(leastColumnWidth);
        arrange();
    }

    /// Once the sections have their widths.
    void arrange()
    {
        const QFontMetrics metrics(uiFont(TextSize::small));
        m_isStaggered = false;
        for (int section = 1; section < count(); ++section)
            if (metrics.horizontalAdvance(title(section)) > sectionSize(section) - 8)
                m_isStaggered = true;
        setFixedHeight(metrics.height() * (m_isStaggered ? 2 : 1) + 10);
        viewport()->update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeOf(this);
        QPainter painter(viewport());
        painter.fillRect(viewport()->rect(), theme.surface);
        painter.setFont(uiFont(TextSize::small));
        for (int section = 1; section < count(); ++section)
            paintTitle(painter, section, theme);
    }

private:
    QString title(int section) const
    {
        return model() ? model()->headerData(section, Qt::Horizontal).toString() : QString();
    }

    void paintTitle(QPainter &painter, int section, const Theme &theme) const
    {
        const QFontMetrics metrics = painter.fontMetrics();
        const QRect column(sectionViewportPosition(section), 0, sectionSize(section), height());
        const int room = m_isStaggered ? 2 * column.width() - 12 : column.width() - 4;
        const QString words = metrics.elidedText(title(section), Qt::ElideRight, room);
        QRect place(0, 4, metrics.horizontalAdvance(words) + 1, metrics.height());
        place.moveLeft(column.center().x() - place.width() / 2);
        if (section == count() - 1 && place.right() > column.right() - 2)
            place.moveRight(column.right() - 2); // nobody's column follows
        const bool isUpper = m_isStaggered && section % 2 == count() % 2;
        if (m_isStaggered && !isUpper)
            place.translate(0, metrics.height() + 1);
        painter.setPen(theme.text3);
        painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine, words);
        if (isUpper) // down to its column, between the titles of the lower line
            painter.fillRect(
                QRect(column.center().x(), place.bottom() + 2, 1, height() - place.bottom() - 5),
                theme.line2);
    }

    bool m_isStaggered = false;
};

} // namespace

PaasMatrix::PaasMatrix(FleetSource &source, QWidget *parent)
    : QTableView(parent)
    , m_model(source)
{
    setModel(&m_model);
    setItemDelegate(new MatrixDelegate(this));
    setHorizontalHeader(new MatrixHeader(this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(matrixRowHeight);
    verticalHeader()->setDefaultSectionSize(matrixRowHeight);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(NoSelection);
    setTabKeyNavigation(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollMode(ScrollPerPixel);
    setAccessibleName(tr("PaaS by role"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const auto choose = [this](const QModelIndex &index) {
        Q_EMIT treeChosen(index.data(PaasMatrixModel::TreeRole).toString());
    };
    connect(this, &QTableView::clicked, this, choose);
    connect(this, &QTableView::activated, this, choose);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &PaasMatrix::fit);
    m_model.setWatched(false); // until it is shown
}

QSize PaasMatrix::sizeHint() const
{
    const int bar = horizontalHeader()->length() > viewport()->width()
        ? style()->pixelMetric(QStyle::PM_ScrollBarExtent)
        : 0;
    return {300, horizontalHeader()->height() + m_model.rowCount() * matrixRowHeight + bar + 1};
}

void PaasMatrix::fit()
{
    const int columns = m_model.columnCount();
    int first = 0;
    const QFontMetrics bold(uiFont(TextSize::body, true));
    for (int row = 0; row < m_model.rowCount(); ++row)
        first = qMax(first,
                     38 + 12 + bold.horizontalAdvance(m_model.index(row, 0).data().toString()));
    first = qBound(90, first, 220);
    const int room = viewport()->width() - first;
    for (int column = 0; column < columns; ++column) {
        const int others = columns - 1;
        // Edges from one division each, so that rounding leaves no gap at the right.
        const int wide
            = column == 0 ? first : room * column / others - room * (column - 1) / others;
        horizontalHeader()->resizeSection(
            column, column == 0 ? first : qMax(leastWidthFor(m_model, column), wide));
    }
    static_cast<MatrixHeader *>(horizontalHeader())->arrange();
    updateGeometry();
}

void PaasMatrix::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fit();
}

void PaasMatrix::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    m_model.setWatched(true);
}

void PaasMatrix::hideEvent(QHideEvent *event)
{
    QTableView::hideEvent(event);
    m_model.setWatched(false);
}

} // namespace Treewarden
