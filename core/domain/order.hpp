#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/money.hpp"
#include "core/domain/reading.hpp"
#include "core/ports/clock.hpp"

namespace atrapa::core {

struct ShopLine {
  std::string id;
  std::string order_id;
  std::string code;  ///< "" where the line has none.
  std::string name;
  Reading<Price> unit_price;  ///< Gross.
  Reading<Quantity> quantity;
  std::string discount_percent;  ///< "10.0000"; "" for none.
  std::string tax;               ///< The rate's name: "23%", "zw."
  std::string tax_value;
};

struct ShopParty {
  std::string first_name, last_name, company, nip;
  std::string street, postcode, city, country;
  std::string phone = {};

  bool operator==(const ShopParty&) const = default;
};

struct ShopOrder {
  std::string id;
  std::string date;           ///< "2026-03-02 09:00:00" in the shop's zone, as received.
  std::optional<int> origin;  ///< 0 shop, ..., 5 panel, 6 administrator in the shop.
  std::string sum;            ///< The shop's own gross total, as received.
  std::string shipping_cost;  ///< As received; "" where there is none.
  std::string shipping_tax;   ///< Name of its rate: "23%".
  std::string email;
  std::string notes;
  ShopParty billing, delivery;
};

/// One line as the ERP keeps it.
struct ErpOrderLine {
  std::string product_id;
  std::string code;  ///< As the shop wrote it.
  std::string name;
  Quantity quantity;
  Price unit_price;  ///< Gross, before the discount.
  Percent discount;
  std::string vat;                   ///< Canonical: "23", "zw".
  Money value;                       ///< After the discount, rounded half up.
  std::string shop_product_id = {};  ///< As the shop named it; "" where it named none.
  std::string shop_warehouse = {};   ///< Whence the shop took it: "bl_206"; "" where it said none.
  std::string warehouse = {};        ///< Of the ERP, from which it was taken off; "" for none.
  std::string rate_code = {};  ///< On an invoice, what an e-invoice calls the rate; "" where it
                               ///< cannot be told.
};

struct OmittedLine {
  std::string code;
  std::string name;
  std::string quantity;  ///< As the shop wrote them.
  std::string unit_price;
  std::string reason;  ///< Name of the Reason.
};

/// An order in the ERP's books.
struct ErpOrder {
  std::int64_t id = 0;  ///< Given by the ledger.
  std::string number;   ///< Given by the ledger.
  std::string shop_order_id;
  std::string integration;
  std::string contractor;  ///< Company, else first and last name.
  std::string nip;
  std::string email;
  std::string notes;
  std::optional<int> origin;
  Instant placed_at;
  std::chrono::year_month_day placed_on{};  ///< In the shop's zone.
  Instant fetched_at;
  std::vector<ErpOrderLine> lines;
  std::vector<OmittedLine> omitted;
  Money shipping_cost;
  std::string shipping_vat;      ///< Canonical; "" where unknown.
  Money total_gross;             ///< Lines kept plus shipping.
  std::string shop_total;        ///< The shop's own figure, for comparison only.
  ShopParty buyer = {};          ///< Whom a document is made out to.
  ShopParty recipient = {};      ///< Where the goods go.
  std::string shop_number = {};  ///< Shown to people; "" where it is the id.
  std::string status_id = {};    ///< In the shop, when it was last read.
  std::optional<Instant> confirmed_at = {};
  std::string currency = "PLN";
  std::string login = {}, phone = {};  ///< Of the buyer.
  std::string payment = {};
  std::optional<bool> wants_invoice = {};  ///< What the buyer ticked, where the shop says.
  std::string document_word = {};          ///< Extra field 1, byte for byte: "faktura", "paragon".
  std::optional<std::int64_t> contractor_id = {};
};

}  // namespace atrapa::core
