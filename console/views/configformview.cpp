// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/configformview.h"

#include "console/models/fleetsource.h"
#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/entrydelegate.h"
#include "console/views/fieldwidget.h"
#include "console/views/tonedlabel.h"
#include "console/views/trycheckline.h"

#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int widestForm = 620; ///< px; longer lines are hard to read

} // namespace

ConfigFormView::ConfigFormView(QWidget *parent)
    : QWidget(parent)
    , m_list(new QListView)
    , m_left(makeList())
    , m_scroll(new QScrollArea)
    , m_content(new QStackedWidget)
    , m_empty(new EmptyState)
{
    auto *both = new QSplitter;
    both->addWidget(m_left);
    both->addWidget(makeForm());
    both->setStretchFactor(1, 1);
    both->setChildrenCollapsible(false);
    both->setSizes({280, 700});
    m_content->addWidget(both);
    m_content->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_content);
    connect(m_empty, &EmptyState::buttonClicked, this, [this] {
        if (!brokenJson().isEmpty())
            Q_EMIT jsonRequested();
        else
            add();
    });
    showContent();
}

QWidget *ConfigFormView::makeList()
{
    m_list->setModel(&m_entries);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(tr("Entries"));
    m_list->setObjectName(u"configEntries"_s);
    m_add = new QPushButton(tr("Add"));
    m_duplicate = new QPushButton(tr("Duplicate"));
    m_remove = new QPushButton(tr("Remove"));
    auto *card = new Card;
    card->column()->setContentsMargins(1, 5, 1, 1);
    card->column()->setSpacing(0);
    card->column()->addWidget(m_list, 1);
    card->column()->addWidget(new Divider);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(8, 8, 8, 8);
    buttons->setSpacing(6);
    for (QPushButton *button : {m_add, m_duplicate, m_remove})
        buttons->addWidget(button);
    card->column()->addLayout(buttons);
    connect(m_add, &QPushButton::clicked, this, &ConfigFormView::add);
    connect(m_duplicate, &QPushButton::clicked, this, &ConfigFormView::duplicate);
    connect(m_remove, &QPushButton::clicked, this, &ConfigFormView::remove);
    auto *removeKey = new QShortcut(QKeySequence::Delete, m_list);
    removeKey->setContext(Qt::WidgetShortcut);
    connect(removeKey, &QShortcut::activated, this, &ConfigFormView::remove);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ConfigFormView::chooseRow);
    connect(&m_entries, &QAbstractItemModel::modelReset, this, [this] { choose(m_entry); });
    return card;
}

QWidget *ConfigFormView::makeForm()
{
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto *card = new Card;
    card->column()->setContentsMargins(1, 1, 1, 1);
    card->column()->addWidget(m_scroll);
    return card;
}

void ConfigFormView::setSession(const std::shared_ptr<ConfigSession> &session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_entry.clear();
    if (m_session)
        connect(m_session.get(), &ConfigSession::checked, this, &ConfigFormView::refresh);
    m_entries.setSession(session);
    choose({});
    showContent();
}

void ConfigFormView::setSection(ConfigSection section)
{
    if (section == m_entries.section())
        return;
    m_left->setVisible(section != ConfigSection::Intervals);
    m_entry.clear();
    m_entries.setSection(section);
    choose({});
    showContent();
}

void ConfigFormView::setTryLine(TryCheckLine *line)
{
    m_try = line;
    m_try->setParent(this);
    m_try->hide();
}

FieldWidget *ConfigFormView::field(const QString &name) const
{
    for (FieldWidget *field : m_fields) {
        if (field->input()->objectName() == u"field-"_s + name)
            return field;
    }
    return nullptr;
}

/// The row of that entry, else the first one.
void ConfigFormView::choose(const QStringList &entry)
{
    const int row = qMax(0, m_entries.rowOf(entry));
    if (m_entries.rowCount() > 0)
        m_list->setCurrentIndex(m_entries.index(row));
    chooseRow();
}

void ConfigFormView::chooseRow()
{
    const QModelIndex current = m_list->currentIndex();
    m_entry = current.isValid() ? m_entries.entries().value(current.row()).path : QStringList();
    m_duplicate->setEnabled(current.isValid());
    m_remove->setEnabled(current.isValid());
    showFields();
    Q_EMIT entryChanged(m_entry);
}

void ConfigFormView::add()
{
    if (!m_session)
        return;
    const QStringList path = addEntry(*m_session, m_entries.section());
    if (path.isEmpty())
        return;
    m_session->checkNow();
    choose(path);
    if (!m_fields.isEmpty())
        m_fields.first()->input()->setFocus();
}

void ConfigFormView::duplicate()
{
    if (!m_session || m_entry.isEmpty())
        return;
    const QStringList path = duplicateEntry(*m_session, m_entry);
    m_session->checkNow();
    choose(path);
}

void ConfigFormView::remove()
{
    if (!m_session || m_entry.isEmpty())
        return;
    const int row = m_list->currentIndex().row();
    removeEntry(*m_session, m_entry);
    m_session->checkNow();
    if (m_entries.rowCount() > 0)
        m_list->setCurrentIndex(m_entries.index(qMin(row, m_entries.rowCount() - 1)));
}

