// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace Treewarden {

/// Why something could not be done: one sentence for the operator that names what, where, why and
/// the cure.
struct Error
{
    QString text;
};

/// A value, or the sentence the operator will read instead. For what answers now; what answers
/// later uses a callback.
template<typename T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value))
    {
    }

    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error))
    {
    }

    bool isOk() const { return m_content.index() == 0; }

    explicit operator bool() const { return isOk(); }

    T &value() & { return std::get<0>(m_content); }

    const T &value() const & { return std::get<0>(m_content); }

    T &&value() && { return std::get<0>(std::move(m_content)); }

    T &operator*() & { return value(); }

    const T &operator*() const & { return value(); }

    T *operator->() { return &value(); }

    const T *operator->() const { return &value(); }

    const Error &error() const { return std::get<1>(m_content); }

private:
    std::variant<T, Error> m_content;
};

/// Success without a value, or the sentence why not.
template<>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;

    Result(Error error)
        : m_error(std::move(error))
        , m_ok(false)
    {
    }

    bool isOk() const { return m_ok; }

    explicit operator bool() const { return m_ok; }

    const Error &error() const { return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

} // namespace Treewarden
