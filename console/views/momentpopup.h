// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <optional>

class QLineEdit;
class QPushButton;

namespace Treewarden {

class TonedLabel;

/// Asks for a moment in words: "03:12", "yesterday 03:12", "2h ago"; says while one types how it is
/// understood.
class MomentPopup : public QDialog
{
    Q_OBJECT
public:
    /// `now` is what the words count from, `moment` what is shown, Unix ms.
    MomentPopup(qint64 now, qint64 moment, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(qint64 moment);

private:
    void showUnderstood();
    void choose();

    qint64 m_now;
    std::optional<qint64> m_moment;
    QLineEdit *m_words;
    TonedLabel *m_understood;
    QPushButton *m_go;
};

} // namespace Treewarden
