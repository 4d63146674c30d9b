#pragma once

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace atrapa::core {

/// What `fail()` makes: an error on its way into a Result of any value type.
template <typename E>
struct Failure {
  E error;
};

template <typename E>
Failure<std::decay_t<E>> fail(E&& error) {
  return {std::forward<E>(error)};
}
inline Failure<std::string> fail(const char* error) { return {std::string(error)}; }

/// The value of a Result that has nothing to say but that it went well.
struct Done {
  bool operator==(const Done&) const = default;
};

/// A value, or why there is none. Refusals travel in it; looking at the wrong half is our own bug
/// and throws std::logic_error.
template <typename T, typename E = std::string>
class [[nodiscard]] Result {
 public:
  using Value = T;
  using Error = E;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  template <typename F>
  requires std::is_convertible_v<F, E> Result(Failure<F> failure)
      : state_(std::in_place_index<1>, std::move(failure.error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& {
    require(ok());
    return *std::get_if<0>(&state_);
  }
  T& value() & {
    require(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    require(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  const E& error() const {
    require(!ok());
    return *std::get_if<1>(&state_);
  }

  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

 private:
  static void require(bool condition) {
    if (!condition) throw std::logic_error("core::Result: the other half was asked for");
  }

  std::variant<T, E> state_;
};

}  // namespace atrapa::core
