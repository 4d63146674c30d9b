#include "tests/mocks/base/office.hpp"

#include <chrono>
#include <stdexcept>

#include "mocks/base/files.hpp"

namespace atrapa::tests::base {
namespace {

Json office_account() {
  Json account = small_account();
  account["invoicing"] = Json::parse(R"({"series": [
    {"id": 15, "name": "default", "seller": "Sklep Przykładowy", "issuer": "Kasa"},
    {"id": 16, "name": "książki", "format": "FV %N/%Y", "vat_rate": "8"},
    {"id": 17, "type": "CORRECTION", "name": "korekty", "format": "%N/%M/%Y/K"},
    {"id": 18, "type": "RECEIPT", "name": "paragony", "format": "%N/%M/%Y/P", "is_default": true},
    {"id": 19, "type": "RECEIPT", "name": "druga kasa", "format": "%N/%Y/D"}]})");
  return account;
}

}  // namespace

Office::Office() : Account(office_account()) {}

std::int64_t Office::order(const Json& lines, const Json& more) {
  Json order = {{"currency", "PLN"}, {"date_add", now()}, {"date_confirmed", now()}};
  order["products"] = lines;
  std::int64_t line_id = state().sales.next_line_id;
  for (Json& line : order["products"]) {
    line["order_product_id"] = line_id++;
    if (!line.contains("name")) line["name"] = "Towar " + std::to_string(line_id);
  }
  door.change().sales.next_line_id = line_id;
  order.update(more);
  return door.plant("orders", order);
}

std::int64_t Office::tea_order() {
  return order({{{"name", "Herbata"},
                 {"sku", "HER-1"},
                 {"ean", "5901234123457"},
                 {"price_brutto", "19.99"},
                 {"tax_rate", "23"},
                 {"quantity", 2}},
                {{"name", "Chleb"}, {"price_brutto", "4.50"}, {"tax_rate", "5"}, {"quantity", 1}}},
               {{"delivery_price", "12.30"},
                {"delivery_method", "Kurier"},
                {"payment_method", "Karta"},
                {"invoice_company", "Nasza Spółka"},
                {"invoice_nip", "5250000009"},
                {"invoice_city", "Łódź"},
                {"invoice_country_code", "PL"}});
}

Json Office::invoice(std::int64_t id) {
  const Json found = good("getInvoices", {{"invoice_id", id}})["invoices"];
  if (found.size() != 1) throw std::runtime_error("not one invoice");
  return found[0];
}

std::int64_t Office::add_invoice(std::int64_t order, std::int64_t series,
                                 std::string_view vat_rate) {
  return good("addInvoice", {{"order_id", order}, {"series_id", series}, {"vat_rate", vat_rate}})
      .at("invoice_id");
}

std::int64_t Office::add_receipt(std::int64_t order, std::int64_t series) {
  return good("addReceipt", {{"order_id", order}, {"series_id", series}}).at("receipt_id");
}

int Office::told(mocks::base::OrderEventType type, std::int64_t object) const {
  int count = 0;
  state().sales.journal.each([&](const mocks::base::OrderEvent& event) {
    count += event.log_type == static_cast<std::int64_t>(type) && event.object_id == object;
    return true;
  });
  return count;
}

void Office::on(int year, unsigned month, unsigned day) {
  using namespace std::chrono;
  clock.set(sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}} +
            hours{12});
}

std::string Office::bytes_of(const Json& file) {
  const auto bytes = mocks::base::sent_file(file.get<std::string>());
  if (!bytes) throw std::runtime_error("no file");
  return *bytes;
}

}  // namespace atrapa::tests::base
