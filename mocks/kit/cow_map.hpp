#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "mocks/kit/cow.hpp"

namespace atrapa::mocks::kit {

/// Values by ordered key. A value: copying it costs one counter, and the first write after that
/// copies the list of pages and one page, not the map.
template <typename Key, typename Value>
class CowMap {
 public:
  std::size_t size() const { return pages_->size; }

  /// Null where there is none; good until the next write.
  const Value* find(const Key& key) const {
    const Pages& pages = *pages_;
    if (pages.list.empty()) return nullptr;
    const Page& page = *pages.list[page_of(pages, key)];
    const auto place = place_in(page, key);
    return place != page.end() && !(key < place->first) ? &place->second : nullptr;
  }

  /// Adds the entry, or replaces the one of its key.
  void put(const Key& key, Value value) {
    Pages& pages = pages_.write();
    if (pages.list.empty()) pages.list.emplace_back();
    const std::size_t at = page_of(pages, key);
    Page& page = pages.list[at].write();
    const auto place = place_in(page, key);
    if (place != page.end() && !(key < place->first)) {
      place->second = std::move(value);
      return;
    }
    page.emplace(place, key, std::move(value));
    ++pages.size;
    if (page.size() > kPageEntries) split(pages, at);
  }

  /// False where there was none.
  bool erase(const Key& key) {
    if (find(key) == nullptr) return false;
    Pages& pages = pages_.write();
    const std::size_t at = page_of(pages, key);
    Page& page = pages.list[at].write();
    page.erase(place_in(page, key));
    --pages.size;
    if (page.empty()) pages.list.erase(pages.list.begin() + static_cast<std::ptrdiff_t>(at));
    return true;
  }

  /// Visits entries by ascending key, from the first one that is not less than `from`, until the
  /// visitor answers false.
  template <typename Visit>
  void each_from(const Key& from, Visit&& visit) const {
    const Pages& pages = *pages_;
    if (pages.list.empty()) return;
    const std::size_t first = page_of(pages, from);
    for (std::size_t at = first; at < pages.list.size(); ++at) {
      const Page& page = *pages.list[at];
      auto place = at == first ? place_in(page, from) : page.begin();
      for (; place != page.end(); ++place) {
        if (!visit(place->first, place->second)) return;
      }
    }
  }

  template <typename Visit>
  void each(Visit&& visit) const {
    for (const Cow<Page>& page : pages_->list) {
      for (const auto& [key, value] : *page) {
        if (!visit(key, value)) return;
      }
    }
  }

  /// The highest key; the map must not be empty.
  const Key& last_key() const { return pages_->list.back()->back().first; }

  bool shares_with(const CowMap& other) const { return pages_.shares_with(other.pages_); }

 private:
  static constexpr std::size_t kPageEntries = 64;
  using Page = std::vector<std::pair<Key, Value>>;
  struct Pages {
    std::vector<Cow<Page>> list;  ///< None is empty, but for the first moment of the first.
    std::size_t size = 0;
  };

  /// The page that has the key, or would.
  static std::size_t page_of(const Pages& pages, const Key& key) {
    const auto after = std::upper_bound(
        pages.list.begin() + 1, pages.list.end(), key,
        [](const Key& wanted, const Cow<Page>& page) { return wanted < page->front().first; });
    return static_cast<std::size_t>(after - pages.list.begin()) - 1;
  }

  template <typename AnyPage>
  static auto place_in(AnyPage& page, const Key& key) {
    return std::lower_bound(
        page.begin(), page.end(), key,
        [](const auto& entry, const Key& wanted) { return entry.first < wanted; });
  }

  /// A full page at the end of the map stays nearly full: keys mostly ascend.
  static void split(Pages& pages, std::size_t at) {
    Page& page = pages.list[at].write();
    const bool last = at + 1 == pages.list.size();
    const auto cut =
        page.begin() + static_cast<std::ptrdiff_t>(last ? kPageEntries : kPageEntries / 2);
    Page rest(std::make_move_iterator(cut), std::make_move_iterator(page.end()));
    page.erase(cut, page.end());
    pages.list.emplace(pages.list.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(rest));
  }

  Cow<Pages> pages_;
};

}  // namespace atrapa::mocks::kit
