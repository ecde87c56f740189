// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/eventdetails.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/views/detailstext.h"
#include "shared/core/textformat.h"

#include <QClipboard>
#include <QDateTime>
#include <QGridLayout>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

using Line = DetailsText::Line;

constexpr qint64 noticeableSkew = 2000; ///< ms between two clocks

QString momentText(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

} // namespace

EventDetails::EventDetails(FleetSource &source, QWidget *parent)
    : Card(parent)
    , m_source(source)
    , m_change(source)
    , m_text(new DetailsText)
    , m_buttons(new QWidget)
{
    column()->setContentsMargins(16, 14, 8, 14);
    column()->setSpacing(12);
    auto *grid = new QGridLayout(m_buttons);
    grid->setContentsMargins(0, 0, 8, 0);
    grid->setSpacing(8);
    m_moment = addButton(tr("See this moment"), 0);
    m_server = addButton(tr("Open server"), 1);
    m_tree = addButton(tr("Show in tree"), 2);
    m_copy = addButton(tr("Copy as JSON"), 3);
    column()->addWidget(m_text, 1);
    column()->addWidget(m_buttons);
    m_text->setAccessibleName(tr("The event in full"));
    connect(m_moment, &QPushButton::clicked, this,
            [this] { Q_EMIT momentRequested(m_record->time); });
    connect(m_server, &QPushButton::clicked, this, [this] { Q_EMIT serverChosen(m_record->ip); });
    connect(m_tree, &QPushButton::clicked, this, [this] { Q_EMIT treeChosen(treeOf(*m_record)); });
    connect(m_copy, &QPushButton::clicked, this, &EventDetails::copyJson);
    connect(&m_change, &SavedChange::told, this, &EventDetails::showChanges);
    show(nullptr);
}

QPushButton *EventDetails::addButton(const QString &title, int place)
{
    auto *button = new QPushButton(title);
    static_cast<QGridLayout *>(m_buttons->layout())->addWidget(button, place / 2, place % 2);
    return button;
}

/// "tree/role" of the first tree that its service, or any service of its server, belongs to.
QString EventDetails::treeOf(const EventRecord &record) const
{
    if (m_source.state().trees.contains(record.paas))
        return record.paas;
    for (const PaasTree &tree : m_source.state().trees) {
        for (const PaasRole &role : tree.roles) {
            const bool isRole = record.role.isEmpty() || record.role == role.role;
            for (const PaasInstance &instance : role.instances) {
                const bool isInstance
                    = record.instance.isEmpty() || record.instance == instance.instance;
                if (isRole && isInstance && !record.ip.isEmpty() && instance.ip == record.ip)
                    return tree.id + u'/' + role.role;
            }
        }
    }
    return {};
}

void EventDetails::show(const EventRecord *record)
{
    m_record = record ? std::optional(*record) : std::nullopt;
    m_buttons->setVisible(record);
    m_change.forget();
    if (!record) {
        m_text->setLines({{Line::Kind::Text,
                           {},
                           tr("Choose an event to read all that was told "
                              "of it."),
                           {}}});
        return;
    }
    m_server->setEnabled(m_source.state().servers.contains(record->ip));
    m_tree->setEnabled(!treeOf(*record).isEmpty());
    QList<Line> lines{{Line::Kind::Title, {}, record->sentence, {}}};
    if (!record->detail.isEmpty())
        lines.append({Line::Kind::Text, {}, record->detail, {}});
    const auto fact
        = [&lines](const QString &name, const QString &value, std::optional<Health> health = {}) {
              if (!value.isEmpty())
                  lines.append({Line::Kind::Fact, name, value, health});
          };
    if (record->health)
        fact(tr("State"), healthText(*record->health), record->health);
    fact(tr("When"),
         tr("%1, %2 ago")
             .arg(momentText(record->time),
                  formatDuration(qMax<qint64>(0, m_source.now() - record->time))));
    if (record->told > 0 && qAbs(record->told - record->time) > noticeableSkew)
        fact(tr("Its clock"), momentText(record->told));
    fact(tr("Server"),
         record->ip.isEmpty() || record->where == record->ip
             ? record->where
             : record->where + u", "_s + oneLine(record->ip, 64));
    fact(tr("Who"), record->who);
    lines.append({Line::Kind::Section, {}, tr("Message"), {}});
    fact(tr("Entry"), oneLine(record->id, 64));
    for (const EventMember &member : eventMembers(record->json))
        fact(member.name, member.value);
    m_text->setLines(lines);
    if (record->group == EventGroup::Config)
        m_change.ask(record->ip, record->paas, record->version);
}

/// What a save changed stands above the message.
void EventDetails::showChanges(const QList<FieldChange> &changes)
{
    QList<Line> lines = m_text->lines();
    const auto message = std::find_if(lines.begin(), lines.end(), [](const Line &line) {
        return line.kind == Line::Kind::Section;
    });
    if (changes.isEmpty() || message == lines.end())
        return;
    QList<Line> added{{Line::Kind::Section, {}, tr("What it changed"), {}}};
    for (const FieldChange &change : changes) {
        added.append({Line::Kind::Text, {}, change.path, {}});
        if (!change.before.isEmpty())
            added.append({Line::Kind::Removed, {}, change.before, {}});
        if (!change.after.isEmpty())
            added.append({Line::Kind::Added, {}, change.after, {}});
    }
    const qsizetype place = message - lines.begin();
    m_text->setLines(lines.first(place) + added + lines.mid(place));
}

void EventDetails::copyJson() const
{
    const QJsonDocument document = QJsonDocument::fromJson(m_record->json);
    QGuiApplication::clipboard()->setText(QString::fromUtf8(document.toJson()));
}

} // namespace Treewarden
