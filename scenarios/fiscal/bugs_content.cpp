#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/policy/nip.hpp"
#include "core/policy/totals.hpp"
#include "core/sync/base_orders.hpp"
#include "scenarios/fiscal/families.hpp"
#include "scenarios/fiscal/spoilt.hpp"

// Wrong in what stands on a document.

namespace atrapa::scenarios::fiscal {
namespace {

using core::ErpOrderLine;
using core::Money;
using core::NipPolicy;
using core::VatRounding;
using core::VatSummary;
using Lines = std::span<const ErpOrderLine>;

// Numbers of buyers ------------------------------------------------------------------------------

/// Takes the remainder 10 for a check digit 0.
core::Result<std::string> takes_remainder_ten(std::string_view text, NipPolicy policy) {
  const auto bare = core::document_nip(text, NipPolicy::None);
  if (bare && bare->size() == 10 && bare->back() == '0') {
    for (char digit = '1'; digit <= '9'; ++digit) {
      std::string other = *bare;
      other.back() = digit;
      if (core::document_nip(other, policy)) return core::document_nip(text, policy);
    }
    if (!core::document_nip(text, policy)) return bare;
  }
  return core::document_nip(text, policy);
}

core::Result<std::string> refuses_check_digit_one(std::string_view text, NipPolicy policy) {
  auto read = core::document_nip(text, policy);
  if (read && read->size() == 10 && read->back() == '1') return core::fail(std::string("digit 1"));
  return read;
}

core::Result<std::string> any_ten_digits(std::string_view text, NipPolicy) {
  return core::document_nip(text, NipPolicy::None);
}

core::Result<std::string> checksum_alone(std::string_view text, NipPolicy policy) {
  return core::document_nip(text,
                            policy == NipPolicy::ChecksumAndPrefix ? NipPolicy::Checksum : policy);
}

/// Right in its judgement, and puts down what it was given.
template <typename Mark>
auto as_written(Mark marks) {
  return [marks](std::string_view text, NipPolicy policy) -> core::Result<std::string> {
    auto read = core::document_nip(text, policy);
    if (read && marks(text)) return std::string(text);
    return read;
  };
}

core::Result<std::string> no_number_with_nbsp(std::string_view text, NipPolicy policy) {
  // A no-break space is no space to it.
  if (text.find("\u00a0") != text.npos) return core::fail(std::string("no number"));
  return core::document_nip(text, policy);
}

/// Files each buyer under the number that the order has, whatever it is.
void buyers_as_written(harness::ErpView& view) {
  for (const harness::ErpOrder& order : view.orders) {
    for (harness::ErpContractor& one : view.contractors) {
      if (one.id == order.contractor_id && one.nip.empty()) one.nip = order.nip;
    }
  }
}

// Rates ------------------------------------------------------------------------------------------

/// Reads an order whose rates were put through `change` before.
template <typename Change>
auto rates_changed(Change change) {
  return [change](const core::base::Order& order, std::string_view integration, core::Instant now) {
    core::base::Order other = order;
    for (core::base::OrderLine& line : other.lines) line.tax_rate = change(line.tax_rate);
    return core::erp_order(other, integration, now);
  };
}

std::string without_code(const core::VatCode& code, const core::SaleFacts& sale, bool zero) {
  const bool plain =
      code.kind == (zero ? core::VatCode::Kind::Zero : core::VatCode::Kind::OutOfScope);
  return plain ? core::to_text(code) : core::e_invoice_rate(code, sale);
}

/// One row for all that gives no tax.
std::vector<VatSummary> untaxed_together(Lines lines, VatRounding rounding) {
  std::vector<VatSummary> merged;
  for (const VatSummary& row : core::vat_summary(lines, rounding)) {
    const auto same = std::find_if(merged.begin(), merged.end(), [&](const VatSummary& one) {
      return one.tax == Money{} && row.tax == Money{};
    });
    if (same == merged.end()) {
      merged.push_back(row);
      continue;
    }
    same->net = same->net + row.net;
    same->gross = same->gross + row.gross;
  }
  return merged;
}

// Rounding ---------------------------------------------------------------------------------------

/// The right summary with each tax made anew out of the gross sum, in percent.
template <typename Tax>
auto taxed(Tax tax) {
  return [tax](Lines lines, VatRounding rounding) {
    auto rows = core::vat_summary(lines, rounding);
    for (VatSummary& row : rows) {
      const auto code = core::parse_vat(row.vat);
      const std::int64_t percent = code ? core::rate_of(*code).units / 10'000 : 0;
      row.tax = {tax(row.gross.grosze, percent)};
      row.net = row.gross - row.tax;
    }
    return rows;
  };
}

std::int64_t truncated(std::int64_t gross, std::int64_t percent) {
  return gross * percent / (100 + percent);
}

std::int64_t half_to_even(std::int64_t gross, std::int64_t percent) {
  const std::int64_t whole = truncated(gross, percent);
  const std::int64_t rest = 2 * (gross * percent - whole * (100 + percent));
  if (rest == 100 + percent) return whole + whole % 2;
  return rest > 100 + percent ? whole + 1 : whole;
}

std::int64_t in_doubles(std::int64_t gross, std::int64_t percent) {
  const double zlotys = static_cast<double>(gross) / 100;
  const double tax = zlotys * static_cast<double>(percent) / static_cast<double>(100 + percent);
  return static_cast<std::int64_t>(std::floor(tax * 100 + 0.5));
}

std::vector<VatSummary> line_by_line(Lines lines, VatRounding rounding) {
  return core::vat_summary(
      lines, rounding == VatRounding::PerRateFromGross ? VatRounding::PerLine : rounding);
}

std::vector<VatSummary> from_the_net(Lines lines, VatRounding rounding) {
  return core::vat_summary(
      lines, rounding == VatRounding::PerRateFromGross ? VatRounding::PerRateFromNet : rounding);
}

/// The gross follows from net and tax, whatever was paid.
std::vector<VatSummary> gross_made_anew(Lines lines, VatRounding rounding) {
  auto rows = core::vat_summary(lines, VatRounding::PerLine);
  if (rounding == VatRounding::PerLine) return rows;
  for (VatSummary& row : rows) {
    const auto code = core::parse_vat(row.vat);
    row.tax = core::vat_on_net(row.net, code ? core::rate_of(*code) : core::Percent{});
    row.gross = row.net + row.tax;
  }
  return rows;
}

core::Result<core::ErpOrder, core::Objection> total_in_doubles(const core::base::Order& order,
                                                               std::string_view integration,
                                                               core::Instant now) {
  auto read = core::erp_order(order, integration, now);
  if (!read) return read;
  double total = static_cast<double>(read->shipping_cost.grosze) / 100;
  for (const ErpOrderLine& line : read->lines) {
    total += static_cast<double>(line.unit_price.units) / 10'000 *
             (static_cast<double>(line.quantity.millionths) / 1'000'000);
  }
  read->total_gross = {static_cast<std::int64_t>(total * 100)};
  return read;
}

void net_price_to_the_end(harness::ErpView& view) {
  for (harness::ErpDocument& paper : view.papers) {
    for (harness::ErpDocumentLine& line : paper.lines) {
      const auto price = core::parse_price(line.unit_price);
      const auto code = core::parse_vat(line.vat);
      if (!price || !code) continue;
      const double rate = static_cast<double>(core::rate_of(*code).units) / 1'000'000;
      line.net_unit_price =
          fmt::format("{:.8f}", static_cast<double>(price->units) / 10'000 / (1 + rate));
    }
  }
}

void no_lines(harness::ErpView& view) {
  for (harness::ErpDocument& paper : view.papers) paper.lines.clear();
}

/// Shows no tax on a document whose order charges delivery.
void delivered_untaxed(harness::ErpView& view) {
  for (const harness::ErpOrder& order : view.orders) {
    if (order.shipping_cost == "0.00") continue;
    for (harness::ErpDocument& paper : view.papers) {
      if (paper.order_id != order.id) continue;
      for (harness::ErpTaxRow& row : paper.vat_summary) row.net = row.gross, row.tax = "0.00";
    }
  }
}

}  // namespace

std::vector<Bug> content_bugs() {
  const auto parts = [](auto change) {
    return [change](harness::CoreParts& all) { change(all.ebiuro); };
  };
  using Parts = core::ebiuro_base::Parts;
  return {
      {"nip-takes-remainder-ten",
       "Takes a NIP whose remainder is 10 where its check digit is 0.",
       {"PL-NIP-01"},
       parts([](Parts& p) { p.fiscal.nip = takes_remainder_ten; })},
      {"nip-refuses-check-digit-one",
       "Refuses a NIP that ends with 1, as one public client does.",
       {"PL-NIP-01"},
       parts([](Parts& p) { p.fiscal.nip = refuses_check_digit_one; })},
      {"nip-of-any-ten-digits", "Looks at no check digit.", {"PL-NIP-01"}, parts([](Parts& p) {
         p.fiscal.nip = any_ten_digits;
       })},
      {"files-buyers-with-wrong-nips",
       "Keeps a number that is no NIP with the firm in its books.",
       {"PL-NIP-01"},
       {},
       shows(buyers_as_written)},
      {"papers-without-lines",
       "Shows documents without their lines.",
       {"PL-VAT-01", "PL-VAT-02", "PL-ROUND-04"},
       {},
       shows(no_lines)},
      {"no-tax-with-delivery",
       "Charges no tax at all where delivery is charged.",
       {"PL-ROUND-03"},
       {},
       shows(delivered_untaxed)},
      {"nip-with-leading-zero",
       "Takes a NIP that the schema of e-invoices refuses.",
       {"PL-NIP-02"},
       parts([](Parts& p) { p.fiscal.nip = checksum_alone; })},
      {"nip-keeps-dashes", "Puts a NIP down with its dashes.", {"PL-NIP-02"}, parts([](Parts& p) {
         p.fiscal.nip = as_written([](std::string_view t) { return t.find('-') != t.npos; });
       })},
      {"nip-keeps-prefix", "Puts a NIP down with its prefix.", {"PL-NIP-02"}, parts([](Parts& p) {
         p.fiscal.nip = as_written([](std::string_view t) { return t.starts_with("PL"); });
       })},
      {"nip-knows-no-nbsp",
       "Refuses a NIP written with no-break spaces.",
       {"PL-NIP-02"},
       parts([](Parts& p) { p.fiscal.nip = no_number_with_nbsp; })},
      {"sends-plain-zero", "Says plain 0 on an e-invoice.", {"PL-VAT-01"}, parts([](Parts& p) {
         p.fiscal.rate_code = [](const core::VatCode& code, const core::SaleFacts& sale) {
           return without_code(code, sale, true);
         };
       })},
      {"sends-plain-np", "Says plain np on an e-invoice.", {"PL-VAT-01"}, parts([](Parts& p) {
         p.fiscal.rate_code = [](const core::VatCode& code, const core::SaleFacts& sale) {
           return without_code(code, sale, false);
         };
       })},
      {"reads-fraction-as-percent",
       "Takes the rate 0.23 for 23 %.",
       {"PL-VAT-01"},
       parts([](Parts& p) {
         p.read_order = rates_changed(
             [](const std::string& rate) { return rate == "0.23" ? std::string("23") : rate; });
       })},
      {"reads-unknown-rate-as-zero",
       "Takes a rate that it cannot read for 0 %.",
       {"PL-VAT-01"},
       parts([](Parts& p) {
         p.read_order = rates_changed([](const std::string& rate) {
           return core::base::vat_of(rate) ? rate : std::string("0");
         });
       })},
      {"reads-exempt-as-zero",
       "Takes exempt goods for goods at 0 %.",
       {"PL-VAT-02", "PL-VAT-01"},
       parts([](Parts& p) {
         p.read_order = rates_changed(
             [](const std::string& rate) { return rate == "-1" ? std::string("0") : rate; });
       })},
      {"adds-untaxed-together",
       "Puts all that gives no tax into one row of the summary.",
       {"PL-VAT-02"},
       parts([](Parts& p) { p.fiscal.taxes = untaxed_together; })},
      {"rounds-half-to-even",
       "Rounds half a grosz of tax to the even one.",
       {"PL-ROUND-01"},
       parts([](Parts& p) { p.fiscal.taxes = taxed(half_to_even); })},
      {"cuts-tax-off",
       "Cuts fractions of a grosz of tax off.",
       {"PL-ROUND-01"},
       parts([](Parts& p) { p.fiscal.taxes = taxed(truncated); })},
      {"taxes-in-doubles",
       "Works tax out in binary floating point.",
       {"PL-ROUND-01"},
       parts([](Parts& p) { p.fiscal.taxes = taxed(in_doubles); })},
      {"sums-rounded-line-taxes",
       "Adds the lines' rounded taxes up where the sum of the rate is meant.",
       {"PL-ROUND-02", "PL-ROUND-03"},
       parts([](Parts& p) { p.fiscal.taxes = line_by_line; })},
      {"takes-tax-from-net",
       "Works tax out on top of the net where it is meant to be taken out of the gross.",
       {"PL-ROUND-02"},
       parts([](Parts& p) { p.fiscal.taxes = from_the_net; })},
      {"makes-gross-from-net",
       "Makes the gross of a rate out of its net, whatever the buyer paid.",
       {"PL-ROUND-03"},
       parts([](Parts& p) { p.fiscal.taxes = gross_made_anew; })},
      {"totals-in-doubles",
       "Adds an order up in binary floating point and cuts the rest off.",
       {"PL-ROUND-03"},
       parts([](Parts& p) { p.read_order = total_in_doubles; })},
      {"net-price-of-eight-decimals",
       "Shows net unit prices with eight decimals.",
       {"PL-ROUND-04"},
       {},
       shows(net_price_to_the_end)},
  };
}

}  // namespace atrapa::scenarios::fiscal
