#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "mocks/base/call.hpp"

// The journals of orders and of returns, as they are read.

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kJournalSeconds = 3 * 24 * 3600;

/// What a journal is asked for.
struct JournalSearch {
  std::int64_t first_id = 0;
  std::int64_t from = 0;   ///< Unix seconds.
  std::int64_t owner = 0;  ///< 0: of any.
  bool any_type = true;
  std::vector<std::int64_t> types;
};

JournalSearch journal_search(const Call& call, std::string_view owner_name) {
  const Given given = call.given();
  JournalSearch search;
  const std::int64_t last = given.integer("last_log_id");
  search.first_id = call.state.settings->journal_inclusive || last < 0 ? last : last + 1;
  search.from = call.now() - kJournalSeconds;
  search.owner = given.integer(owner_name);
  search.any_type = given.list("logs_types").empty();
  for (const kit::Json& type : given.list("logs_types")) {
    if (const auto number = integer_in(type)) search.types.push_back(*number);
  }
  return search;
}

/// Entries of the last three days [doc], by id. `Event` has indexes by owner (0) and by date.
template <typename Event>
std::vector<const Event*> journal_entries(const Rows<Event>& journal, const JournalSearch& search) {
  std::vector<const Event*> found;
  const auto visit = [&](const Event& event) {
    const bool typed = search.any_type || std::find(search.types.begin(), search.types.end(),
                                                    event.log_type) != search.types.end();
    if (typed && event.id >= search.first_id && event.date >= search.from) found.push_back(&event);
    return true;
  };
  if (search.owner != 0) {
    for (const Event* event :
         journal.look_up(0, number_key(std::max<std::int64_t>(search.owner, 0)))) {
      visit(*event);
    }
  } else {
    journal.each_by(Event::Date, number_key(std::max<std::int64_t>(search.from, 0)), visit);
  }
  std::sort(found.begin(), found.end(),
            [](const Event* left, const Event* right) { return left->id < right->id; });
  return found;
}

/// Empty where the account's journal is switched off [doc]. Whether the entry of `last_log_id`
/// comes again is a setting.
Reply get_journal_list(Call& call) {
  Answer answer = call.answer();
  {
    const auto logs = answer.open("logs");
    if (call.state.settings->journal) {
      const JournalSearch search = journal_search(call, "order_id");
      for (const OrderEvent* event : journal_entries(call.state.sales.journal, search)) {
        const auto item = answer.item();
        answer.put("id", event->id);
        answer.put("order_id", event->order_id);
        answer.put("log_type", event->log_type);
        answer.put("object_id", event->object_id);
        answer.put("date", event->date);
      }
    }
  }
  return call.done(std::move(answer));
}

/// As the journal of orders [doc]; the same switch turns it off [inferred].
Reply get_order_return_journal_list(Call& call) {
  Answer answer = call.answer();
  {
    const auto logs = answer.open("logs");
    if (call.state.settings->journal) {
      const JournalSearch search = journal_search(call, "return_id");
      for (const ReturnEvent* event : journal_entries(call.state.returns.return_journal, search)) {
        const auto item = answer.item();
        answer.put("log_id", event->id);
        answer.put("return_id", event->return_id);
        answer.put("log_type", event->log_type);
        answer.put("object_id", event->object_id);
        answer.put("date", event->date);
      }
    }
  }
  return call.done(std::move(answer));
}

constexpr std::array kJournalMethods{
    Handled{"getJournalList", get_journal_list},
    Handled{"getOrderReturnJournalList", get_order_return_journal_list},
};

}  // namespace

std::span<const Handled> journal_methods() { return kJournalMethods; }

}  // namespace atrapa::mocks::base
