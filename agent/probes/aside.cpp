// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/aside.h"

#include <sys/eventfd.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace Treewarden {

/// Owned by the thread too, so that it may return when nobody waits any more.
struct Aside::Shared
{
    Shared()
        : descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
    }

    ~Shared()
    {
        if (descriptor >= 0)
            close(descriptor);
    }

    Shared(const Shared &) = delete;
    Shared &operator=(const Shared &) = delete;

    int descriptor; ///< readable once `answer` stands
    Answer answer;
};

Aside::Aside()
{
    m_deadline.setSingleShot(true);
    QObject::connect(&m_deadline, &QTimer::timeout, &m_deadline, [this] {
        const auto late = std::exchange(m_late, nullptr);
        late();
    });
}

Aside::~Aside() = default;

void Aside::run(Work work, std::chrono::milliseconds deadline, std::function<void()> late)
{
    m_shared = std::make_shared<Shared>();
    m_late = std::move(late);
    m_deadline.start(deadline);
    m_notifier = std::make_unique<QSocketNotifier>(m_shared->descriptor, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, &m_deadline,
                     [this] { takeAnswer(); });
    try {
        std::thread([shared = m_shared, work = std::move(work)] {
            shared->answer = work();
            eventfd_write(shared->descriptor, 1);
        }).detach();
    } catch (const std::system_error &) { // no thread to be had: the deadline tells
        m_notifier.reset();
        m_shared.reset();
    }
}

void Aside::takeAnswer()
{
    m_notifier->setEnabled(false);
    m_notifier.release()->deleteLater(); // it is just telling us
    const auto shared = std::exchange(m_shared, nullptr);
    m_deadline.stop();
    const bool isLate = !std::exchange(m_late, nullptr);
    if (!isLate)
        shared->answer();
    else if (returned)
        returned();
}

} // namespace Treewarden
