// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/translation.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

bool installTranslator(const QString &name, const QLocale &locale, const QString &file,
                       const QString &folder)
{
    QCoreApplication *application = QCoreApplication::instance();
    auto *translator = application->findChild<QTranslator *>(name);
    if (!translator) {
        translator = new QTranslator(application);
        translator->setObjectName(name);
    }
    QCoreApplication::removeTranslator(translator);
    return translator->load(locale, file, u"_"_s, folder)
        && QCoreApplication::installTranslator(translator);
}

/// Dates and numbers in the words of the language, by the customs of the system's territory.
QLocale customsFor(const QLocale &language)
{
    const QLocale system = QLocale::system();
    const bool isEnglish = language.language() == QLocale::English;
    const bool isPlain = isEnglish && system.language() == QLocale::C;
    if (isPlain || system.language() == language.language())
        return system;
    return isEnglish ? QLocale(QLocale::English, system.territory()) : language;
}

} // namespace

void useLanguage(const QString &language)
{
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    // Qt knows more languages than this program: half a window in one of them would be worse than
    // English.
    const bool isKnown
        = installTranslator(u"treewarden translator"_s, locale, u"treewarden"_s, u":/i18n"_s);
    // The English file has the plural forms.
    if (!isKnown) {
        installTranslator(u"treewarden translator"_s, QLocale(QLocale::English), u"treewarden"_s,
                          u":/i18n"_s);
    }
    installTranslator(u"qt translator"_s, isKnown ? locale : QLocale::c(), u"qtbase"_s,
                      QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    QLocale::setDefault(customsFor(isKnown ? locale : QLocale(QLocale::English)));
}

QString languageInUse()
{
    const auto *translator
        = QCoreApplication::instance()->findChild<QTranslator *>(u"treewarden translator"_s);
    return translator && !translator->language().isEmpty() ? translator->language() : u"en"_s;
}

} // namespace Treewarden
