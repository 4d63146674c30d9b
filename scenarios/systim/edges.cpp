#include "scenarios/systim/edges.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace atrapa::scenarios::systim {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// The base behind filler, 100 bytes long: the longest code an order line of the shop carries.
std::string longest(const std::string& base) { return base + std::string(100 - base.size(), 'x'); }

auto with(std::string before, std::string after) {
  return [before, after](const std::string& base) { return before + base + after; };
}

const auto kPlain = with("", "");

/// A code that is the same on both sides, byte for byte.
CodeEdge identical(std::string_view name, std::string before, std::string after) {
  return {name, with(before, after), with(before, after), true, true, true, true};
}

/// Codes that no reading takes for one.
CodeEdge different(std::string_view name, std::string erp_end, std::string shop_end) {
  return {name, with("", erp_end), with("", shop_end), false, false, false, false};
}

[[noreturn]] void unknown(std::string_view name, std::string_view reading) {
  throw std::logic_error("switch " + std::string(name) + " has no reading '" +
                         std::string(reading) + "'");
}

}  // namespace

const std::vector<CodeEdge>& code_edges() {
  static const std::vector<CodeEdge> edges = {
      identical("plain code", "", ""),
      {"trailing space in the shop", kPlain, with("", " "), false, false, true, false},
      {"trailing space in the ERP", with("", " "), kPlain, false, false, true, false},
      {"leading space in the shop", kPlain, with(" ", ""), false, false, true, false},
      {"leading space in the ERP", with(" ", ""), kPlain, false, false, true, false},
      {"lower case in the shop", kPlain, lower, false, false, false, true},
      {"lower case in the ERP", lower, kPlain, false, false, false, true},
      // A case fold may or may not compose first, so the page's reader cannot tell.
      {"ó composed in the ERP, decomposed in the shop", with("", "-\u00f3"), with("", "-o\u0301"),
       false, true, false, std::nullopt},
      {"ó decomposed in the ERP, composed in the shop", with("", "-o\u0301"), with("", "-\u00f3"),
       false, true, false, std::nullopt},
      different("double inner space in the shop", "-A B", "-A  B"),
      different("no-break space in the shop", "-A B", "-A\u00a0B"),
      // Folding may drop ignorable characters.
      {"zero-width space in the shop", with("", "-AB"), with("", "-A\u200bB"), false, false, false,
       std::nullopt},
      different("non-breaking hyphen in the shop", "-A", "\u2011A"),
      different("en dash in the shop", "-A", "\u2013A"),
      different("Cyrillic А in the shop", "-A", "-\u0410"),
      {"leading zeros in the ERP only", with("00", ""), kPlain, false, false, false, false},
      {"leading zeros in the shop only", kPlain, with("00", ""), false, false, false, false},
      {"last of 100 characters differs", [](const std::string& base) { return longest(base); },
       [](const std::string& base) {
         std::string code = longest(base);
         code.back() = 'y';
         return code;
       },
       false, false, false, false},
      {"one character longer in the shop", kPlain, with("", "1"), false, false, false, false},
      identical("identical, spaces inside", "", " A  B"),
      identical("identical, composed Polish letters", "", "-\u017c\u00f3\u0142w"),
      identical("identical, decomposed letter", "", "-o\u0301"),
      identical("identical, zero-width space", "", "-A\u200bB"),
      identical("identical, percent sign", "", "%20A"),
      identical("identical, ampersand", "", "&A=1"),
      identical("identical, plus sign", "", "+A"),
      identical("identical, double quote", "", "\"A"),
      identical("identical, apostrophe", "", "'A"),
      identical("identical, slash", "", "/A"),
      identical("identical, backslash", "", "\\A"),
      identical("identical, newline inside", "", "\nA"),
      identical("identical, leading zeros", "00", ""),
      {"identical, 100 characters", longest, longest, true, true, true, true},
  };
  return edges;
}

std::optional<bool> same_code(const CodeEdge& edge, std::string_view reading) {
  if (reading == "codepoint") return edge.codepoint;
  if (reading == "nfc") return edge.nfc;
  if (reading == "trim") return edge.trim;
  if (reading == "casefold") return edge.casefold;
  unknown("systim.code_equality", reading);
}

const std::vector<PriceEdge>& price_edges() {
  static const std::vector<PriceEdge> edges = {
      {"0.01", "0.01", true, true, true},
      {"0.00", "0.00", false, false, true},
      {"no gross price", std::nullopt, false, false, false},
      {"-0.01", "-0.01", false, false, false},
      {"0.004: 0.00 in whole grosze", "0.004", true, false, false},
      {"0.005: 0.01 in whole grosze", "0.005", true, true, false},
      {"99999.99", "99999.99", true, true, true},
  };
  return edges;
}

bool above_zero(const PriceEdge& edge, std::string_view reading) {
  if (reading == "as_stored") return edge.as_stored;
  if (reading == "after_grosz_rounding") return edge.after_grosz_rounding;
  unknown("systim.price_test", reading);
}

