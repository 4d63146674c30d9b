#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/subject/incapable.hpp"

namespace atrapa::harness {

using Json = nlohmann::ordered_json;

/// A product as the books of the ERP hold it, in the words of the world file. Amounts are decimal
/// texts; nothing here is a type of the core's, so that a subject of anybody's can be planted and
/// looked at.
struct ErpProduct {
  std::string id;
  std::optional<std::string> code;
  std::string name;
  std::string unit = "szt.";
  std::optional<std::string> vat;          ///< "23", "8", "5", "0", "zw", "np", "oo", ...
  std::optional<std::string> gross_price;  ///< "290.00", up to four decimals
  std::vector<std::vector<std::string>>
      categories;                       ///< Paths from the root; the first is the main one.
  std::string stock = "0";              ///< Up to six decimals.
  std::optional<std::string> reserved;  ///< Part of the stock that orders already hold.
  std::optional<std::string> ean = {};
  std::string description = {};
  std::vector<std::string> groups = {};            ///< Ids of product groups.
  std::map<std::string, std::string> prices = {};  ///< By price group.
  std::map<std::string, std::string> stocks = {};  ///< By warehouse, in books with several.
  std::vector<std::string> images = {};            ///< Addresses.
  bool active = true;

  bool operator==(const ErpProduct&) const = default;
};

struct ErpOrderLine {
  std::string product_id;
  std::string code;
  std::string name;
  std::string quantity;
  std::string unit_price;
  std::string vat;
  std::string warehouse = {};  ///< From which it was taken off; "" for none.
};

/// An order as it landed in the ERP.
struct ErpOrder {
  std::string id;
  std::string number;
  std::string shop_order_id;
  std::string contractor;  ///< Name or company of the buyer, for reports.
  std::vector<ErpOrderLine> lines;
  std::string shipping_cost;               ///< "0.00" where there is none.
  std::string total_gross;                 ///< "123.45"
  std::vector<std::string> omitted_codes;  ///< Codes of lines that were left out.
  std::string integration = {};    ///< Id of the one that it came by, where there may be several.
  std::string status = {};         ///< In the shop, when last read; its id.
  std::string contractor_id = {};  ///< ErpContractor::id; "" where it was not linked.
  std::string email = {}, phone = {}, login = {}, nip = {};
  std::string buyer_address = {}, delivery_address = {};  ///< "street, postcode city, country"
};

/// What the subject recorded for its user about one record it left alone or could not handle.
struct ErpLogEntry {
  std::string severity;  ///< "info", "warning", "error"
  std::string kind;      ///< "product", "order", "run", "document", "buyer", "warehouse", "event"
  std::string record;    ///< Code of the product, shop number of the order; may be empty.
  std::string reason;    ///< A short code such as "category_differs".
  std::string text;
};

/// What the ERP's settings say about the connector (Settings > Options > Integrations).
struct ErpConnection {
  std::string shop_url;
  bool automatic = false;  ///< The option of automatic operation is ticked and saved.

