#include "mocks/base/rows.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

using namespace atrapa::mocks::base;

namespace {

struct Pair {
  std::int64_t id = 0;
  std::string word;

  enum By { Word };
  void keys(Keys& keys) const { keys.add(Word, word); }
};

std::map<std::int64_t, std::string> all_of(const Rows<Pair>& rows) {
  std::map<std::int64_t, std::string> all;
  std::int64_t before = INT64_MIN;
  rows.each([&](const Pair& row) {
    RC_ASSERT(row.id > before);
    before = row.id;
    all[row.id] = row.word;
    return true;
  });
  return all;
}

}  // namespace

TEST_CASE("Rows are what a map would be, their index what a look at each would find",
          "[base][property]") {
  CHECK(rc::check("any puts and erasures, copies on the way", [] {
    Rows<Pair> rows;
    std::map<std::int64_t, std::string> model;
    Rows<Pair> copy;
    std::map<std::int64_t, std::string> copied;
    const auto count = *rc::gen::inRange(0, 400);
    for (int step = 0; step < count; ++step) {
      const std::int64_t id = *rc::gen::inRange(1, 200);
      const std::string word(1, static_cast<char>('a' + *rc::gen::inRange(0, 5)));
      if (*rc::gen::inRange(0, 3) == 0) {
        RC_ASSERT(rows.erase(id) == (model.erase(id) == 1));
      } else {
        rows.put({id, word});
        model[id] = word;
      }
      if (step == count / 2) {
        copy = rows;
        copied = model;
      }
    }
    RC_ASSERT(all_of(rows) == model);
    RC_ASSERT(all_of(copy) == copied);
    RC_ASSERT(rows.size() == model.size());
    for (char letter = 'a'; letter < 'f'; ++letter) {
      std::vector<std::int64_t> expected;
      for (const auto& [id, word] : model) {
        if (word[0] == letter) expected.push_back(id);
      }
      std::vector<std::int64_t> found;
      for (const Pair* row : rows.look_up(Pair::Word, std::string(1, letter)))
        found.push_back(row->id);
      RC_ASSERT(found == expected);
    }
  }));
}

TEST_CASE("An id that was given once is never given again", "[base]") {
  Rows<Pair> rows;
  const std::int64_t first = rows.add({0, "a"});
  rows.erase(first);
  CHECK(rows.add({0, "b"}) == first + 1);
  rows.put({40, "c"});
  CHECK(rows.add({0, "d"}) == 41);
}

TEST_CASE("Numbers as keys are in the order of the numbers", "[base]") {
  CHECK(number_key(9) < number_key(10));
  CHECK(number_key(0) < number_key(1'772'438'400));
}
