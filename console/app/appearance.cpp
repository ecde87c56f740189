// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/appearance.h"

#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/core/translation.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

namespace Treewarden {
using namespace Qt::StringLiterals;

bool isDesktopDark()
{
    const QPalette own = QApplication::palette();
    QApplication::setPalette(QPalette()); // nothing of our own: what remains is the desktop's
    const bool isDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    QApplication::setPalette(own);
    return isDark;
}

Appearance::Appearance(Preferences &preferences)
    : m_preferences(preferences)
{
    connect(&m_desktop, &DesktopColours::changed, this, &Appearance::applyTheme);
    // Queued: a menu of the window that may be built anew is what changes them.
    connect(&m_preferences, &Preferences::changed, this, &Appearance::react, Qt::QueuedConnection);
}

Appearance::~Appearance() = default;

void Appearance::apply()
{
    applyTheme();
    applyLanguage();
}

void Appearance::follow(QWidget &window)
{
    window.installEventFilter(this);
}

bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && !m_isApplying)
        QMetaObject::invokeMethod(this, &Appearance::applyTheme, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

/// As the desktop says, else by the palette that it gives.
bool Appearance::isSystemDark() const
{
    const std::optional<bool> said = m_desktop.isDark();
    return said ? *said : isDesktopDark();
}

void Appearance::applyTheme()
{
    m_isApplying = true;
    if (!qobject_cast<ThemeStyle *>(QApplication::style()))
        QApplication::setStyle(new ThemeStyle);
    const QString choice = m_preferences.text(Preference::Theme);
    const bool isDark = choice == u"dark" || (choice != u"light" && isSystemDark());
    const QPalette palette = (isDark ? darkTheme() : lightTheme()).palette();
    if (QApplication::palette() != palette)
        QApplication::setPalette(palette);
    QApplication::setFont(uiFont());
    m_isApplying = false;
}

void Appearance::applyLanguage()
{
    const QString choice = m_preferences.text(Preference::Language);
    useLanguage(choice == u"system" ? QString() : choice);
}

void Appearance::react(Preference preference)
{
    if (preference == Preference::Theme)
        applyTheme();
    if (preference != Preference::Language)
        return;
    applyLanguage();
    Q_EMIT languageChanged();
}

} // namespace Treewarden
