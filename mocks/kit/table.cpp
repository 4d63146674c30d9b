#include "mocks/kit/table.hpp"

#include <algorithm>
#include <stdexcept>

namespace atrapa::mocks::kit {
namespace {

/// FNV-1a: the same on every machine, so that nothing depends on the library's choice.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  return hash;
}

}  // namespace

std::string index_key(const Field& field, std::string_view raw) {
  if (field.numeric()) {
    if (const auto number = scalar_number(raw)) return number->text();
  }
  return scalar_text(raw);
}

Table::Table(const Schema& schema, const std::vector<std::string_view>& indexed)
    : schema_(&schema), index_count_(indexed.size()) {
  if (indexed.size() > kMaxIndexes) throw std::logic_error("table: too many indexes");
  for (std::size_t i = 0; i < indexed.size(); ++i) {
    fields_[i] = static_cast<std::uint16_t>(schema.at(indexed[i]));
  }
}

std::size_t Table::page_of(std::int64_t id) const {
  const auto& first = rows_->first;
  const auto above = std::upper_bound(first.begin(), first.end(), id);
  return above == first.begin() ? 0 : static_cast<std::size_t>(above - first.begin()) - 1;
}

RecordPtr Table::find(std::int64_t id) const {
  if (rows_->pages.empty()) return nullptr;
  const Page& page = *rows_->pages[page_of(id)];
  const auto row = std::lower_bound(page.begin(), page.end(), id,
                                    [](const RecordPtr& one, auto key) { return one->id() < key; });
  return row != page.end() && (*row)->id() == id ? *row : nullptr;
}

void Table::put(RecordPtr row) {
  const std::int64_t id = row->id();
  Rows& rows = rows_.write();
  rows.next_id = std::max(rows.next_id, id + 1);
  if (rows.pages.empty()) {
    rows.pages.emplace_back();
    rows.first.push_back(id);
    rows.counts.push_back(0);
  }
  std::size_t at = page_of(id);
  if (rows.counts[at] >= kPageRows) {
    const bool append = at + 1 == rows.pages.size() && id > rows.pages[at]->back()->id();
    Page upper;
    if (!append) {
      Page& full = rows.pages[at].write();
      upper.assign(full.begin() + kPageRows / 2, full.end());
      full.resize(kPageRows / 2);
      rows.counts[at] = kPageRows / 2;
    }
    const auto behind = static_cast<std::ptrdiff_t>(at + 1);
    rows.first.insert(rows.first.begin() + behind, append ? id : upper.front()->id());
    rows.counts.insert(rows.counts.begin() + behind, static_cast<std::uint32_t>(upper.size()));
    rows.pages.insert(rows.pages.begin() + behind, Cow<Page>(std::move(upper)));
    at = page_of(id);
  }
  Page& page = rows.pages[at].write();
  const auto place = std::lower_bound(
      page.begin(), page.end(), id, [](const RecordPtr& one, auto key) { return one->id() < key; });
  if (place != page.end() && (*place)->id() == id) {
    reindex(place->get(), row.get());
    *place = std::move(row);
    return;
  }
  reindex(nullptr, row.get());
  page.insert(place, std::move(row));
  rows.first[at] = page.front()->id();
  ++rows.counts[at];
  ++rows.size;
}

bool Table::erase(std::int64_t id) {
  const RecordPtr row = find(id);
  if (row == nullptr) return false;
  reindex(row.get(), nullptr);
  Rows& rows = rows_.write();
  const std::size_t at = page_of(id);
  Page& page = rows.pages[at].write();
  std::erase_if(page, [&](const RecordPtr& one) { return one->id() == id; });
  --rows.counts[at];
  --rows.size;
  if (page.empty()) {
    const auto offset = static_cast<std::ptrdiff_t>(at);
    rows.pages.erase(rows.pages.begin() + offset);
    rows.first.erase(rows.first.begin() + offset);
    rows.counts.erase(rows.counts.begin() + offset);
  } else {
    rows.first[at] = page.front()->id();
  }
  return true;
}

void Table::raise_next_id(std::int64_t id) {
  if (id > rows_->next_id) rows_.write().next_id = id;
}

std::vector<RecordPtr> Table::slice(std::size_t skip, std::size_t count) const {
  std::vector<RecordPtr> found;
  std::size_t page = 0;
  while (page < rows_->pages.size() && skip >= rows_->counts[page]) skip -= rows_->counts[page++];
  for (; page < rows_->pages.size() && found.size() < count; ++page) {
    const Page& rows = *rows_->pages[page];
    const std::size_t take = std::min(count - found.size(), rows.size() - skip);
    const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(skip);
    found.insert(found.end(), begin, begin + static_cast<std::ptrdiff_t>(take));
    skip = 0;
  }
  return found;
}

bool Table::indexed(std::size_t field) const {
  const auto end = fields_.begin() + static_cast<std::ptrdiff_t>(index_count_);
  return std::find(fields_.begin(), end, field) != end;
}

std::vector<RecordPtr> Table::look_up(std::size_t field, const std::string& key) const {
  std::size_t which = 0;
  while (which < index_count_ && fields_[which] != field) ++which;
  if (which == index_count_) throw std::logic_error("table: no index on " + (*schema_)[field].name);
  const std::uint64_t hash = hash_of(key);
  const Shard& shard = *(*indexes_[which])[hash % kShards];
  std::vector<RecordPtr> found;
  for (auto at = std::lower_bound(shard.begin(), shard.end(), std::pair{hash, INT64_MIN});
       at != shard.end() && at->first == hash; ++at) {
    RecordPtr row = find(at->second);
    // Two keys may share a hash: the row itself decides.
    if (index_key((*schema_)[field], row->raw(field)) == key) found.push_back(std::move(row));
  }
  return found;
}

void Table::reindex(const Record* before, const Record* after) {
  for (std::size_t i = 0; i < index_count_; ++i) {
    const std::size_t field = fields_[i];
    if (before != nullptr && after != nullptr && before->raw(field) == after->raw(field)) continue;
    const auto entry_of = [&](const Record& row) {
      return std::pair{hash_of(index_key((*schema_)[field], row.raw(field))), row.id()};
    };
    const auto shard_of = [&](std::uint64_t hash) -> Shard& {
      return indexes_[i].write()[hash % kShards].write();
    };
    if (before != nullptr) {
      const auto entry = entry_of(*before);
      Shard& shard = shard_of(entry.first);
      shard.erase(std::lower_bound(shard.begin(), shard.end(), entry));
    }
    if (after != nullptr) {
      const auto entry = entry_of(*after);
      Shard& shard = shard_of(entry.first);
      shard.insert(std::lower_bound(shard.begin(), shard.end(), entry), entry);
    }
  }
}

}  // namespace atrapa::mocks::kit