  bool operator==(const ErpConnection&) const = default;
};

struct ErpDocumentLine {
  std::string product_id;  ///< "" for what is no product, such as shipping.
  std::string name;
  std::string quantity;
  std::string unit_price;  ///< Gross.
  std::string vat;
  std::string value;                ///< Gross, after the discount.
  std::string net_unit_price = {};  ///< As the document shows it.
  std::string rate_code = {};  ///< What an e-invoice calls the rate: "23", "0 KR"; "" where unsaid.
};

/// What one rate adds up to in a document.
struct ErpTaxRow {
  std::string vat, net, tax, gross;
};

/// An invoice, a goods issue note (WZ) or any other document of the ERP.
struct ErpDocument {
  std::string kind;  ///< "invoice", "receipt", "goods_issue"
  std::string number;
  std::string order_id;    ///< ErpOrder::id; "" where it belongs to no order.
  std::string contractor;  ///< Name or company.
  std::string nip;         ///< "" for a buyer without one.
  std::vector<ErpDocumentLine> lines;
  std::string total_gross;
  bool cancelled = false;
  std::string integration = {};  ///< Of its order.
  std::string sent = {};         ///< To the shop: "", "pending", "issued", "sent", "failed".
  std::string issued_on = {};    ///< "2026-03-02"
  std::string currency = {};     ///< "PLN"
  std::vector<ErpTaxRow> vat_summary = {};
  std::string to_receipt = {};  ///< Number of the receipt that this invoice belongs to.
  bool ksef_required = false;   ///< It is not final before KSeF has given it a number.
  std::string ksef_number = {}, ksef_error = {};  ///< The error as KSeF's code: "440".
};

/// A buyer in the ERP's books.
struct ErpContractor {
  std::string id, name, nip, email, login;
};

/// One integration of the ERP with an account of a platform.
struct ErpIntegration {
  std::string id, label;
  std::string state;  ///< "draft", "tested", "active", "suspended"
};

/// A courier's parcel made from an order.
struct ErpShipment {
  std::string order_id;
  std::string recipient;  ///< Name or company.
  std::string street, postcode, city, phone, email;
};

/// One kind of the ERP's records, or the fact that the subject does not show them: looking into
/// hidden ones throws Incapable.
template <typename T>
class Seen {
 public:
  Seen() = default;
  Seen(T rows) : rows_(std::move(rows)) {}  // NOLINT: what is there is seen

  /// `what` in words: "the ERP's orders".
  static Seen hidden(std::string what) {
    Seen none;
    none.hidden_ = "the subject does not show " + std::move(what);
    return none;
  }

  bool is_hidden() const { return hidden_.has_value(); }
  const T& operator*() const { return shown(), rows_; }
  T& operator*() { return shown(), rows_; }
  const T* operator->() const { return &**this; }
  T* operator->() { return &**this; }
  operator const T&() const { return **this; }  // NOLINT

  // As far as T has them.
  auto begin() const { return (**this).begin(); }
  auto end() const { return (**this).end(); }
  auto begin() { return (**this).begin(); }
  auto end() { return (**this).end(); }
  auto size() const { return (**this).size(); }
  bool empty() const { return (**this).empty(); }
  const auto& front() const { return (**this).front(); }
  const auto& back() const { return (**this).back(); }
  const auto& at(std::size_t index) const { return (**this).at(index); }
  const auto& operator[](std::size_t index) const { return (**this)[index]; }
  auto& operator[](std::size_t index) { return (**this)[index]; }
  template <typename Row>
  void push_back(Row&& row) {
    (**this).push_back(std::forward<Row>(row));
  }

 private:
  void shown() const {
    if (hidden_) throw Incapable(*hidden_);
  }

  T rows_ = {};
  std::optional<std::string> hidden_;
};

/// All that can be seen of the ERP from outside; oldest first.
struct ErpView {
  Seen<std::vector<ErpOrder>> orders;
  Seen<std::vector<ErpProduct>> products;
  Seen<std::vector<ErpLogEntry>> log;
  Seen<std::vector<ErpDocument>> papers;  ///< Documents of every kind.
  Seen<std::vector<ErpShipment>> shipments;
  Seen<std::vector<ErpContractor>> contractors;
  Seen<std::vector<ErpIntegration>> integrations;
  Seen<std::vector<ErpConnection>> connections;  ///< The shops that the account serves at present.
  /// What the file of the last export of products holds; nothing where none was made.
  Seen<std::optional<std::string>> exported;

  /// Nothing of it is seen.
  static ErpView hidden();
};

/// In the world file's shape; what is unset is absent.
void to_json(Json& json, const ErpProduct& product);
/// Throws mocks::kit::WorldError with a pointer relative to the product ("/stok") for an unknown
/// key, a missing `id` or `name`, a wrong type. Amounts are texts, never JSON numbers.
void from_json(const Json& json, ErpProduct& product);
void to_json(Json& json, const ErpOrder& order);
void to_json(Json& json, const ErpLogEntry& entry);
void to_json(Json& json, const ErpDocument& document);
void to_json(Json& json, const ErpConnection& connection);

}  // namespace atrapa::harness
