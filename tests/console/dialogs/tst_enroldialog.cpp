// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/enroldialog.h"
#include "console/views/page.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/core/json.h"
#include "shared/fleet/configversions.h"
#include "shared/protocol/keys.h"
#include "tests/support/watchedconsole.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
const QString webNew = u"10.207.26.219"_s, webOther = u"10.207.26.220"_s;

QJsonObject probe(const QString &name, int port = 0)
{
    QJsonObject check{{u"probe"_s, name}};
    if (port > 0)
        check.insert(u"port"_s, port);
    return {{u"alive"_s, check}};
}

} // namespace

/// Servers that ask are accepted through the window, against a real Redis.
class TestEnrolDialog : public QObject
{
    Q_OBJECT
    std::unique_ptr<RedisServer> m_redis;

    struct Console : WatchedConsole
    {
        explicit Console(const RedisServer &redis)
            : WatchedConsole(redis)
        {
            connect(&window, &MainWindow::enrolRequested, &flow, &ConfigFlow::decide);
            window.showPage(u"fleet"_s);
            window.show();
        }

        EnrolDialog *dialog() { return qobject_cast<EnrolDialog *>(flow.dialog()); }

        /// Clicks what the panel offers for that server.
        EnrolDialog *open(const QString &name)
        {
            QPushButton *button = nullptr;
            const auto find = [&] {
                const auto buttons = window.page(u"fleet"_s)->findChildren<QPushButton *>();
                for (QPushButton *one : buttons) {
                    if (one->objectName() == name || one->text() == name)
                        button = one;
                }
                return button && button->isVisible();
            };
            if (!QTest::qWaitFor(find, patience))
                return nullptr;
            QTest::mouseClick(button, Qt::LeftButton);
            const auto isRead = [&] {
                return dialog()
                    && std::none_of(dialog()->enroller().candidates().begin(),
                                    dialog()->enroller().candidates().end(),
                                    [](const EnrolmentCandidate &candidate) {
                                        return candidate.state
                                            == EnrolmentCandidate::State::Reading;
                                    });
            };
            return QTest::qWaitFor(isRead, patience) ? dialog() : nullptr;
        }
    };

    void ask(const QString &ip, const QString &name) const
    {
        const QJsonObject services{
            {u"nginx"_s, QJsonObject{{u"80"_s, probe(u"nginx"_s, 80)}}},
            {u"apache"_s, QJsonObject{{u"8080"_s, probe(u"apache"_s, 8080)}}},
            {u"ssh"_s, QJsonObject{{u"default"_s, probe(u"auto"_s)}}},
            {u"memcached"_s, QJsonObject{{u"11211"_s, probe(u"memcached"_s, 11211)}}}};
        const QJsonObject facts{
            {u"machine_id"_s, u"5f0e6a3b1c9d4e7f8a2b3c4d5e6f7081"_s},
            {u"hostname"_s, name},
            {u"os"_s, u"Debian GNU/Linux 12 (bookworm)"_s},
            {u"kernel"_s, u"6.1.0-25-amd64"_s},
            {u"cpu_model"_s, u"AMD EPYC 7302P 16-Core Processor"_s},
            {u"memory_total"_s, 33'554'432'000.0},
            {u"agent_version"_s, u"0.1.0"_s},
            {u"timestamp"_s, double(QDateTime::currentMSecsSinceEpoch() - 120'000)},
            {u"services"_s, services}};
        m_redis->call({"HSET", Keys::serversPending, ip.toUtf8(), compactJson(facts)});
    }

    ConfigFields stands(const QString &ip) const
    {
        return m_redis->call({"HGETALL", Keys::serverConfig(ip)}).toHash();
    }

    static void save(QWidget &window, const QString &name)
    {
        QTest::qWait(50); // layouts that were asked for
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(window.grab().save(
            u"%1/%2-%3.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name,
                                  themeOf(&window).isDark ? u"dark"_s : u"light"_s)));
    }

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ThemeStyle); }

    void init()
    {
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
        m_redis = std::make_unique<RedisServer>();
    }

