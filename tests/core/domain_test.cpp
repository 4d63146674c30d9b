#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/domain/decimal.hpp"
#include "core/domain/money.hpp"
#include "core/domain/text_match.hpp"
#include "core/domain/vat_code.hpp"

using namespace atrapa::core;

namespace {

void holds(const std::string& what, const std::function<void()>& property) {
  const auto testable = [property] { property(); };
  CHECK(rc::check(what, testable));
}

__extension__ using Wide = __int128;

}  // namespace

TEST_CASE("Bytes that are not UTF-8 are found wherever they stand", "[text]") {
  const std::string ascii(40, 'a');
  CHECK(is_utf8(""));
  CHECK(is_utf8(ascii));
  for (std::size_t at = 0; at <= ascii.size(); ++at) {
    INFO(at);
    CHECK(is_utf8(std::string(ascii).insert(at, "ż")));
    CHECK(is_utf8(std::string(ascii).insert(at, "\U0001F980")));
    for (const char* wrong : {"\xFF", "\xC5", "\xC0\xAF", "\xED\xA0\x80", "\x80"}) {
      CHECK_FALSE(is_utf8(std::string(ascii).insert(at, wrong)));
    }
  }
}

TEST_CASE("A decimal is read exactly, and what is none is refused with the reason", "[decimal]") {
  CHECK(*parse_decimal("290.00", 4) == 2'900'000);
  CHECK(*parse_decimal("-0.01", 2) == -1);
  CHECK(*parse_decimal("0.0049", 4) == 49);
  CHECK(*parse_decimal("007", 2) == 700);
  CHECK(*parse_decimal("1.50000", 2) == 150);
  CHECK(*parse_decimal("999999999999.99", 2) == 99'999'999'999'999);
  for (const char* text : {"", " 1", "1 ", "+1", "1,5", ".5", "1.", "-", "1e3", "0x1", "1.2.3",
                           "abc", "--1", "1.005", "1000000000000", "\xC2\xA0"}) {
    INFO(text);
    CHECK_FALSE(parse_decimal(text, 2).ok());
  }
  CHECK(parse_decimal("0,01", 2).error().find("comma") != std::string::npos);
  CHECK(parse_decimal("1.005", 2).error().find("2 decimal places") != std::string::npos);
  CHECK(parse_decimal(std::string(5000, '9'), 2).error().size() < 200);
}

TEST_CASE("What was formatted reads back as the same value", "[decimal]") {
  holds("format and parse", [] {
    const auto value = *rc::gen::inRange<std::int64_t>(-999'999'999'999, 999'999'999'999);
    const int decimals = *rc::gen::inRange(0, 7);
    const int least = *rc::gen::inRange(0, decimals + 1);
    const auto back = parse_decimal(format_decimal(value, decimals, least), decimals);
    RC_ASSERT(back.ok());
    RC_ASSERT(*back == value);
  });
  CHECK(format_decimal(15000, 4, 2) == "1.50");
  CHECK(format_decimal(15001, 4, 2) == "1.5001");
  CHECK(format_decimal(-5, 2, 2) == "-0.05");
  CHECK(format_decimal(std::numeric_limits<std::int64_t>::min(), 2, 2) == "-92233720368547758.08");
}

TEST_CASE("Half a grosz and above goes up, below goes down, corrections mirror it", "[money]") {
  CHECK(round_half_up(Price{50}) == Money{1});
  CHECK(round_half_up(Price{49}) == Money{0});
  CHECK(round_half_up(Price{150}) == Money{2});
  CHECK(round_half_up(Price{10050}) == Money{101});
  CHECK(round_half_up(Price{-10050}) == Money{-101});
  holds("the nearest grosz", [] {
    const Price price{*rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000)};
    const auto error = round_half_up(price).grosze * 100 - price.units;
    RC_ASSERT(2 * std::abs(error) <= 100);
    RC_ASSERT(round_half_up(Price{-price.units}).grosze == -round_half_up(price).grosze);
  });
}

