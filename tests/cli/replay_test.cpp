#include <catch2/catch.hpp>

#include "tests/cli/lines.hpp"
#include "tests/cli/process.hpp"

using namespace atrapa::tests;

namespace {

/// The replay file of a planted bug, and what replay makes of it when it was edited by hand.
class EditedReplay {
 public:
  EditedReplay() {
    const Ended ended = run_atrapa({"check", "SYSTIM-STOCK-04", "--subject", "core:trims-codes",
                                    "--out", directory_.path().string()});
    REQUIRE(ended.code == 1);
    text_ = read_text(directory_ / "SYSTIM-STOCK-04.core-trims-codes.json");
  }

  template <typename Edit>
  Ended after(Edit edit) {
    Json json = Json::parse(text_);
    edit(json);
    write_text(directory_ / "edited.json", json.dump(2));
    return run_atrapa({"replay", directory_ / "edited.json"});
  }

 private:
  TemporaryDirectory directory_;
  std::string text_;
};

void rename_member(Json& object, const std::string& from, const std::string& to) {
  object[to] = object.at(from);
  object.erase(from);
}

}  // namespace

TEST_CASE("A replay file whose input no longer fits its rule is refused with the place", "[cli]") {
  EditedReplay replay;
  CHECK(replay.after([](Json&) {}).code == 1);

  const auto told = [&](const auto& edit) {
    const Ended ended = replay.after(edit);
    INFO(ended.out << ended.err);
    CHECK(ended.code == 2);
    CHECK(ended.err.find("edited.json: /") != std::string::npos);
    CHECK(ended.err.find("json.exception") == std::string::npos);
    return ended.err;
  };
  using Catch::Contains;
  CHECK_THAT(
      told([](Json& json) { rename_member(json["input"]["pairs"][0], "erp", "erpp"); }),
      Contains("/input/pairs/0/erpp: does not fit rule SYSTIM-STOCK-04: it reads no such member") &&
          Contains("erp, shop"));
  CHECK_THAT(told([](Json& json) { json["input"]["pairs"][0]["erp"]["codee"] = "A"; }),
             Contains("/input/pairs/0/erp/codee: ") && Contains("gross_price"));
  CHECK_THAT(told([](Json& json) { json["input"]["pairs"][0]["erp"]["stock"] = 5; }),
             Contains("/input/pairs/0/erp/stock: ") && Contains("text"));
  CHECK_THAT(told([](Json& json) { json["input"]["pairs"][0]["shop"]["tax"] = 5; }),
             Contains("/input/pairs/0/shop/tax: ") && Contains("expected a text, found a number"));
  CHECK_THAT(told([](Json& json) { json["input"]["pairs"][0].erase("fate"); }),
             Contains("/input/pairs") && Contains("'fate' is missing"));
  CHECK_THAT(told([](Json& json) { json["inputs"] = 1; }), Contains("/inputs: no such member"));
}

TEST_CASE("A member that a replay file may leave out may stand in it with its usual value",
          "[cli]") {
  EditedReplay replay;
  const Ended ended =
      replay.after([](Json& json) { json["input"]["pairs"][0]["same_id"] = false; });
  INFO(ended.out << ended.err);
  CHECK(ended.code == 1);
}
