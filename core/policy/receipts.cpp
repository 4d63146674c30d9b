#include "core/policy/receipts.hpp"

#include <fmt/format.h>

namespace atrapa::core {

namespace {

constexpr Money kSimplifiedPln{450'00};
constexpr Money kSimplifiedEur{100'00};
constexpr std::chrono::months kToAsk{3};

/// The last day on which a consumer may ask.
std::chrono::sys_days last_day(std::chrono::year_month_day issued_on) {
  return (issued_on.year() / issued_on.month() + kToAsk) / std::chrono::last;
}

}  // namespace

bool is_simplified_invoice(const Document& receipt) {
  if (receipt.kind != DocumentKind::Receipt || receipt.nip.empty()) return false;
  if (receipt.currency == "PLN") return receipt.total_gross <= kSimplifiedPln;
  return receipt.currency == "EUR" && receipt.total_gross <= kSimplifiedEur;
}

std::optional<Objection> invoice_to_receipt_objection(const ReceiptWish& wish) {
  const auto no = [](Reason reason, std::string text) {
    return Objection{reason, std::move(text)};
  };
  if (!wish.receipt || wish.receipt->kind != DocumentKind::Receipt || wish.receipt->cancelled) {
    return no(Reason::NoReceipt, "the order has no receipt");
  }
  const Document& receipt = *wish.receipt;
  if (wish.invoiced) {
    return no(Reason::ReceiptInvoiced,
              fmt::format("the receipt {} has its invoice already", receipt.number));
  }
  if (is_simplified_invoice(receipt)) {
    return no(
        Reason::SimplifiedInvoice,
        fmt::format("the receipt {} with the NIP {} over {} {} counts as an invoice",
                    receipt.number, receipt.nip, to_text(receipt.total_gross), receipt.currency));
  }
  if (wish.nip != receipt.nip) {
    return no(Reason::ReceiptWithoutNip,
              fmt::format("the receipt {} bears {}, not the NIP {}: a company's invoice needs its "
                          "NIP on the receipt",
                          receipt.number, receipt.nip.empty() ? "no NIP" : receipt.nip, wish.nip));
  }
  if (receipt.nip.empty() && std::chrono::sys_days(wish.today) > last_day(receipt.issued_on)) {
    return no(Reason::ReceiptTooOld,
              fmt::format("the receipt {} is older than three months", receipt.number));
  }
  return std::nullopt;
}

}  // namespace atrapa::core
