#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "mocks/base/answer.hpp"
#include "mocks/base/given.hpp"
#include "mocks/base/methods.hpp"
#include "mocks/base/state.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

/// The body of an answer; HTTP says 200 whatever it is [client].
struct Reply {
  std::string body;
  bool ok = true;
};

/// {"status":"ERROR","error_code","error_message"}
Reply refusal(std::string_view code, std::string_view message);

/// One call on its way to its answer.
struct Call {
  State& state;
  kit::Context& context;
  const Method& method;
  const Parameters& parameters;

  Given given() const { return Given(parameters.values); }
  /// Unix seconds.
  std::int64_t now() const;
  Answer answer() const { return Answer(method, state.settings->shape()); }

  /// The answer of methods that answer nothing but success.
  Reply done() const;
  Reply done(Answer answer) const { return {std::move(answer).finish()}; }
  /// A refusal of which no source names the code.
  Reply refuse(std::string_view message) const {
    return refusal(state.settings->undocumented_code, message);
  }
  /// ERROR_STORAGE_ID: the catalogue or storage is not the account's [client].
  Reply wrong_storage(std::string_view message) const {
    return refusal("ERROR_STORAGE_ID", message);
  }
};

using Handler = Reply (*)(Call&);

struct Handled {
  std::string_view method;
  Handler handler;
};

/// Every family's table. A method of the contract that is in none of them is not imitated.
std::span<const Handled> partner_methods();
std::span<const Handled> invoice_methods();
std::span<const Handled> invoice_list_methods();
std::span<const Handled> invoice_file_methods();
std::span<const Handled> correction_methods();
std::span<const Handled> receipt_methods();
std::span<const Handled> courier_methods();
std::span<const Handled> shipment_methods();
std::span<const Handled> shipment_list_methods();
std::span<const Handled> shipment_paper_methods();
std::span<const Handled> stock_document_methods();
std::span<const Handled> stock_document_list_methods();
std::span<const Handled> purchase_methods();
std::span<const Handled> purchase_list_methods();
std::span<const Handled> fulfilment_methods();
std::span<const Handled> inventory_methods();
std::span<const Handled> price_group_methods();
std::span<const Handled> warehouse_methods();
std::span<const Handled> category_methods();
std::span<const Handled> manufacturer_methods();
std::span<const Handled> product_text_methods();
std::span<const Handled> product_methods();
std::span<const Handled> product_read_methods();
std::span<const Handled> product_list_methods();
std::span<const Handled> product_update_methods();
std::span<const Handled> product_log_methods();
std::span<const Handled> space_methods();
std::span<const Handled> space_group_methods();
std::span<const Handled> external_storage_methods();

}  // namespace atrapa::mocks::base
