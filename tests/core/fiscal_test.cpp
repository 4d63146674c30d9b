#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "core/integrations/ebiuro_base.hpp"
#include "core/policy/e_invoice.hpp"
#include "core/policy/ksef.hpp"
#include "core/policy/nip.hpp"
#include "core/policy/receipts.hpp"
#include "core/policy/totals.hpp"

// What Polish law decides of documents.

using namespace atrapa::core;
using std::chrono::year;

namespace {

struct NoShop final : Transport {
  std::variant<HttpResponse, NoAnswer> send(const HttpRequest&) override {
    return NoAnswer::NotSent;
  }
};

struct SetClock final : Clock {
  Instant now() override { return at; }
  bool wait(Duration) override { return true; }
  Instant at{std::chrono::sys_days{year{2026} / 3 / 2} + std::chrono::hours{9}};
};

/// An eBiuro with one integration and an order of one line.
struct FiscalOffice {
  std::unique_ptr<Ledger> ledger = Ledger::in_memory();
  NoShop shop;
  SetClock clock;
  ebiuro_base::Office office{{}, *ledger, shop, clock};

  FiscalOffice() {
    Profile profile;
    profile.id = "one";
    profile.program = ebiuro_base::kProgram;
    profile.state = Profile::State::Active;
    profile.settings = R"({"invoice_series": "FV", "receipt_series": "PAR", "direction": "none"})";
    put_profile(*ledger, profile);
  }
  std::int64_t order(std::int64_t grosze, const std::string& nip, const std::string& vat = "23") {
    ErpOrder made;
    made.integration = "one";
    made.shop_order_id = std::to_string(++orders);
    made.contractor = "Jan Testowy";
    made.nip = nip;
    made.recipient.country = "PL";
    made.placed_on = year{2026} / 3 / 2;
    ErpOrderLine line;
    line.name = "Kubek";
    line.quantity = kOnePiece;
    line.unit_price = {grosze * 100};
    line.vat = vat;
    line.value = {grosze};
    made.lines = {line};
    made.total_gross = {grosze};
    return ledger->save_order(made, std::nullopt).id;
  }
  std::int64_t receipt(std::int64_t grosze, const std::string& nip) {
    const std::int64_t id = order(grosze, nip);
    REQUIRE(office.issue(id, DocumentKind::Receipt).ok());
    return id;
  }
  Reason refusal(std::int64_t id, const std::optional<std::string>& nip = {}) {
    const auto made = office.issue_to_receipt(id, nip);
    REQUIRE_FALSE(made.ok());
    return made.error().reason;
  }

  int orders = 0;
};

constexpr const char* kFiscalNip = "5250000009";

}  // namespace

