// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/picturechecks.h"

#include "console/views/theme.h"

#include <QAbstractButton>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QXmlStreamReader>

#include <cmath>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

double relativeLuminance(const QColor &colour)
{
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF())
        + 0.0722 * part(colour.blueF());
}

double contrastOf(const QColor &a, const QColor &b)
{
    const double x = relativeLuminance(a), y = relativeLuminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

/// What a person reads of a widget, without the marks of shortcuts.
QStringList textsOf(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return {label->text()};
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        return {button->text(), button->toolTip(), button->accessibleName()};
    if (const auto *field = qobject_cast<const QLineEdit *>(&widget))
        return {field->placeholderText(), field->accessibleName()};
    QStringList texts;
    if (const auto *tabs = qobject_cast<const QTabBar *>(&widget)) {
        for (int i = 0; i < tabs->count(); ++i)
            texts << tabs->tabText(i);
    }
    return texts;
}

QString nameOf(const QWidget &widget, const QString &text)
{
    return u"%1 \"%2\""_s.arg(QString::fromLatin1(widget.metaObject()->className()), text.left(60));
}

/// The text is one that the class which made the widget has translated: the widget's own or the
/// nearest of ours around it. Further out the same words may be another text.
bool isSourceText(const QWidget &widget, const QString &text, const Translations &translations)
{
    const QWidget *maker = &widget;
    while (maker->parentWidget()
           && (maker == &widget
               || !QString::fromLatin1(maker->metaObject()->className())
                       .startsWith(u"Treewarden::"_s)))
        maker = maker->parentWidget();
    for (const QWidget *of : {&widget, maker}) {
        if (translations.value(QString::fromLatin1(of->metaObject()->className())).contains(text))
            return true;
    }
    return false;
}

} // namespace

QStringList cutTexts(const QWidget &window)
{
    QStringList cut;
    const QList<QWidget *> widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const auto *label = qobject_cast<const QLabel *>(widget);
        const bool isText = label || qobject_cast<const QAbstractButton *>(widget)
            || qobject_cast<const QTabBar *>(widget);
        const QString text = textsOf(*widget).value(0);
        if (!widget->isVisible() || !isText || (label && label->wordWrap()) || text.size() < 2)
            continue;
        if (widget->width() < widget->sizeHint().width()
            || widget->height() < widget->sizeHint().height())
            cut << nameOf(*widget, text);
    }
    return cut;
}

QStringList untranslatedTexts(const QWidget &window, const Translations &translations)
{
    QStringList found;
    const QList<QWidget *> widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible())
            continue;
        for (const QString &text : textsOf(*widget)) {
            if (isSourceText(*widget, text, translations))
                found << nameOf(*widget, text);
        }
    }
    return found;
}

QStringList paleTexts(const QWidget &window)
{
    QStringList pale;
    const QList<QLabel *> labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const QColor colour = label->palette().color(label->foregroundRole());
        const double contrast = contrastOf(colour, themeOf(label).surface);
        if (contrast < 4.5)
            pale << nameOf(*label, label->text()) + u" %1"_s.arg(contrast, 0, 'f', 1);
    }
    return pale;
}

QStringList widestParts(const QWidget &window, int width)
{
    const auto least = [](const QWidget *widget) {
        return qMax(widget->minimumSizeHint().width(), widget->minimumWidth());
    };
    const auto isWide = [&least, width](const QWidget *widget) { return least(widget) > width; };
    QStringList parts;
    const QList<QWidget *> widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const QList<QWidget *> inner
            = widget->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
        if (isWide(widget) && std::none_of(inner.begin(), inner.end(), isWide))
            parts << u"%1 in %2 %3 needs %4"_s.arg(
                QString::fromLatin1(widget->metaObject()->className()),
                QString::fromLatin1(widget->parentWidget()->metaObject()->className()),
                widget->accessibleName().left(40), QString::number(least(widget)));
    }
    return parts;
}

Translations readTranslations(const QString &file)
{
    Translations translations;
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return translations;
    QXmlStreamReader xml(&source);
    QString context, text;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"source") {
            text = xml.readElementText();
        } else if (xml.name() == u"translation") {
            const bool isFinished = !xml.attributes().hasAttribute(u"type"_s);
            const QString translated = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            if (isFinished && !translated.isEmpty() && translated != text)
                translations[context].insert(text);
        }
    }
    return translations;
}

} // namespace Treewarden
