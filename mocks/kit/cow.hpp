#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace atrapa::mocks::kit {

/// A value that copies share until one of them writes. Copying costs one counter; the first write()
/// after that copies the value once, and only it: what is reached through a further Cow stays
/// shared.
///
/// Different Cow objects over one value may live in different threads; one Cow object may not.
/// (std::shared_ptr cannot say "I am the only owner" across threads: its use_count() does not
/// synchronize with the owner that has just let go.)
template <typename T>
class Cow {
 public:
  /// A default value; costs nothing until it is written.
  Cow() = default;
  explicit Cow(T value) : box_(new Box{{1}, std::move(value)}) {}
  Cow(const Cow& other) noexcept : box_(other.box_) {
    if (box_ != nullptr) box_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  Cow(Cow&& other) noexcept : box_(std::exchange(other.box_, nullptr)) {}
  Cow& operator=(Cow other) noexcept {
    std::swap(box_, other.box_);
    return *this;
  }
  ~Cow() { release(box_); }

  const T& operator*() const { return box_ != nullptr ? box_->value : nothing(); }
  const T* operator->() const { return &**this; }

  /// The value, owned by this Cow alone.
  T& write() {
    if (box_ == nullptr) {
      box_ = new Box;
    } else if (box_->owners.load(std::memory_order_acquire) != 1) {
      Box* own = new Box{{1}, box_->value};
      release(std::exchange(box_, own));
    }
    return box_->value;
  }

  /// Whether both are the very same value, not merely equal ones.
  bool shares_with(const Cow& other) const { return box_ == other.box_; }

 private:
  struct Box {
    std::atomic<std::size_t> owners{1};
    T value{};
  };

  static const T& nothing() {
    static const T value{};
    return value;
  }

  static void release(Box* box) {
    if (box == nullptr) return;
    if (box->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete box;
  }

  Box* box_ = nullptr;
};

}  // namespace atrapa::mocks::kit
