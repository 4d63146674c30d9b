#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/cli/up_process.hpp"

using namespace atrapa::tests;

namespace {

/// The lines of the README's tour that begin like this one of the program's.
void readme_shows(const std::string& line) {
  static const std::string readme =
      read_text(std::filesystem::path(ATRAPA_SOURCE_DIR) / "README.md");
  INFO(line);
  CHECK(readme.find("\n" + line + "\n") != std::string::npos);
}

}  // namespace

TEST_CASE("The README's tour of a sync prints what the README shows", "[cli][readme]") {
  const TemporaryDirectory directory;
  Up up({}, "shoper");
  const auto act = [&](const std::string& operation, const std::string& body) {
    const auto answer =
        up.gateway()->Post("/_atrapa/shoper/" + operation, body, "application/json");
    REQUIRE(answer);
    CHECK(answer->status == 200);
  };
  act("place-order", R"({"customer": 1, "lines": [{"product": 101, "quantity": 2}]})");
  act("rename-category", R"({"category": 11, "name": "Miody"})");

  write_text(directory / "sync.json", Json{{"integration", "systim-shoper"},
                                           {"shop",
                                            {{"url", up.said["platforms"]["shoper"]["url"]},
                                             {"login", "demo"},
                                             {"password", "demo-password"}}}}
                                          .dump());
  write_text(directory / "demo.json", run_atrapa({"world", "show", "demo", "--json"}).out);
  const auto sync = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"sync",      "systim-shoper", "--config",
                                   "sync.json", "--ledger",      "books.db"};
    words.insert(words.end(), more.begin(), more.end());
    const Ended ended = run_atrapa(words, directory.path());
    INFO(ended.out << ended.err);
    CHECK(ended.code == 0);
    return ended.out;
  };

  std::istringstream said(sync({"--products", "demo.json", "--since", "2026-02-01", "all"}));
  std::string line;
  for (int shown = 0; shown < 6; ++shown) {
    REQUIRE(std::getline(said, line));
    readme_shows(line);
  }
  CHECK(sync({"products"}).find("products: 5 added") != std::string::npos);
  CHECK(sync({"csv", "--out", "all.csv"}) == "all.csv: 48 products\n");
}
