// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/theme.h"

#include <QWidget>

namespace Treewarden {
namespace {

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

Theme makeLight()
{
    Theme t;
    t.window = rgb(0xF3F5F7), t.surface = rgb(0xFFFFFF), t.alt = rgb(0xF8F9FB),
    t.sel = rgb(0xDCE9FB);
    t.line = rgb(0xDDE2E8), t.line2 = rgb(0xB9C2CC), t.ctl = rgb(0x7F8A97);
    t.text = rgb(0x1A222C), t.text2 = rgb(0x4A5563), t.text3 = rgb(0x5E6977);
    t.accent = rgb(0x1A5FB4), t.onAccent = rgb(0xFFFFFF), t.quiet = rgb(0x5F9576);
    t.past = rgb(0x4A3C86), t.pastTint = rgb(0xECE8FA);
    t.ok = rgb(0x1E7145), t.okTint = rgb(0xE6F4EC);
    t.warn = rgb(0x8A5300), t.warnTint = rgb(0xFDF1DC);
    t.dead = rgb(0xB3202C), t.deadTint = rgb(0xFCE8E8);
    t.unknown = rgb(0x5B4B9A), t.unknownTint = rgb(0xEFECFA);
    t.maintenance = rgb(0x1F6584), t.maintenanceTint = rgb(0xE4F1F7);
    t.stale = rgb(0x5E6977), t.staleTint = rgb(0xEEF0F3);
    t.on = rgb(0xFFFFFF);
    t.series = {rgb(0x13268E), rgb(0x319DA3), rgb(0x934E1E),
                rgb(0x7951CA), rgb(0xA09600), rgb(0x69003B)};
    return t;
}

Theme makeDark()
{
    Theme t;
    t.window = rgb(0x14181D), t.surface = rgb(0x1C2127), t.alt = rgb(0x20262D),
    t.sel = rgb(0x1F3A5C);
    t.line = rgb(0x2E363F), t.line2 = rgb(0x4A5561), t.ctl = rgb(0x707B88);
    t.text = rgb(0xE8ECF1), t.text2 = rgb(0xB4BECA), t.text3 = rgb(0x98A3B1);
    t.accent = rgb(0x7FB4F5), t.onAccent = rgb(0x0F1A28), t.quiet = rgb(0x528469);
    t.past = rgb(0xB9A8F5), t.pastTint = rgb(0x2B2642);
    t.ok = rgb(0x6CC795), t.okTint = rgb(0x1B3327);
    t.warn = rgb(0xF0B454), t.warnTint = rgb(0x3A2E17);
    t.dead = rgb(0xFF8A86), t.deadTint = rgb(0x40201F);
    t.unknown = rgb(0xB9A8F5), t.unknownTint = rgb(0x2B2642);
    t.maintenance = rgb(0x7CC4DF), t.maintenanceTint = rgb(0x19323D);
    t.stale = rgb(0x98A3B1), t.staleTint = rgb(0x272D35);
    t.on = rgb(0x14181D);
    t.series = {rgb(0x7FB4F5), rgb(0x8FF0EC), rgb(0xE09E62),
                rgb(0x8B70EC), rgb(0xF5E36B), rgb(0xD24C8B)};
    t.isDark = true;
    return t;
}

Theme makeStale(Theme t)
{
    t.ok = t.warn = t.dead = t.unknown = t.maintenance = t.stale;
    t.okTint = t.warnTint = t.deadTint = t.unknownTint = t.maintenanceTint = t.staleTint;
    t.quiet = t.line2;
    t.isStale = true;
    return t;
}

} // namespace

QColor Theme::state(Health health) const
{
    switch (health) {
    case Health::Alive:
        return ok;
    case Health::Maintenance:
        return maintenance;
    case Health::Unknown:
        return unknown;
    case Health::Degraded:
        return warn;
    case Health::Died:
        return dead;
    }
    return stale;
}

QColor Theme::tint(Health health) const
{
    switch (health) {
    case Health::Alive:
        return okTint;
    case Health::Maintenance:
        return maintenanceTint;
    case Health::Unknown:
        return unknownTint;
    case Health::Degraded:
        return warnTint;
    case Health::Died:
        return deadTint;
    }
    return staleTint;
}

QPalette Theme::palette() const
{
    QPalette p;
    const std::pair<QPalette::ColorRole, QColor> roles[] = {
        {QPalette::Window, window},
        {QPalette::WindowText, text},
        {QPalette::Text, text},
        {QPalette::ButtonText, text},
        {QPalette::Base, surface},
        {QPalette::AlternateBase, alt},
        {QPalette::Button, surface},
        {QPalette::Highlight, sel},
        {QPalette::HighlightedText, text},
        {QPalette::Link, accent},
        {QPalette::LinkVisited, accent},
        {QPalette::PlaceholderText, text3},
        {QPalette::ToolTipBase, surface},
        {QPalette::ToolTipText, text},
        {QPalette::Light, surface},
        {QPalette::Midlight, line},
        {QPalette::Mid, line2},
        {QPalette::Dark, ctl},
        {QPalette::Shadow, line2},
        {QPalette::BrightText, dead},
    };
    for (const auto &[role, colour] : roles)
        p.setColor(role, colour);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, text3);
    return p;
}

const Theme &lightTheme()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme &staleTheme(const Theme &theme)
{
    static const Theme light = makeStale(makeLight());
    static const Theme dark = makeStale(makeDark());
    return theme.isDark ? dark : light;
}

const Theme &themeOf(const QPalette &palette)
{
    const Theme &theme = palette.color(QPalette::Active, QPalette::Window).lightness() < 128
        ? darkTheme()
        : lightTheme();
    return palette.color(QPalette::Active, QPalette::BrightText) == theme.stale ? staleTheme(theme)
                                                                                : theme;
}

const Theme &themeOf(const QWidget *widget)
{
    return themeOf(widget->palette());
}

QFont uiFont(int pixelSize, bool isBold)
{
    // Copies of one font share what was found out about it; a new one is looked up at every stroke.
    // They are never freed: a font must not outlive the application.
    static QHash<std::pair<int, bool>, QFont> &fonts = *new QHash<std::pair<int, bool>, QFont>;
    if (const auto known = fonts.constFind({pixelSize, isBold}); known != fonts.cend())
        return *known;
    QFont font;
    font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC"),
                      QStringLiteral("DejaVu Sans")});
    font.setPixelSize(pixelSize);
    font.setBold(isBold);
    fonts.insert({pixelSize, isBold}, font);
    return font;
}

QFont monoFont(int pixelSize)
{
    QFont font;
    font.setFamilies({QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono CJK SC")});
    font.setPixelSize(pixelSize);
    font.setStyleHint(QFont::Monospace);
    return font;
}

} // namespace Treewarden
