#include "core/shops/base/paging.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>

#include "core/shops/base/reading.hpp"

namespace atrapa::core::base {

namespace {

/// One page of a list by `page`, and when it was read: 1, 2, 3, ...
struct ReadPage {
  Json answer;
  std::vector<KeyedRow> rows;
  int turn = 0;
};

/// Reads pages and hands out their new rows.
class PageWalk {
 public:
  PageWalk(Client& client, const PageList& list, const Parameters& fixed, const Shape& shape,
           const KeyedSink& sink)
      : client_(client), list_(list), fixed_(fixed), shape_(shape), sink_(sink) {}

  BaseResult<Done> run() {
    auto last = find_last();
    if (!last) return fail(last.error());
    for (int page = *last; page >= 1 && !ended_; --page) {
      // A probe counts only when it was made after the page above it was read.
      if (pages_.at_or_none(page) == nullptr || pages_.at_or_none(page)->turn < newest_) {
        if (auto read = fetch(page); !read) return fail(read.error());
      }
      newest_ = pages_.at_or_none(page)->turn;
      give(page);
      pages_.drop(page);
    }
    if (!out_of_order_) return Done{};
    for (int page = 1; page <= *last && !ended_; ++page) {
      if (auto read = fetch(page); !read) return fail(read.error());
      give(page);
      pages_.drop(page);
    }
    return Done{};
  }

 private:
  struct Pages {
    const ReadPage* at_or_none(int page) const {
      const auto found = by_number.find(page);
      return found == by_number.end() ? nullptr : &found->second;
    }
    void drop(int page) { by_number.erase(page); }
    std::map<int, ReadPage> by_number;
  };

  BaseResult<std::size_t> fetch(int page) {
    Parameters parameters = fixed_;
    parameters.number("page", page);
    auto answer = client_.call(list_.method, parameters, shape_);
    if (!answer) return fail(answer.error());
    if (!rows_of(*answer, list_.list.c_str())) {
      return fail(unreadable(list_.method, fmt::format("expected {}", list_.list)));
    }
    ReadPage& read = pages_.by_number[page];
    read.answer = *std::move(answer);
    read.rows.clear();
    const bool keyed = read.answer[list_.list].is_object();
    for (const auto& [key, row] : members_of(read.answer, list_.list.c_str())) {
      read.rows.push_back({keyed ? key : text_of(*row, {"id", "product_id"}), row});
      if (read.rows.back().id.empty()) {
        return fail(unreadable(list_.method, "a row without an id"));
      }
    }
    read.turn = ++turn_;
    return read.rows.size();
  }

  /// The page that is not full, or the full one before an empty one; 0 for an empty list.
  BaseResult<int> find_last() {
    int full = 0;    // The highest known to be full.
    int beyond = 0;  // The lowest known to be empty; 0 for none.
    while (beyond == 0 || full + 1 < beyond) {
      const int page = beyond == 0 ? std::max(1, full * 2) : full + (beyond - full) / 2;
      const auto rows = fetch(page);
      if (!rows) return fail(rows.error());
      if (*rows >= list_.page_size) {
        if (page > std::numeric_limits<int>::max() / 4) {
          return fail(unreadable(list_.method, "the pages have no end"));
        }
        full = page;
      } else if (*rows > 0) {
        newest_ = 0;
        return page;
      } else {
        beyond = page;
        // What stood there when a lower page was read may have moved into that page since.
        newest_ = turn_;
      }
    }
    return full;
  }

  void give(int page) {
    std::vector<KeyedRow> fresh;
    std::optional<std::int64_t> lowest;
    for (const KeyedRow& row : pages_.by_number.at(page).rows) {
      if (!seen_.insert(row.id).second) continue;
      const auto id = whole_number_of(row.id);
      if (!id || (lowest_ && *id >= *lowest_)) out_of_order_ = true;
      if (id) lowest = std::min(lowest.value_or(*id), *id);
      fresh.push_back(row);
    }
    if (lowest) lowest_ = std::min(lowest_.value_or(*lowest), *lowest);
    if (!fresh.empty() && !sink_(fresh)) ended_ = true;
  }

  Client& client_;
  const PageList& list_;
  const Parameters& fixed_;
  const Shape& shape_;
  const KeyedSink& sink_;

  Pages pages_;
  std::unordered_set<std::string> seen_;
  std::optional<std::int64_t> lowest_;  ///< Of the ids given so far.
  int turn_ = 0;
  int newest_ = 0;  ///< When the page above the next one was read.
  bool out_of_order_ = false;
  bool ended_ = false;
};

}  // namespace

BaseResult<Done> walk_ids(Client& client, const IdList& list, const Parameters& fixed,
                          std::int64_t from, const Shape& shape, const RowSink& sink) {
  for (std::int64_t next = std::max<std::int64_t>(from, 0);;) {
    Parameters parameters = fixed;
    parameters.number("id_from", next);
    auto answer = client.call(list.method, parameters, shape);
    if (!answer) return fail(answer.error());
    const auto rows = rows_of(*answer, list.list.c_str());
    if (!rows) return fail(unreadable(list.method, fmt::format("expected {}", list.list)));

    std::vector<std::pair<std::int64_t, const Json*>> fresh;
    std::int64_t before = -1;
    // A map has lost the order it was written in; its rows are taken for sorted.
    const bool ordered = (*answer)[list.list].is_array();
    bool in_order = true;
    for (const Json* row : *rows) {
      const auto id = whole_of(*row, {list.id.c_str()});
      if (!id) return fail(unreadable(list.method, fmt::format("a row without {}", list.id)));
      in_order = in_order && (!ordered || *id > before);
      before = *id;
      if (*id >= next) fresh.emplace_back(*id, row);
    }
    const bool full = rows->size() >= list.page_size;
    if (full && !in_order) {
      return fail(unreadable(list.method, "the rows are not in the order of their ids"));
    }
    std::sort(fresh.begin(), fresh.end());
    const auto twice = [](const auto& a, const auto& b) { return a.first == b.first; };
    fresh.erase(std::unique(fresh.begin(), fresh.end(), twice), fresh.end());
    std::vector<Json> given;
    given.reserve(fresh.size());
    for (const auto& [id, row] : fresh) given.push_back(*row);
    if (!given.empty()) {
      next = fresh.back().first + 1;
      if (!sink(std::move(given))) return Done{};
    } else if (full) {
      return fail(unreadable(list.method, "id_from is not heeded"));
    }
    if (!full) return Done{};
  }
}

BaseResult<Done> walk_pages(Client& client, const PageList& list, const Parameters& fixed,
                            const Shape& shape, const KeyedSink& sink) {
  return PageWalk(client, list, fixed, shape, sink).run();
}

}  // namespace atrapa::core::base