    void acceptsAServerWithTheServicesThatAreChecked()
    {
        ask(webNew, u"stage-01"_s);
        Console console(*m_redis);
        EnrolDialog *dialog = console.open(u"accept-"_s + webNew);
        QVERIFY(dialog);
        auto *services = dialog->findChild<QListWidget *>(u"foundServices"_s);
        QCOMPARE(services->count(), 4);
        services->setFocus();
        services->setCurrentRow(0);
        QTest::keyClick(services, Qt::Key_Space);
        QCOMPARE(services->item(0)->checkState(), Qt::Unchecked);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"acceptServers"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!stands(webNew).isEmpty(), patience);
        QVERIFY(!stands(webNew).value("services").contains("apache"));
        QVERIFY(stands(webNew).value("services").contains("nginx"));
        QTRY_VERIFY_WITH_TIMEOUT(console.source.state().servers.contains(webNew), patience);
    }

    void acceptsSeveralAtOnce()
    {
        ask(webNew, u"stage-01"_s);
        ask(webOther, u"stage-02"_s);
        Console console(*m_redis);
        EnrolDialog *dialog = console.open(u"Look at all 2…"_s);
        QVERIFY(dialog);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"acceptServers"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(dialog->enroller().doneCount(), 2, patience);
        QVERIFY(!stands(webNew).isEmpty() && !stands(webOther).isEmpty());
    }

    void sendsOneAwayAndKeepsTheOther()
    {
        ask(webNew, u"stage-01"_s);
        ask(webOther, u"stage-02"_s);
        Console console(*m_redis);
        EnrolDialog *dialog = console.open(u"Look at all 2…"_s);
        QVERIFY(dialog);
        auto *servers = dialog->findChild<QListWidget *>(u"askingServers"_s);
        servers->setFocus();
        servers->setCurrentRow(1);
        QTest::keyClick(servers, Qt::Key_Space);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"sendAway"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_redis->call({"HKEYS", Keys::serversPending}).toList(),
                                  QList<QByteArray>{webOther.toUtf8()}, patience);
    }

    void letsAnotherMachineInOnlyAfterACheck()
    {
        ask(webNew, u"stage-01"_s);
        m_redis->call({"HSET", Keys::serverConfig(webNew), "services", "{}", "version", "3",
                       "machine_id", "the-old-machine"});
        m_redis->call({"HSET", Keys::serversAlive, webNew.toUtf8(), "0"});
        Console console(*m_redis);
        EnrolDialog *dialog = console.open(u"accept-"_s + webNew);
        QVERIFY(dialog);
        auto *accept = dialog->findChild<QPushButton *>(u"acceptServers"_s);
        QVERIFY(!accept->isEnabled());
        QTest::mouseClick(dialog->findChild<QCheckBox *>(u"replaceMachine"_s), Qt::LeftButton, {},
                          QPoint(8, 8));
        QVERIFY(accept->isEnabled());
        QTest::mouseClick(accept, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(stands(webNew).value("machine_id"),
                                  QByteArray("5f0e6a3b1c9d4e7f8a2b3c4d5e6f7081"), patience);
    }

    void showsHostileFactsAsText()
    {
        ask(webNew, u"<b>bold</b>\u202egpj"_s + QString(5000, u'x'));
        Console console(*m_redis);
        EnrolDialog *dialog = console.open(u"accept-"_s + webNew);
        QVERIFY(dialog);
        const auto labels = dialog->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
            QVERIFY(label->text().size() < 600 && !label->text().contains(QChar(0x202e)));
        }
    }

    void picturesForEyes_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void picturesForEyes()
    {
        QFETCH(bool, isDark);
        QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
        ask(webNew, u"stage-01"_s);
        ask(webOther, u"stage-02"_s);
        const QJsonObject tombstone{
            {u"machine_id"_s, u"9d2c11aa07f34b0c8b1e6a55d0c3e1f2"_s},
            {u"timestamp"_s, double(QDateTime::currentMSecsSinceEpoch() - 9 * 86'400'000LL)},
            {u"version"_s, 12}};
        m_redis->call({"HSET", Keys::serversRemoved, webNew.toUtf8(), compactJson(tombstone)});
        Console console(*m_redis);
        EnrolDialog *several = console.open(u"Look at all 2…"_s);
        QVERIFY(several);
        save(console.window, u"pending-panel"_s);
        save(*several, u"pending-accept-several"_s);
        several->reject();
        QTRY_VERIFY(!console.flow.dialog());
        EnrolDialog *one = console.open(u"accept-"_s + webNew);
        QVERIFY(one);
        save(*one, u"pending-accept"_s);
    }
};

QTEST_MAIN(TestEnrolDialog)
#include "tst_enroldialog.moc"
