#include "core/policy/e_invoice.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace atrapa::core {

namespace {

using Kind = VatCode::Kind;

constexpr std::string_view kHome = "PL";
/// The other member states; Greece under both of its codes.
constexpr std::array<std::string_view, 27> kUnion{
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GR", "HR",
    "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT", "RO", "SE", "SI", "SK"};

bool in_union(std::string_view country) {
  return std::find(kUnion.begin(), kUnion.end(), country) != kUnion.end();
}

std::string kind_of_zero(const SaleFacts& sale) {
  if (sale.destination.empty() || sale.destination == kHome) return "0 KR";
  if (!in_union(sale.destination)) return "0 EX";
  return in_union(std::string_view(sale.buyer_number).substr(0, 2)) ? "0 WDT" : "";
}

}  // namespace

std::string e_invoice_rate(const VatCode& code, const SaleFacts& sale) {
  switch (code.kind) {
    case Kind::Zero: return kind_of_zero(sale);
    case Kind::OutOfScope: return to_text(VatCode{.kind = Kind::OutOfScopeI});
    case Kind::Foreign: return "";
    case Kind::Rate23:
    case Kind::Rate22:
    case Kind::Rate8:
    case Kind::Rate7:
    case Kind::Rate5:
    case Kind::Rate4:
    case Kind::Rate3:
    case Kind::ZeroDomestic:
    case Kind::ZeroIntraEu:
    case Kind::ZeroExport:
    case Kind::Exempt:
    case Kind::ReverseCharge:
    case Kind::OutOfScopeI:
    case Kind::OutOfScopeII: break;
  }
  return to_text(code);
}

SaleFacts sale_of(const ErpOrder& order, const std::string& buyer_number) {
  const std::string& to = order.recipient.country;
  return {.destination = to.empty() ? order.buyer.country : to, .buyer_number = buyer_number};
}

}  // namespace atrapa::core
