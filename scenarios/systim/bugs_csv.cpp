#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/domain/product_csv.hpp"
#include "core/domain/vat_code.hpp"
#include "scenarios/systim/bugs.hpp"

namespace atrapa::scenarios::systim {
namespace {

using core::CsvForm;
using Products = std::span<const core::ErpProduct>;

/// The right file of products that were spoilt before.
template <typename Spoil>
auto spoilt(Spoil spoil) {
  return [spoil](Products products, const CsvForm& form) {
    std::vector<core::ErpProduct> copies(products.begin(), products.end());
    spoil(copies);
    return core::write_products_csv(copies, form);
  };
}

void without_codeless(std::vector<core::ErpProduct>& products) {
  std::erase_if(products, [](const core::ErpProduct& product) {
    return !product.code || product.code->empty();
  });
}

/// As many as a page of a list shows.
void first_fifty_products(std::vector<core::ErpProduct>& products) {
  products.resize(std::min<std::size_t>(products.size(), 50));
}

void without_unsellable(std::vector<core::ErpProduct>& products) {
  std::erase_if(products, [](const core::ErpProduct& product) {
    return !product.gross_price || product.categories.empty();
  });
}

void one_line_names(std::vector<core::ErpProduct>& products) {
  for (core::ErpProduct& product : products) {
    std::replace(product.name.begin(), product.name.end(), '\n', ' ');
  }
}

void net_prices(std::vector<core::ErpProduct>& products) {
  for (core::ErpProduct& product : products) {
    const auto vat = product.vat ? core::parse_vat(*product.vat) : std::nullopt;
    if (!vat || !product.gross_price || !product.gross_price->value) continue;
    const core::Money gross = core::round_half_up(*product.gross_price->value);
    product.gross_price =
        core::read_price(to_text(gross - core::vat_in_gross(gross, core::rate_of(*vat))));
  }
}

void rates_as_numbers(std::vector<core::ErpProduct>& products) {
  for (core::ErpProduct& product : products) {
    const auto vat = product.vat ? core::parse_vat(*product.vat) : std::nullopt;
    if (vat) product.vat = to_text(core::rate_of(*vat));
  }
}

/// Quotes within values stand as they are.
std::string lone_quotes(Products products, const CsvForm& form) {
  std::string file = core::write_products_csv(products, form);
  for (std::size_t at = 0; (at = file.find("\"\"", at)) != file.npos; ++at) {
    const bool empty = at == 0 || file[at - 1] == ';' || file[at - 1] == '\n';
    if (!empty) file.erase(at, 1);
  }
  return file;
}

/// Letters as a typewriter of another country has them.
void without_accents(std::vector<core::ErpProduct>& products) {
  static constexpr std::array<std::pair<std::string_view, char>, 9> kLetters{{
      {"ą", 'a'},
      {"ć", 'c'},
      {"ę", 'e'},
      {"ł", 'l'},
      {"ń", 'n'},
      {"ó", 'o'},
      {"ś", 's'},
      {"ź", 'z'},
      {"ż", 'z'},
  }};
  for (core::ErpProduct& product : products) {
    for (const auto& [letter, plain] : kLetters) {
      for (std::size_t at = 0; (at = product.name.find(letter, at)) != std::string::npos; ++at) {
        product.name.replace(at, letter.size(), 1, plain);
      }
    }
  }
}

}  // namespace

std::vector<Bug> csv_bugs() {
  return {
      {"exports-no-codeless",
       "Leaves products without a code out of the exported file.",
       {"SYSTIM-CSV-01"},
       [](core::Parts& parts) { parts.write_csv = spoilt(without_codeless); }},
      {"exports-what-can-be-sold",
       "Leaves products without a price or a category out of the exported file.",
       {"SYSTIM-CSV-01"},
       [](core::Parts& parts) { parts.write_csv = spoilt(without_unsellable); }},
      {"exports-first-page",
       "Exports the first 50 products only.",
       {"SYSTIM-CSV-01"},
       [](core::Parts& parts) { parts.write_csv = spoilt(first_fifty_products); }},
      {"exports-lone-quotes",
       "Does not double the quotes within a quoted value of the exported file.",
       {"SYSTIM-CSV-01", "SYSTIM-CSV-02"},
       [](core::Parts& parts) { parts.write_csv = lone_quotes; }},
      {"exports-names-in-one-line",
       "Makes spaces of the line breaks within names.",
       {"SYSTIM-CSV-01", "SYSTIM-CSV-02"},
       [](core::Parts& parts) { parts.write_csv = spoilt(one_line_names); }},
      {"exports-without-accents",
       "Writes names in the exported file without the accents of their Polish letters.",
       {"SYSTIM-CSV-01", "SYSTIM-CSV-02"},
       [](core::Parts& parts) { parts.write_csv = spoilt(without_accents); }},
      {"exports-net-prices",
       "Exports net prices where the shop takes gross ones.",
       {"SYSTIM-CSV-02"},
       [](core::Parts& parts) { parts.write_csv = spoilt(net_prices); }},
      {"exports-rates-as-numbers",
       "Exports the percentage of a VAT rate, so that zw and np become 0.",
       {"SYSTIM-CSV-02"},
       [](core::Parts& parts) { parts.write_csv = spoilt(rates_as_numbers); }},
  };
}

}  // namespace atrapa::scenarios::systim
