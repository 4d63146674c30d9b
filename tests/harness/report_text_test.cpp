#include <catch2/catch.hpp>

#include "harness/report/readable.hpp"
#include "harness/report/text.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::report;

TEST_CASE("Width is counted in code points, combining marks not", "[report]") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("Zażółć gęślą jaźń") == 17);
  CHECK(display_width("e\xCC\x81") == 1);           // e and a combining acute
  CHECK(display_width("\xF0\x9F\x93\xA6 x") == 3);  // an emoji counts as one code point
  CHECK(display_width("\xFF\xFE") == 2);            // bytes that are not UTF-8
}

TEST_CASE("Foreign bytes come out visible and harmless", "[report]") {
  CHECK(printable("zwykły tekst") == "zwykły tekst");
  CHECK(printable("a\nb\tc\r") == "a\\nb\\tc\\r");
  CHECK(printable("\x1b[31mred") == "\\x1b[31mred");
  CHECK(printable(std::string("a\0b", 3)) == "a\\x00b");
  CHECK(printable("\xC3") == "\\xc3");                    // cut in the middle of a letter
  CHECK(printable("\xC0\x80") == "\\xc0\\x80");           // overlong
  CHECK(printable("\xED\xA0\x80") == "\\xed\\xa0\\x80");  // a surrogate
  CHECK(printable("\xE2\x80\xAE") == "\\u202e");          // right-to-left override
  CHECK(printable("\xC2\x85") == "\\x85");                // a C1 control character
}

TEST_CASE("A text that does not fit is cut at a code point and says so", "[report]") {
  CHECK(shorten("żółw", 4) == "żółw");
  CHECK(shorten("żółwie", 4) == "żół…");
  CHECK(shorten("ab cd", 4) == "ab…");
  CHECK(shorten("abc", 0).empty());
  CHECK(shorten("abc", 1) == "…");
}

TEST_CASE("Text is broken at spaces, and a long word is not torn", "[report]") {
  CHECK(wrap("jeden dwa trzy", 9) == std::vector<std::string>{"jeden dwa", "trzy"});
  CHECK(wrap("nieporozumienie a", 5) == std::vector<std::string>{"nieporozumienie", "a"});
  CHECK(wrap("", 5) == std::vector<std::string>{""});
  CHECK(paragraph("ab cd", 2, 80) == "  ab cd\n");
}

TEST_CASE("Counts read like a sentence", "[report]") {
  CHECK(counted(0, "case", "cases") == "0 cases");
  CHECK(counted(1, "case", "cases") == "1 case");
  CHECK(counted(999, "case", "cases") == "999 cases");
  CHECK(counted(1000, "case", "cases") == "1,000 cases");
  CHECK(counted(1234567, "case", "cases") == "1,234,567 cases");
}

TEST_CASE("A table lines its columns up whatever the letters", "[report]") {
  atrapa::harness::report::Table table(
      {"kod", "szt.", "nazwa"},
      {atrapa::harness::report::Table::Align::Left, atrapa::harness::report::Table::Align::Right});
  table.add({"żółć", "7", "Kubek"});
  table.add({"a", "1234", "Bardzo długa nazwa, która nie mieści się w wierszu"});
  CHECK(table.render({.colour = false, .width = 40}) ==
        "kod   szt.  nazwa\n"
        "żółć     7  Kubek\n"
        "a     1234  Bardzo długa nazwa, która n…\n");
}

TEST_CASE("Colours appear only where they are wanted", "[report]") {
  CHECK(Style{.colour = false}.bad("x") == "x");
  CHECK(Style{.colour = true}.bad("x") == "\x1b[1;31mx\x1b[0m");
}

TEST_CASE("A small case stands on one line, a large one is indented", "[report]") {
  const Json small = {{"code", "KUB-1 "}, {"stock", "3"}};
  CHECK(readable(small, 2, 80) == "  {code: \"KUB-1 \", stock: \"3\"}\n");

  const Json large = {{"pairs", {{{"code", "KUB-1"}, {"name", "Kubek w kropki"}}, {{"code", "b"}}}},
                      {"none", Json::array()}};
  CHECK(readable(large, 2, 50) ==
        "  pairs:\n"
        "    - {code: \"KUB-1\", name: \"Kubek w kropki\"}\n"
        "    - {code: \"b\"}\n"
        "  none: []\n");
  CHECK(readable(large, 2, 30) ==
        "  pairs:\n"
        "    - code: \"KUB-1\"\n"
        "      name: \"Kubek w kropki\"\n"
        "    - {code: \"b\"}\n"
        "  none: []\n");
}

TEST_CASE("Bytes that are not text do not break a report", "[report]") {
  const Json broken = {{"name", "\xFF\x1b[2J"}};
  const std::string text = readable(broken, 0, 80);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(printable(text.substr(0, text.size() - 1)) == text.substr(0, text.size() - 1));
}