TEST_CASE("An invoice to a receipt is an act of its own, once, and in its own series", "[fiscal]") {
  FiscalOffice one;
  const auto id = one.receipt(500'00, "525-000-00-09");
  const auto made = one.office.issue_to_receipt(id, {});
  REQUIRE(made.ok());
  CHECK(made->number == "FV/1/2026");
  CHECK(made->nip == kFiscalNip);
  CHECK(made->total_gross == Money{500'00});
  CHECK(one.ledger->sales_document(id)->number == "PAR/1/2026");
  CHECK(made->to_receipt == one.ledger->sales_document(id)->id);
  CHECK(one.ledger->document(made->id)->summary == made->summary);
  CHECK(one.refusal(id) == Reason::ReceiptInvoiced);
  CHECK_FALSE(one.office.issue(id, DocumentKind::Invoice).ok());
  CHECK(one.ledger->document_count() == 2);

  const auto bare = one.order(100, "");
  CHECK(one.refusal(bare) == Reason::NoReceipt);
  CHECK(one.refusal(999) == Reason::NoSuchRecord);
  REQUIRE(one.office.issue(bare, DocumentKind::Invoice).ok());
  CHECK(one.refusal(bare) == Reason::NoReceipt);
}

TEST_CASE("A receipt with a NIP counts as an invoice up to 450 PLN or 100 EUR", "[fiscal]") {
  FiscalOffice one;
  CHECK(one.refusal(one.receipt(450'00, kFiscalNip)) == Reason::SimplifiedInvoice);
  CHECK(one.office.issue_to_receipt(one.receipt(450'01, kFiscalNip), {}).ok());
  CHECK(one.office.issue_to_receipt(one.receipt(450'00, ""), {}).ok());

  Document receipt;
  receipt.kind = DocumentKind::Receipt;
  receipt.nip = kFiscalNip;
  receipt.currency = "EUR";
  receipt.total_gross = {100'00};
  CHECK(is_simplified_invoice(receipt));
  receipt.total_gross = {100'01};
  CHECK_FALSE(is_simplified_invoice(receipt));
  receipt.total_gross = {1};
  receipt.currency = "USD";
  CHECK_FALSE(is_simplified_invoice(receipt));
}

TEST_CASE("A company's invoice needs its NIP on the receipt; a consumer has three months",
          "[fiscal]") {
  FiscalOffice one;
  const auto bare = one.receipt(500'00, "");
  CHECK(one.refusal(bare, kFiscalNip) == Reason::ReceiptWithoutNip);
  CHECK(one.refusal(bare, "5250000008") == Reason::NipInvalid);
  const auto company = one.receipt(500'00, kFiscalNip);
  CHECK(one.refusal(company, "7770001111") == Reason::ReceiptWithoutNip);
  CHECK(one.office.issue_to_receipt(company, "PL 525-000-00-09").ok());

  one.clock.at = Instant{std::chrono::sys_days{year{2026} / 6 / 30} + std::chrono::hours{12}};
  CHECK(one.office.issue_to_receipt(bare, {})->nip.empty());
  const auto late = one.receipt(500'00, "");
  one.clock.at = Instant{std::chrono::sys_days{year{2026} / 10 / 1} + std::chrono::hours{12}};
  CHECK(one.refusal(late) == Reason::ReceiptTooOld);
}

TEST_CASE("An e-invoice says which kind of 0 and np it is", "[fiscal]") {
  const auto said = [](const char* label, const SaleFacts& sale) {
    return e_invoice_rate(*parse_vat(label), sale);
  };
  for (const char* rate : {"23", "22", "8", "7", "5", "4", "3", "zw", "oo", "0 WDT", "np II"}) {
    CHECK(said(rate, {"PL", ""}) == rate);
  }
  CHECK(said("0", {"PL", kFiscalNip}) == "0 KR");
  CHECK(said("0", {"", ""}) == "0 KR");
  CHECK(said("0", {"DE", "DE999999999"}) == "0 WDT");
  CHECK(said("0", {"DE", kFiscalNip}).empty());
  CHECK(said("0", {"US", ""}) == "0 EX");
  CHECK(said("np", {"PL", ""}) == "np I");
  CHECK(said("19", {"DE", ""}).empty());

  FiscalOffice one;
  const auto invoice = one.office.issue(one.order(100, kFiscalNip, "0"), DocumentKind::Invoice);
  REQUIRE(invoice.ok());
  CHECK(one.ledger->document(invoice->id)->lines.front().rate_code == "0 KR");
  CHECK(one.ledger->document(invoice->id)->lines.front().vat == "0");
}

TEST_CASE("A document keeps the tax that it was issued with", "[fiscal]") {
  FiscalOffice one;
  const auto id = one.order(100, "");
  const auto odd = [](std::span<const ErpOrderLine>, VatRounding) {
    return std::vector<VatSummary>{{"23", {80}, {20}, {100}}};
  };
  const auto made = one.ledger->issue_sales(
      {.order_id = id, .series = "FV", .issued_on = year{2026} / 3 / 2, .taxes = odd});
  REQUIRE(made.ok());
  CHECK(one.ledger->documents().front().summary == odd({}, {}));
}

TEST_CASE("A net unit price has two decimals, halves up, below 0 as above it", "[fiscal][money]") {
  ErpOrderLine line;
  line.vat = "23";
  line.unit_price = {19'9900};
  CHECK(net_unit_price(line) == Money{16'25});
  line.vat = "zw";
  CHECK(net_unit_price(line) == Money{19'99});
  line.vat = "";
  line.unit_price = {49};
  CHECK(net_unit_price(line) == Money{0});
  CHECK(net_of({13'00}, {4'0000}) == Money{13});
  CHECK(net_of({-13'00}, {4'0000}) == Money{-13});
  CHECK(vat_in_gross({-13}, {4'0000}) == Money{-1});
}

TEST_CASE("The duty of KSeF begins by seller and buyer", "[fiscal][ksef]") {
  const auto needed = [](auto date, const Seller& seller, const char* nip = kFiscalNip) {
    return ksef_required(DocumentKind::Invoice, nip, date, seller);
  };
  const Seller large{.large = true}, small{.small_sales = true};
  CHECK_FALSE(needed(year{2026} / 1 / 31, large));
  CHECK(needed(year{2026} / 2 / 1, large));
  CHECK_FALSE(needed(year{2026} / 3 / 31, {}));
  CHECK(needed(year{2026} / 4 / 1, {}));
  CHECK_FALSE(needed(year{2026} / 12 / 31, small));
  CHECK(needed(year{2027} / 1 / 1, small));
  CHECK_FALSE(needed(year{2026} / 4 / 1, {}, ""));
  CHECK_FALSE(ksef_required(DocumentKind::Receipt, kFiscalNip, year{2026} / 4 / 1, {}));
}

TEST_CASE("A KSeF number is told by its form and its checksum", "[fiscal][ksef]") {
  const std::string example = "5265877635-20250826-0100001AF629-AF";  // The ministry's own.
  const auto read = read_ksef_number(example);
  REQUIRE(read);
  CHECK(read->seller_nip == "5265877635");
  CHECK(read->accepted_on == year{2025} / 8 / 26);
  for (std::size_t i = 0; i < example.size(); ++i) {
    for (const char c : {'0', '1', '9', 'A', 'F', 'a', '-', ' '}) {
      std::string other = example;
      other[i] = c;
      INFO(other);
      CHECK(read_ksef_number(other).has_value() == (other == example));
    }
  }
  CHECK_FALSE(read_ksef_number(example.substr(1)));
  CHECK_FALSE(read_ksef_number(example + "0"));
  CHECK_FALSE(read_ksef_number(""));
  const std::string no_day = "5265877635-20250231-0100001AF629";
  CHECK_FALSE(read_ksef_number(no_day + "-" + ksef_checksum(no_day)));
}

TEST_CASE("What KSeF says is kept with the invoice, whose number stays", "[fiscal][ksef]") {
  FiscalOffice one;
  put_seller(*one.ledger, {.nip = "9112223336", .large = true});
  CHECK(seller(*one.ledger).large);
  const auto id = one.order(100, kFiscalNip);
  const auto number = one.office.issue(id, DocumentKind::Invoice)->number;
  const auto kept = [&] { return *one.ledger->sales_document(id); };
  CHECK(kept().ksef_required);
  const std::string right = "9112223336-20260302-0100001AF629-D8";
  REQUIRE(one.office.refuse_ksef(number, "440").ok());
  CHECK(kept().ksef_error == "440");
  CHECK_FALSE(one.office.issue(id, DocumentKind::Invoice).ok());
  CHECK(kept().number == number);
  for (const char* wrong :
       {"9112223336-20260302-0100001AF629-D9", "9112223336-20260301-0100001AF629-F0",
        "5265877635-20250826-0100001AF629-AF", ""}) {
    CHECK(one.office.accept_ksef(number, wrong).error().reason == Reason::KsefRefused);
  }
  REQUIRE(one.office.accept_ksef(number, right).ok());
  CHECK(kept().ksef_number == right);
  CHECK(kept().ksef_error.empty());
  CHECK(one.office.accept_ksef(number, right).ok());
  CHECK_FALSE(one.office.accept_ksef(number, "9112223336-20260302-0200002BE3D4-21").ok());
  CHECK_FALSE(one.office.refuse_ksef(number, "440").ok());
  const auto other = one.office.issue(one.order(100, kFiscalNip), DocumentKind::Invoice)->number;
  CHECK_FALSE(one.office.accept_ksef(other, right).ok());
  CHECK_FALSE(one.office.accept_ksef("FV/99/2026", right).ok());
}

TEST_CASE("NIP before the digits is a prefix, and no country", "[fiscal][nip]") {
  for (const char* text : {"NIP 525-000-00-09", "nip: 5250000009", "NIP: PL5250000009"}) {
    INFO(text);
    CHECK(*document_nip(text) == kFiscalNip);
  }
  CHECK_FALSE(document_nip("NIP 5250000008").ok());
  CHECK_FALSE(document_nip("\uff15250000009").ok());
  CHECK(*document_nip("0123456789", NipPolicy::Checksum) == "0123456789");
  CHECK_FALSE(document_nip("0123456789").ok());
}
