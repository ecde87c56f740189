// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/app/desktopcolours.h"
#include "console/settings/preferences.h"

class QWidget;

namespace Treewarden {

/// Theme and language of the program as the preferences want them, from the first window on and
/// when either changes; "system" follows the desktop while it changes, too.
class Appearance : public QObject
{
    Q_OBJECT
public:
    explicit Appearance(Preferences &preferences);
    ~Appearance() override;

    void apply();
    /// The desktop tells this window when it has another theme.
    void follow(QWidget &window);

Q_SIGNALS:
    /// All texts have to be said anew.
    void languageChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool isSystemDark() const;
    void applyTheme();
    void applyLanguage();
    void react(Preference preference);

    Preferences &m_preferences;
    DesktopColours m_desktop;
    bool m_isApplying = false;
};

/// By the palette that the desktop gives to programs.
bool isDesktopDark();

} // namespace Treewarden