TEST_CASE("A line's value is price times quantity less the discount, rounded once", "[money]") {
  CHECK(*line_value(Price{99'900}, Quantity{3'000'000}) == Money{2997});
  CHECK(*line_value(Price{3'330}, Quantity{3'000'000}) == Money{100});  // 0.333 x 3
  CHECK(*line_value(Price{10'000}, Quantity{1'000'000}, Percent{125'000}) == Money{88});  // 0.875
  CHECK(*line_value(Price{10'050}, kOnePiece) == Money{101});
  CHECK_FALSE(line_value(Price{10'000}, kOnePiece, Percent{1'000'001}).ok());
  CHECK_FALSE(line_value(Price{10'000}, kOnePiece, Percent{-1}).ok());
  holds("the error is at most half a grosz", [] {
    const auto price = *rc::gen::inRange<std::int64_t>(-100'000'000, 100'000'000);
    const auto quantity = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
    const auto discount = *rc::gen::inRange<std::int64_t>(0, 1'000'001);
    const auto value = line_value(Price{price}, Quantity{quantity}, Percent{discount});
    RC_ASSERT(value.ok());
    const Wide exact = Wide{price} * quantity * (1'000'000 - discount);
    const Wide error = Wide{value->grosze} * 100'000'000'000'000 - exact;
    RC_ASSERT(2 * (error < 0 ? -error : error) <= Wide{100'000'000'000'000});
  });
}

TEST_CASE("Amounts beyond what can be kept are refused, never wrapped", "[money]") {
  const auto most = parse_price("999999999999.9999");
  const auto pieces = parse_quantity("999999999999.999999");
  CHECK_FALSE(line_value(*most, *pieces).ok());
  const Money large{std::numeric_limits<std::int64_t>::max()};
  CHECK_FALSE(sum(std::vector{large, Money{1}}).ok());
  CHECK_THROWS_AS(large + Money{1}, std::overflow_error);
  CHECK(*sum(std::vector{Money{1}, Money{2}}) == Money{3});
}

TEST_CASE("Splitting a gross price loses no grosz", "[money]") {
  holds("VAT is the nearest grosz", [] {
    const Money gross{*rc::gen::inRange<std::int64_t>(-100'000'00, 100'000'00)};
    const auto rate = *rc::gen::element<std::int64_t>(0, 5, 8, 23);
    const Money tax = vat_in_gross(gross, Percent{rate * 10'000});
    const auto error = tax.grosze * (100 + rate) - gross.grosze * rate;
    RC_ASSERT(2 * std::abs(error) <= 100 + rate);
  });
}

TEST_CASE("A tax code is known by all its usual spellings", "[vat]") {
  using Kind = VatCode::Kind;
  const std::vector<std::pair<const char*, Kind>> spellings{
      {"23", Kind::Rate23},        {"23%", Kind::Rate23},        {"23.00", Kind::Rate23},
      {" 23 % ", Kind::Rate23},    {"8%", Kind::Rate8},          {"7", Kind::Rate7},
      {"0", Kind::Zero},           {"0%", Kind::Zero},           {"zw", Kind::Exempt},
      {"zw.", Kind::Exempt},       {"ZW", Kind::Exempt},         {"np.", Kind::OutOfScope},
      {"np", Kind::OutOfScope},    {"NP_I", Kind::OutOfScopeI},  {"np II", Kind::OutOfScopeII},
      {"oo", Kind::ReverseCharge}, {"0 WDT", Kind::ZeroIntraEu}, {"0_EX", Kind::ZeroExport},
      {"0 KR", Kind::ZeroDomestic}};
  for (const auto& [text, kind] : spellings) {
    INFO(text);
    REQUIRE(parse_vat(text).has_value());
    CHECK(parse_vat(text)->kind == kind);
  }
  CHECK(parse_vat("19% DE") == VatCode{Kind::Foreign, Percent{190'000}, "DE"});
  CHECK(parse_vat("DE 19") == parse_vat("19 de"));
  CHECK(parse_vat("21")->kind == Kind::Foreign);
  for (const char* text : {"", "0.23", "zwolniony", "23,00", "-23", "123", "23 24", "%", "?"}) {
    INFO(text);
    CHECK_FALSE(parse_vat(text).has_value());
  }
}

TEST_CASE("Zero, zw, np and oo are never the same code", "[vat]") {
  const std::vector<std::string> groups{"0", "zw", "np", "oo"};
  for (const auto& a : groups) {
    for (const auto& b : groups) {
      CHECK((comparable(*parse_vat(a)) == comparable(*parse_vat(b))) == (a == b));
    }
  }
  CHECK(comparable(*parse_vat("0 WDT")) == *parse_vat("0"));
  CHECK(comparable(*parse_vat("np I")) == *parse_vat("np."));
  CHECK_FALSE(comparable(*parse_vat("19 DE")) == comparable(*parse_vat("19 FR")));
}

TEST_CASE("Every code reads back from its own text", "[vat]") {
  for (const char* text : {"23", "22", "8", "7", "5", "4", "3", "0", "0 KR", "0 WDT", "0 EX", "zw",
                           "oo", "np", "np I", "np II", "19 DE", "21"}) {
    CHECK(to_text(*parse_vat(text)) == text);
  }
}

TEST_CASE("A shop's rate is its name; a value of 0 says nothing and a contradiction is no rate",
          "[vat]") {
  CHECK(shop_vat("zw.", "zw.", "0") == parse_vat("zw"));
  CHECK(shop_vat("Stawka podstawowa", "", "23") == parse_vat("23"));
  CHECK(shop_vat("Stawka", "8%", "8") == parse_vat("8"));
  CHECK_FALSE(shop_vat("Stawka zerowa", "", "0").has_value());
  CHECK_FALSE(shop_vat("23%", "23%", "8").has_value());
}

TEST_CASE("Texts are equal only as the named policy says", "[text]") {
  const std::string composed = "\xC3\xB3", decomposed = "o\xCC\x81", nbsp = "\xC2\xA0";
  const auto equal = [](const std::string& a, const std::string& b, TextMatch match) {
    return match_key(a, match) == match_key(b, match);
  };
  CHECK_FALSE(equal(composed, decomposed, TextMatch::Codepoint));
  CHECK(equal(composed, decomposed, TextMatch::Nfc));
  CHECK_FALSE(equal("A ", "A", TextMatch::Nfc));
  CHECK(equal(" A" + nbsp, "A", TextMatch::Trim));
  CHECK_FALSE(equal("A  B", "A B", TextMatch::Trim));
  CHECK_FALSE(equal("a", "A", TextMatch::Trim));
  CHECK(equal("BUT-Ł", "but-ł", TextMatch::Casefold));
  CHECK_FALSE(
      equal("A\xE2\x80\x8B", "A", TextMatch::Trim));  // A zero-width space is no white space.
  CHECK_FALSE(equal("A", "\xD0\x90", TextMatch::Casefold));  // Latin and Cyrillic.
  CHECK(match_key("\xFF bytes", TextMatch::Casefold) == "\xFF bytes");
  CHECK(is_blank(" \t" + nbsp));
  CHECK_FALSE(is_blank(" 0 "));
  CHECK(is_blank(""));
}

TEST_CASE("A codepoint key is the text itself, whatever its bytes", "[text]") {
  holds("bytes stay", [] {
    const auto text = *rc::gen::string<std::string>();
    RC_ASSERT(match_key(text, TextMatch::Codepoint) == text);
  });
}