const std::vector<VatEdge>& vat_edges() {
  // Under `label` the texts themselves must be equal.
  static const std::vector<VatEdge> edges = {
      {"23 and 23%", "23", "23%", true, true, false},
      {"23 and 8%", "23", "8%", false, false, false},
      {"8 and 5%", "8", "5%", false, false, false},
      {"8 and 23%", "8", "23%", false, false, false},
      {"8 and 8%", "8", "8%", true, true, false},
      {"5 and 5%", "5", "5%", true, true, false},
      {"0 and 0%", "0", "0%", true, true, false},
      {"zw and zw.", "zw", "zw.", true, true, false},
      {"np and np.", "np", "np.", true, true, false},
      {"0 and zw.", "0", "zw.", false, true, false},
      {"0 and np.", "0", "np.", false, true, false},
      {"labels 0% and zw.", "0%", "zw.", false, true, false},
      {"zw and 0%", "zw", "0%", false, true, false},
      {"np and zw.", "np", "zw.", false, true, false},
      {"23.00 and 23%", "23.00", "23%", true, true, false},
      {"oo and zw.", "oo", "zw.", false, true, false},
      {"oo and np.", "oo", "np.", false, true, false},
      {"oo and 0%", "oo", "0%", false, true, false},
      // The page's codes know one np and one 0; what the ERP says beyond that no shop can show.
      {"np I and np.", "np I", "np.", true, true, false},
      {"np II and np.", "np II", "np.", true, true, false},
      {"np I and zw.", "np I", "zw.", false, true, false},
      {"np II and 0%", "np II", "0%", false, true, false},
      {"0 WDT and 0%", "0 WDT", "0%", true, true, false},
      {"0 EX and 0%", "0 EX", "0%", true, true, false},
      {"0 WDT and zw.", "0 WDT", "zw.", false, true, false},
      {"0 EX and np.", "0 EX", "np.", false, true, false},
      {"5 and 0%", "5", "0%", false, false, false},
      {"legacy 22 and 23%", "22", "23%", false, false, false},
      {"legacy 7 and 8%", "7", "8%", false, false, false},
      {"legacy 22 and 22%", "22", "22%", true, true, false},
      {"legacy 7 and 7%", "7", "7%", true, true, false},
      {"legacy 3 and 3%", "3", "3%", true, true, false},
      {"legacy 3 and 5%", "3", "5%", false, false, false},
      {"foreign 21 and 23%", "21", "23%", false, false, false},
      {"foreign 19 and 8%", "19", "8%", false, false, false},
      {"labels 23% and 23%", "23%", "23%", true, true, true},
      {"labels zw. and zw.", "zw.", "zw.", true, true, true},
  };
  return edges;
}

bool same_vat(const VatEdge& edge, std::string_view reading) {
  if (reading == "canonical_code") return edge.canonical_code;
  if (reading == "percent_only") return edge.percent_only;
  if (reading == "label") return edge.label;
  unknown("systim.vat_match", reading);
}

const std::vector<CategoryEdge>& category_edges() {
  static const std::vector<CategoryEdge> edges = {
      {"same path", {{"Obuwie", "Buty"}}, {{"Obuwie", "Buty"}}, "", true, true, true},
      {"other name", {{"Buty"}}, {{"Czapki"}}, "", false, false, false},
      {"trailing space in the shop", {{"Buty"}}, {{"Buty "}}, "", false, false, false},
      {"trailing space in the ERP", {{"Buty "}}, {{"Buty"}}, "", false, false, false},
      {"lower case in the shop", {{"Buty"}}, {{"buty"}}, "", false, false, false},
      {"no-break space in the shop",
       {{"Buty zimowe"}},
       {{"Buty\u00a0zimowe"}},
       "",
       false,
       false,
       false},
      {"decomposed ó in the shop", {{"G\u00f3ry"}}, {{"Go\u0301ry"}}, "", false, false, false},
      {"Polish letters on both sides",
       {{"Odzie\u017c", "\u0141\u00f3d\u017a"}},
       {{"Odzie\u017c", "\u0141\u00f3d\u017a"}},
       "",
       true,
       true,
       true},
      {"same name under another parent",
       {{"Obuwie", "Buty"}},
       {{"Wyprzeda\u017c", "Buty"}},
       "",
       true,
       true,
       false},
      {"same name, other depth", {{"Obuwie", "Buty"}}, {{"Buty"}}, "", true, true, false},
      {"parent's name equals the ERP's",
       {{"Obuwie"}},
       {{"Obuwie", "Buty"}},
       "",
       false,
       false,
       false},
      // Whether `path` takes a path spelt out in one name is not said.
      {"the ERP's name spells the shop's path",
       {{"Obuwie > Buty"}},
       {{"Obuwie", "Buty"}},
       "",
       false,
       false,
       std::nullopt},
      // Whether `path` looks at further categories is not said.
      {"the shop's second category is equal",
       {{"Buty"}},
       {{"Nowo\u015bci"}, {"Buty"}},
       "",
       true,
       false,
       std::nullopt},
      {"the ERP's second category is equal",
       {{"Nowo\u015bci"}, {"Buty"}},
       {{"Buty"}},
       "",
       true,
       false,
       std::nullopt},
      {"only the English name is equal", {{"Shoes"}}, {{"Buty"}}, "Shoes", false, false, false},
      {"no Polish name, equal English name", {{"Shoes"}}, {{""}}, "Shoes", false, false, false},
  };
  return edges;
}

std::optional<bool> same_category(const CategoryEdge& edge, std::string_view reading) {
  if (reading == "leaf_any") return edge.leaf_any;
  if (reading == "leaf_main") return edge.leaf_main;
  if (reading == "path") return edge.path;
  unknown("systim.category_match", reading);
}

const std::vector<StockEdge>& stock_edges() {
  static const std::vector<StockEdge> edges = {
      {"1", "1", true, true},           {"0", "0", true, false},
      {"-1", "-1", true, false},        {"0.5", "0.5", false, false},
      {"0.999", "0.999", false, false}, {"0.999999", "0.999999", false, false},
      {"1.0", "1.0", true, true},       {"1.001", "1.001", false, true},
      {"1.5", "1.5", false, true},      {"1000000", "1000000", true, true},
      {"not set", "", true, false},
  };
  return edges;
}

}  // namespace atrapa::scenarios::systim