void ConfigFormView::refresh()
{
    if (!isVisible())
        return showContent();
    m_entries.rebuild();
    showContent();
    showFields();
}

void ConfigFormView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

/// Why there is no form: the text is no JSON; empty: it is.
QString ConfigFormView::brokenJson() const
{
    if (!m_session)
        return {};
    for (const int target : m_session->targets()) {
        const ConfigDraft &draft = m_session->drafts()[target];
        if (!draft.outline())
            return JsonOutline::read(draft.document, tr("The configuration"), largestDocument)
                .error()
                .text;
    }
    return {};
}

void ConfigFormView::showContent()
{
    const QString broken = brokenJson();
    const bool isEmpty
        = m_entries.section() != ConfigSection::Intervals && m_entries.rowCount() == 0;
    m_content->setCurrentIndex(!broken.isEmpty() || isEmpty ? 1 : 0);
    const QString nothing[]
        = {tr("No service is watched yet."), tr("Nothing can be done on it from here yet."),
           tr("Nothing is scheduled on it."), tr("No log is read."),
           tr("Nobody is warned of its load yet.")};
    const QString add[] = {tr("Add a service"), tr("Add an action"), tr("Add an entry"),
                           tr("Add a log"), tr("Add an alert")};
    if (!broken.isEmpty())
        m_empty->setText(tr("The JSON has an error; mend it there first."), broken,
                         tr("Show the JSON"));
    else if (isEmpty)
        m_empty->setText(nothing[int(m_entries.section())], {}, add[int(m_entries.section())]);
}

void ConfigFormView::showFields()
{
    const bool hasForm
        = m_session && (!m_entry.isEmpty() || m_entries.section() == ConfigSection::Intervals);
    const QList<FormField> fields
        = hasForm ? formFields(*m_session, m_entries.section(), m_entry) : QList<FormField>();
    const bool isSame
        = std::equal(fields.begin(), fields.end(), m_fields.begin(), m_fields.end(),
                     [](const FormField &a, FieldWidget *b) { return a.hasShapeOf(b->field()); });
    if (!isSame)
        build(fields);
    else
        for (qsizetype i = 0; i < fields.size(); ++i)
            m_fields[i]->setField(fields[i]);
    if (m_try)
        m_try->setVisible(hasForm && m_entries.section() == ConfigSection::Services);
    showRuns();
}

void ConfigFormView::build(const QList<FormField> &fields)
{
    const QWidget *focused = focusWidget();
    const QString focusedName
        = focused && m_form && m_form->isAncestorOf(focused) ? focused->objectName() : QString();
    if (m_try)
        m_try->setParent(this);
    m_fields.clear();
    m_form = new QWidget;
    auto *sides = new QHBoxLayout(m_form);
    sides->setContentsMargins(20, 14, 20, 16);
    auto *inner = new QWidget;
    inner->setMaximumWidth(widestForm);
    sides->addWidget(inner, 1);
    sides->addStretch(0);
    m_column = new QVBoxLayout(inner);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(12);
    for (const FormField &field : fields) {
        if (!field.group.isEmpty()) {
            auto *title
                = new TonedLabel(field.group, TonedLabel::Tone::Text, TextSize::problem, true);
            title->setContentsMargins(0, 10, 0, 0);
            m_column->addWidget(title);
        }
        auto *widget = new FieldWidget(field);
        connect(widget, &FieldWidget::edited, this,
                [this, widget](const QJsonValue &value) { change(widget->field(), value); });
        m_fields << widget;
        m_column->addWidget(widget);
    }
    if (m_try)
        m_column->addWidget(m_try);
    m_column->addStretch(1);
    // The old form may still be telling a change.
    if (QWidget *old = m_scroll->takeWidget())
        old->deleteLater();
    m_scroll->setWidget(m_form);
    m_form->setAutoFillBackground(false);
    if (!focusedName.isEmpty()) {
        if (auto *same = m_form->findChild<QWidget *>(focusedName))
            same->setFocus();
    }
}

void ConfigFormView::change(const FormField &field, const QJsonValue &value)
{
    const QStringList entry = setFormValue(*m_session, field, m_entry, value);
    const bool isRenamed = entry != m_entry;
    m_entry = entry;
    if (isRenamed || field.meaning != FormField::Meaning::Value) {
        m_session->checkNow();
        choose(entry);
    }
}

void ConfigFormView::showRuns()
{
    if (m_entries.section() != ConfigSection::Schedule)
        return;
    QString cron, zone;
    for (const FieldWidget *field : std::as_const(m_fields)) {
        if (field->field().path.last() == u"cron")
            cron = field->field().value.toString();
        if (field->field().path.last() == u"timezone")
            zone = field->field().value.toString();
    }
    for (FieldWidget *field : std::as_const(m_fields)) {
        if (field->field().kind == FormField::Kind::Cron)
            field->setNote(
                cron.isEmpty()
                    ? QString()
                    : tr("Next: %1")
                          .arg(nextRuns(cron, zone, m_session->source().now()).join(u", "_s)));
    }
}

} // namespace Treewarden
