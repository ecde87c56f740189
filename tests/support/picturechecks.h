// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QStringList>

class QWidget;

/// What a program can check of a window's look.
namespace Treewarden {

/// By context (the class that says them): texts of the sources that have another translation.
using Translations = QHash<QString, QSet<QString>>;

/// Labels, buttons and tabs that are narrower or lower than their text.
QStringList cutTexts(const QWidget &window);

/// Texts that stand in the window in the language of the sources although `translations` has others
/// for them.
QStringList untranslatedTexts(const QWidget &window, const Translations &translations);

/// Labels whose colour is too near to that of what is behind them: contrast below 4.5 on the
/// theme's surface.
QStringList paleTexts(const QWidget &window);

/// Who asks for more than `width` pixels, the innermost: with what they ask for.
QStringList widestParts(const QWidget &window, int width);

/// What a TS file has.
Translations readTranslations(const QString &file);

} // namespace Treewarden
