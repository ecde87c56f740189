// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/filterchips.h"

#include "console/settings/preferences.h"
#include "console/views/flowlayout.h"
#include "console/views/linkbutton.h"

#include <QInputDialog>
#include <QMenu>

namespace Treewarden {
using namespace Qt::StringLiterals;

FilterChips::FilterChips(Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_preferences(preferences)
    , m_saved(parseSavedFilters(preferences.text(Preference::FleetSavedFilters)))
{
    new FlowLayout(6, this);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    rebuild();
    connect(&preferences, &Preferences::changed, this, &FilterChips::follow);
}

/// The fleet page of another site may have changed them.
void FilterChips::follow(Preference changed)
{
    const QString text = m_preferences.text(Preference::FleetSavedFilters);
    if (changed != Preference::FleetSavedFilters || text == savedFiltersText(m_saved))
        return;
    m_saved = parseSavedFilters(text);
    rebuild();
    Q_EMIT chipsChanged();
}

void FilterChips::rebuild()
{
    for (const auto &[chip, filter] : std::as_const(m_chips))
        chip->deleteLater(), chip->hide(), layout()->removeWidget(chip);
    m_chips.clear();
    if (m_save)
        m_save->deleteLater(), m_save->hide(), layout()->removeWidget(m_save);
    addChip(tr("All"), {});
    addChip(tr("Not alive"), u"-up"_s);
    addChip(tr("CPU > 80"), u"cpu>80"_s);
    addChip(tr("Memory > 90"), u"memory>90"_s);
    addChip(tr("Disk > 90"), u"disk>90"_s);
    for (const SavedFilter &saved : std::as_const(m_saved)) {
        addChip(saved.name, saved.filter);
        addMenu(*m_chips.last().first, saved.name);
    }
    m_save = new ChipButton(tr("Save filter"));
    m_save->setCheckable(false);
    m_save->setIsAddition(true);
    m_save->setToolTip(tr("Give this filter a name, so that it stands here (Ctrl+S)"));
    connect(m_save, &QAbstractButton::clicked, this, &FilterChips::askToSave);
    layout()->addWidget(m_save);
    setCurrent(m_current);
}

void FilterChips::addChip(const QString &title, const QString &filter)
{
    auto *chip = new ChipButton(title);
    m_chips.append({chip, filter});
    connect(chip, &QAbstractButton::clicked, this, [this, filter] {
        Q_EMIT chosen(filter);
        setCurrent(filter); // a chip clicked twice stays checked
    });
    layout()->addWidget(chip);
}

void FilterChips::addMenu(ChipButton &chip, const QString &name)
{
    auto *renaming = new QAction(tr("Rename…"), &chip);
    connect(renaming, &QAction::triggered, this, [this, name] {
        ask(tr("Another name for the filter \"%1\":").arg(name), name,
            [this, name](const QString &newName) { rename(name, newName); });
    });
    auto *removing = new QAction(tr("Delete"), &chip);
    connect(
        removing, &QAction::triggered, this, [this, name] { remove(name); },
        Qt::QueuedConnection); // the chip that has the menu goes with it
    chip.addActions({renaming, removing});
    chip.setContextMenuPolicy(Qt::ActionsContextMenu);
    chip.setToolTip(m_chips.last().second.toHtmlEscaped());
}

void FilterChips::setCurrent(const QString &filter)
{
    m_current = filter;
    for (const auto &[chip, text] : std::as_const(m_chips))
        chip->setChecked(text == filter);
    m_save->setVisible(!filter.isEmpty() && !isKnown(filter)
                       && m_saved.size() < SavedFilter::mostFilters);
}

bool FilterChips::isKnown(const QString &filter) const
{
    return std::any_of(m_chips.begin(), m_chips.end(),
                       [&filter](const auto &chip) { return chip.second == filter; });
}

void FilterChips::count(const std::function<int(const QString &)> &counter)
{
    for (const auto &[chip, filter] : std::as_const(m_chips))
        chip->setCount(counter(filter));
}

void FilterChips::ask(const QString &title, const QString &name,
                      const std::function<void(const QString &)> &take)
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Saved filter"));
    dialog->setLabelText(title.toHtmlEscaped());
    dialog->setTextValue(name);
    connect(dialog, &QInputDialog::textValueSelected, this, take);
    dialog->open();
}

void FilterChips::askToSave()
{
    if (!m_save->isVisible())
        return;
    const QString filter = m_current;
    ask(tr("A name for the filter %1:").arg(filter), filter.left(SavedFilter::longestName),
        [this](const QString &name) { save(name); });
}

void FilterChips::save(const QString &name)
{
    if (name.trimmed().isEmpty() || m_current.isEmpty())
        return;
    m_saved.removeIf([&name](const SavedFilter &saved) { return saved.name == name.trimmed(); });
    m_saved.append({name, m_current});
    keep();
}

void FilterChips::rename(const QString &name, const QString &newName)
{
    if (newName.trimmed().isEmpty() || newName.trimmed() == name)
        return;
    m_saved.removeIf(
        [&newName](const SavedFilter &saved) { return saved.name == newName.trimmed(); });
    for (SavedFilter &saved : m_saved)
        if (saved.name == name)
            saved.name = newName;
    keep();
}

void FilterChips::remove(const QString &name)
{
    m_saved.removeIf([&name](const SavedFilter &saved) { return saved.name == name; });
    keep();
}

/// What is kept is what the preferences give back: trimmed and bounded.
void FilterChips::keep()
{
    m_saved = parseSavedFilters(savedFiltersText(m_saved));
    m_preferences.setValue(Preference::FleetSavedFilters, savedFiltersText(m_saved));
    rebuild();
    Q_EMIT chipsChanged();
}

} // namespace Treewarden
