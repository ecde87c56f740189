// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/configsession.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QStackedWidget;

namespace Treewarden {

class ActionCentre;
struct ActionScope;
class ConfigBar;
class ConfigFormView;
class ConflictBanner;
class DifferencePanel;
class EmptyState;
class HistoryPanel;
class JsonPanel;
class PageTabs;
class SegmentedChoice;
class TryCheckLine;

/// Edits the configurations of one or several servers: as forms and as JSON, which show the same
/// drafts; what differs from the version that stands; its history.
class ConfigEditor : public QWidget
{
    Q_OBJECT
public:
    explicit ConfigEditor(ActionCentre &centre, QWidget *parent = nullptr);

    /// They are read when the editor is shown. Changes that were left before are found again.
    void setServers(const QStringList &ips);

    const std::shared_ptr<ConfigSession> &session() const { return m_session; }

    ConfigFormView &form() { return *m_form; }

    JsonPanel &json() { return *m_json; }

    HistoryPanel &history() { return *m_history; }

    void showJson(bool isJson);

Q_SIGNALS:
    void saveRequested(const QStringList &ips);
    void actionRequested(const QString &action, const Treewarden::ActionScope &target);
    /// A sentence for the window's line.
    void said(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;

private:
    enum class Part { Edit, Difference, History };

    QWidget *makeHead();
    void addShortcuts();
    void connectParts();
    void openSession();
    void showTargets();
    void showContent();
    void showPart(Part part);
    void showSection();
    void showDifference();
    void compareWithOther(const QString &ip);
    void goToError(const QString &ip, int line);
    void rollBack(qint64 version, const ConfigFields &fields);
    void requestSave();

    ActionCentre &m_centre;
    QStringList m_ips;
    std::shared_ptr<ConfigSession> m_session;
    Part m_part = Part::Edit;
    QString m_comparedIp; ///< whose other version is compared; empty: the changes are shown
    QComboBox *m_target;
    PageTabs *m_sections;
    SegmentedChoice *m_view;
    ConflictBanner *m_conflicts;
    QStackedWidget *m_content;
    ConfigFormView *m_form;
    JsonPanel *m_json;
    DifferencePanel *m_difference;
    HistoryPanel *m_history;
    TryCheckLine *m_try;
    EmptyState *m_nothing;
    ConfigBar *m_bar;
};

} // namespace Treewarden
