// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/stateicon.h"
#include "console/views/theme.h"

#include <QImage>
#include <QTest>

#include <cmath>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

using Vector = std::array<double, 3>;

double linear(double channel, double threshold)
{
    return channel <= threshold ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

/// WCAG 2.x
double luminance(const QColor &colour)
{
    const auto part = [](int value) { return linear(value / 255.0, 0.03928); };
    return 0.2126 * part(colour.red()) + 0.7152 * part(colour.green())
        + 0.0722 * part(colour.blue());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a), y = luminance(b);
    return (qMax(x, y) + 0.05) / (qMin(x, y) + 0.05);
}

Vector okLab(Vector rgb)
{
    for (double &channel : rgb)
        channel = qBound(0.0, channel, 1.0);
    const auto [r, g, b] = rgb;
    const double l = std::cbrt(.4122214708 * r + .5363325363 * g + .0514459929 * b);
    const double m = std::cbrt(.2119034982 * r + .6806995451 * g + .1073969566 * b);
    const double s = std::cbrt(.0883024619 * r + .2817188376 * g + .6299787005 * b);
    return {.2104542553 * l + .793617785 * m - .0040720468 * s,
            1.9779984951 * l - 2.428592205 * m + .4505937099 * s,
            .0259040371 * l + .7827717662 * m - .808675766 * s};
}

/// Machado, Oliveira and Fernandes 2009, severity 1.
const std::array<std::pair<const char *, std::array<Vector, 3>>, 4> eyes{{
    {"normal", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protan",
     {{{.152286, 1.052583, -.204868},
       {.114503, .786281, .099216},
       {-.003882, -.048116, 1.051998}}}},
    {"deutan",
     {{{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}}}},
    {"tritan",
     {{{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}}}},
}};

double distance(const QColor &a, const QColor &b, const std::array<Vector, 3> &eye)
{
    const auto seen = [&eye](const QColor &colour) {
        const Vector v{linear(colour.redF(), 0.04045), linear(colour.greenF(), 0.04045),
                       linear(colour.blueF(), 0.04045)};
        Vector rgb;
        for (size_t i = 0; i < 3; ++i)
            rgb[i] = eye[i][0] * v[0] + eye[i][1] * v[1] + eye[i][2] * v[2];
        return okLab(rgb);
    };
    const Vector x = seen(a), y = seen(b);
    return 100 * std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

const QList<Health> allHealths{Health::Alive, Health::Maintenance, Health::Unknown,
                               Health::Degraded, Health::Died};

} // namespace

Q_DECLARE_METATYPE(const Theme *)

class TestTheme : public QObject
{
    Q_OBJECT

    static void themes()
    {
        QTest::addColumn<const Theme *>("theme");
        QTest::newRow("light") << &lightTheme();
        QTest::newRow("dark") << &darkTheme();
        QTest::newRow("light, stale") << &staleTheme(lightTheme());
        QTest::newRow("dark, stale") << &staleTheme(darkTheme());
    }

private Q_SLOTS:

    void everyTextIsReadable_data() { themes(); }

    void everyTextIsReadable()
    {
        QFETCH(const Theme *, theme);
        const QList<QColor> grounds{theme->window, theme->surface, theme->alt, theme->sel};
        QList<QColor> texts{theme->text, theme->text2, theme->text3, theme->accent, theme->past};
        for (const Health health : allHealths)
            texts << theme->state(health);
        for (const QColor &text : texts)
            for (const QColor &ground : grounds)
                QVERIFY2(contrast(text, ground) >= 4.5,
                         qPrintable(u"%1 on %2: %3"_s.arg(text.name(), ground.name())
                                        .arg(contrast(text, ground))));
        for (const Health health : allHealths) {
            QVERIFY2(contrast(theme->state(health), theme->tint(health)) >= 4.5,
                     qPrintable(healthWord(health)));
            QVERIFY2(contrast(theme->on, theme->state(health)) >= 4.5,
                     qPrintable(healthWord(health)));
            QVERIFY2(contrast(theme->text, theme->tint(health)) >= 4.5,
                     qPrintable(healthWord(health)));
        }
        QVERIFY(contrast(theme->onAccent, theme->accent) >= 4.5);
        QVERIFY(contrast(theme->past, theme->pastTint) >= 4.5);
    }

    void bordersOfControlsAreSeen_data() { themes(); }

    void bordersOfControlsAreSeen()
    {
        QFETCH(const Theme *, theme);
        QVERIFY(contrast(theme->ctl, theme->surface) >= 3);
        QVERIFY(contrast(theme->ctl, theme->window) >= 3);
        QVERIFY(contrast(theme->accent, theme->surface) >= 3);
        if (!theme->isStale)
            QVERIFY(contrast(theme->quiet, theme->surface) >= 3);
    }

    void seriesOfChartsAreToldApart_data() { themes(); }

    void seriesOfChartsAreToldApart()
    {
        QFETCH(const Theme *, theme);
        for (size_t i = 0; i < theme->series.size(); ++i) {
            QVERIFY(contrast(theme->series[i], theme->surface) >= 3);
            for (size_t j = 0; j < i; ++j)
                for (const auto &[name, eye] : eyes)
                    QVERIFY2(
                        distance(theme->series[i], theme->series[j], eye) >= 14,
                        qPrintable(u"series %1 and %2, %3: %4"_s.arg(i + 1)
                                       .arg(j + 1)
                                       .arg(QString::fromLatin1(name))
                                       .arg(distance(theme->series[i], theme->series[j], eye))));
        }
    }

    void aPaletteLeadsBackToItsTheme_data() { themes(); }

    void aPaletteLeadsBackToItsTheme()
    {
        QFETCH(const Theme *, theme);
        QCOMPARE(&themeOf(theme->palette()), theme);
    }

    void statesDifferInOutline_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {12, 14, 16, 20})
            QTest::newRow(qPrintable(QString::number(size))) << size;
    }

    /// In grey, and with their inner marks filled: what is left is the outline.
    void statesDifferInOutline()
    {
        QFETCH(int, size);
        QList<QImage> shapes;
        for (const Health health : allHealths)
            shapes << statePixmap(health, size, 1, staleTheme(lightTheme())).toImage();
        shapes << stalePixmap(size, 1, lightTheme()).toImage();
        for (qsizetype i = 0; i < shapes.size(); ++i)
            for (qsizetype j = 0; j < i; ++j) {
                double different = 0;
                for (int y = 0; y < size; ++y)
                    for (int x = 0; x < size; ++x)
                        different
                            += qAbs(qAlpha(shapes[i].pixel(x, y)) - qAlpha(shapes[j].pixel(x, y)))
                            / 255.0;
                QVERIFY2(
                    different / (size * size) >= 0.12,
                    qPrintable(u"%1 and %2: %3"_s.arg(i).arg(j).arg(different / (size * size))));
            }
    }

    void iconsFollowTheDevice()
    {
        const QPixmap pixmap = statePixmap(Health::Died, 14, 2, lightTheme());
        QCOMPARE(pixmap.size(), QSize(28, 28));
        QCOMPARE(pixmap.deviceIndependentSize(), QSizeF(14, 14));
        QCOMPARE(pixmap.toImage().pixelColor(4, 14), lightTheme().dead);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
