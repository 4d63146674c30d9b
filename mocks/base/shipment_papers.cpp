#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/files.hpp"
#include "mocks/base/shipments.hpp"

namespace atrapa::mocks::base {
namespace {

Reply paper(Call& call, std::string_view name, const std::vector<std::string>& lines) {
  Answer answer = call.answer();
  answer.put("extension", "pdf");
  answer.put(name, in_base64(small_pdf(lines)));  // Without "data:" [doc].
  return call.done(std::move(answer));
}

/// Only for what was booked through Base [inferred].
Reply get_label(Call& call) {
  const Shipment* shipment = find_shipment(call.state, call.given());
  if (shipment == nullptr) {
    return call.refuse("package_id, package_number: this courier has no such shipment");
  }
  if (shipment->manual) return call.refuse("the shipment was booked outside: it has no label here");
  const Order* order = call.state.sales.orders.find(shipment->order_id);
  std::vector<std::string> lines{shipment->courier_code, shipment->number};
  if (order != nullptr) {
    lines.push_back(order->delivery_fullname);
    lines.push_back(order->delivery_address);
    lines.push_back(fmt::format("{} {}", order->delivery_postcode, order->delivery_city));
  }
  return paper(call, "label", lines);
}

/// A list of the chosen shipments, all of one of the courier's accounts.
Reply list_of_shipments(Call& call, std::string_view name) {
  const Given given = call.given();
  const Courier* courier = find_courier(call.state, given.text("courier_code"));
  if (courier == nullptr || courier_account(*courier, given) == 0) {
    return call.refuse("courier_code, account_id: no such account");
  }
  const auto shipments = find_shipments(call.state, given);
  if (shipments.empty()) {
    return call.refuse("package_ids, package_numbers: expected shipments of this courier");
  }
  std::vector<std::string> lines{fmt::format("{}: {}", courier->name, shipments.size())};
  for (const Shipment* one : shipments) {
    if (one->manual) return call.refuse(fmt::format("{} was booked outside", one->number));
    lines.push_back(one->number);
  }
  return paper(call, name, lines);
}

Reply get_protocol(Call& call) { return list_of_shipments(call, "protocol"); }

/// The one type known is `protocol` [doc sample].
Reply get_courier_document(Call& call) {
  if (call.given().text("document_type") != "protocol") {
    return call.refuse("document_type: expected protocol");
  }
  return list_of_shipments(call, "document");
}

constexpr std::array kShipmentPaperMethods{
    Handled{"getLabel", get_label},
    Handled{"getProtocol", get_protocol},
    Handled{"getCourierDocument", get_courier_document},
};

}  // namespace

std::span<const Handled> shipment_paper_methods() { return kShipmentPaperMethods; }

}  // namespace atrapa::mocks::base
