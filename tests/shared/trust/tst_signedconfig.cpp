// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/trust/signedconfig.h"

#include <QTest>

#include <rapidcheck.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestSignedConfig : public QObject
{
    Q_OBJECT

    const SigningKey m_key = SigningKey::generate(u"chen"_s).value();
    const TrustedKeys m_keys = TrustedKeys::parse(m_key.trustedLine(), u"keys"_s).value();

    ConfigFields signedFields() const
    {
        ConfigFields fields{{"services", "{}"}, {"version", "3"}, {"machine_id", "abc"}};
        signConfig(u"10.0.0.7"_s, fields, m_key);
        return fields;
    }

    QString whyNot(const ConfigFields &fields, const QString &ip = u"10.0.0.7"_s) const
    {
        const auto verified = verifyConfig(ip, fields, m_keys);
        return verified ? QString() : verified.error().text;
    }

private Q_SLOTS:

    // The framing of the protocol, byte by byte: others must be able to make it.
    void coversTheFieldsInTheirOrder()
    {
        const QByteArray bytes = configSignatureBytes(
            u"10.0.0.7"_s, {{"version", "3"}, {"signature", "x"}, {"signer", "k"}});
        QCOMPARE(bytes,
                 QByteArray("treewarden-config-v1\0"
                            "\0\0\0\x02ip\0\0\0\x08"
                            "10.0.0.7"
                            "\0\0\0\x06signer\0\0\0\x01k"
                            "\0\0\0\x07version\0\0\0\x01"
                            "3",
                            21 + 18 + 15 + 16));
    }

    void verifiesWhatItSigned()
    {
        const auto verified = verifyConfig(u"10.0.0.7"_s, signedFields(), m_keys);
        QVERIFY(verified);
        QCOMPARE(verified->name, u"chen"_s);
    }

    void noticesEveryChange()
    {
        const ConfigFields good = signedFields();
        for (const QByteArray &name : good.keys()) {
            ConfigFields changed = good;
            changed[name].append('0');
            QVERIFY2(!whyNot(changed).isEmpty(), name);
            changed.remove(name);
            QVERIFY2(!whyNot(changed).isEmpty(), name);
        }
        ConfigFields more = good;
        more.insert("schedule", "[]");
        QVERIFY(whyNot(more).contains(u"was changed"_s));
        more = good;
        more.insert("ip", "10.0.0.7");
        QVERIFY(whyNot(more).contains(u"was changed"_s));
        QVERIFY(whyNot(good, u"10.0.0.8"_s).contains(u"was changed"_s));
    }

    void saysWhatToDoAboutAnUnsignedOne()
    {
        QVERIFY(
            whyNot({{"version", "1"}}).contains(u"treewarden config sign 10.0.0.7 --key FILE"_s));
    }

    void trustsOnlyKeysThatMayConfigure()
    {
        const auto bound
            = TrustedKeys::parse(m_key.trustedLine().trimmed() + " actions=restart", u"keys"_s);
        const auto verified = verifyConfig(u"10.0.0.7"_s, signedFields(), *bound);
        QVERIFY(!verified && verified.error().text.contains(u"may not configure"_s));
        QVERIFY(!verifyConfig(u"10.0.0.7"_s, signedFields(), TrustedKeys()));
    }

    // Where one field ends and the next begins is signed too.
    void framesFieldsUnmistakably()
    {
        QVERIFY(rc::check("different fields have different bytes", [] {
            using Fields = std::map<std::string, std::string>;
            const auto toHash = [](const Fields &fields) {
                ConfigFields hash;
                for (const auto &[name, value] : fields) {
                    if (name != "signature" && name != "ip")
                        hash.insert(QByteArray::fromStdString(name),
                                    QByteArray::fromStdString(value));
                }
                return hash;
            };
            const ConfigFields a = toHash(*rc::gen::arbitrary<Fields>()),
                               b = toHash(*rc::gen::arbitrary<Fields>());
            RC_ASSERT(
                (configSignatureBytes(u"10.0.0.7"_s, a) == configSignatureBytes(u"10.0.0.7"_s, b))
                == (a == b));
        }));
    }
};

QTEST_GUILESS_MAIN(TestSignedConfig)
#include "tst_signedconfig.moc"
