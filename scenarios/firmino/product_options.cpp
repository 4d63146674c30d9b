#include <fmt/format.h>

#include <array>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// What of a pair is written to Base as the options say: names and pictures.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

const char* const kImages[] = {"https://example.com/1.jpg", "https://example.com/2.jpg",
                               "https://example.com/3.jpg", "https://example.com/4.jpg"};

Json images(int from, int count) {
  Json list = Json::array();
  for (int i = 0; i < count; ++i) {
    list.push_back(i < 4 ? std::string(kImages[(from + i) % 4])
                         : fmt::format("https://example.com/more-{}.jpg", i));
  }
  return list;
}

/// A linked pair is saved in the ERP with other values while an option is on or off.
void judge_option(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  const std::string option = story.setup.at("option").get<std::string>();
  for (const Record& record : story.records) office.put_card(record.given.at("card"));
  std::vector<std::int64_t> ids;
  for (const Record& record : story.records) {
    ids.push_back(office.base().plant_product(record.given.at("product")));
  }
  office.connect(source_settings({{option, story.setup.at("on")}}));
  office.tick();
  // What the option overwrites at the first run, when pairs are made, is not judged: the merchant
  // sets Base's own values afterwards.
  for (std::size_t i = 0; i < ids.size(); ++i) {
    office.base().edit_product(ids[i], story.records[i].given.at("own"));
  }
  std::vector<Json> before;
  for (const std::int64_t id : ids) before.push_back(view_of(*office.base().product(id)));
  if (story.setup.contains("flipped")) office.configure({{option, story.setup.at("flipped")}});
  for (const Record& record : story.records) {
    office.put_card(over_card(record.given.at("card"), record.given.at("changes")));
  }
  office.tick();
  office.tick();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Record& record = story.records[i];
    const mocks::base::Product* now = office.base().product(ids[i]);
    judgement.expect(now != nullptr, record.what + ": its product in Base", "there", "gone");
    if (now == nullptr) continue;
    Json expected = record.expected;
    if (expected.contains("kept")) {
      const std::string member = expected.at("kept").get<std::string>();
      expected = {{"price", expected.at("price")}, {member, before[i].at(member)}};
    }
    expect_view(judgement, record.what + ": in Base", expected, view_of(*now));
    if (!record.given.contains("foreign_name")) continue;
    judgement.expect_equal(record.what + ": its English name in Base",
                           record.given.at("foreign_name").get<std::string>(),
                           now->text_fields.at("name|en"));
  }
  judgement.expect_equal("products in Base", ids.size(), office.base().products().size());
}

/// On, off, switched on since, switched off since.
struct OptionState {
  bool first, last;
};
constexpr std::array kOptionStates{OptionState{false, false}, OptionState{true, true},
                                   OptionState{false, true}, OptionState{true, false}};

Story option_story(const char* option, const OptionState& state) {
  Story story{.setup = {{"option", option}, {"on", state.first}}, .records = {}};
  if (state.first != state.last) story.setup["flipped"] = state.last;
  return story;
}

Rule name_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-PROD-06",
       .shape = [](const SwitchValues&) { return Shape{.edges = 4, .a = 4, .most = 5}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             const OptionState& state = chosen(kOptionStates, genes.front().a);
             Story story = option_story("update_name", state);
             for (std::size_t i = 0; i < genes.size(); ++i) {
               const std::string name = fmt::format("Kubek {}", i), code = fmt::format("KUB-{}", i);
               const std::string mine = fmt::format("Kubek w Base {}", i);
               std::string renamed = fmt::format("Kubek biały {}", i);
               Record record{.what = "renamed in the ERP",
                             .given = {{"card", card_json(fmt::format("K{}", i), name, code)},
                                       {"product", product_json(name, code)},
                                       {"own", {{"text_fields", {{"name", mine}}}}}}};
               if (genes[i].edge == 1) {
                 record.what = "renamed by a space";
                 renamed = mine + " ";
                 record.given["own"]["text_fields"]["name"] = mine;
               } else if (genes[i].edge == 2) {
                 record.what = "not renamed, another price";
                 renamed = name;
               } else if (genes[i].edge == 3) {
                 record.what = "renamed, with an English name in Base";
                 record.given["product"]["text_fields"]["name|en"] = "Mug";
                 if (!state.last && !state.first) record.given["foreign_name"] = "Mug";
               }
               record.given["changes"] = {{"name", renamed}, {"gross_price", "33.00"}};
               record.expected = {{"price", "33"}};
               if (state.last) {
                 record.expected["name"] = renamed;
               } else {
                 record.expected["kept"] = "name";
               }
               story.records.push_back(std::move(record));
             }
             return story;
           },
       .oracle = judge_option});
}

Rule image_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-PROD-07",
       .shape = [](const SwitchValues&) { return Shape{.edges = 5, .a = 4, .most = 5}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             const OptionState& state = chosen(kOptionStates, genes.front().a);
             Story story = option_story("overwrite_images", state);
             for (std::size_t i = 0; i < genes.size(); ++i) {
               const std::string name = fmt::format("Kubek {}", i), code = fmt::format("KUB-{}", i);
               const int edge = genes[i].edge;
               Json card = card_json(fmt::format("K{}", i), name, code);
               card["images"] = images(0, edge == 1 ? 3 : 1);
               Json after = edge == 1   ? images(0, 2)   // One deleted.
                            : edge == 2 ? images(0, 16)  // As many as Base takes.
                            : edge == 3 ? images(0, 0)
                            : edge == 4 ? images(1, 3)
                                        : images(1, 1);
               static constexpr std::array kWhats{"another picture", "a picture deleted",
                                                  "16 pictures", "no pictures in the ERP",
                                                  "three pictures for one"};
               Json own = {{"0", "url:https://example.com/own-1.jpg"},
                           {"1", "url:https://example.com/own-2.jpg"}};
               Record record{.what = chosen(kWhats, edge),
                             .given = {{"card", card},
                                       {"product", product_json(name, code)},
                                       {"own", {{"images", own}}},
                                       {"changes", {{"images", after}, {"gross_price", "33.00"}}}},
                             .expected = {{"price", "33"}}};
               if (!state.last) {
                 record.expected["kept"] = "images";
               } else if (edge != 3) {  // Whether Base's are wiped then is not said.
                 record.expected["images"] = after;
               }
               story.records.push_back(std::move(record));
             }
             return story;
           },
       .oracle = judge_option});
}

}  // namespace

std::vector<Rule> product_option_rules() { return {name_rule(), image_rule()}; }

}  // namespace atrapa::scenarios::firmino
