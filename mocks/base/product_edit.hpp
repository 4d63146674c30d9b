#pragma once

#include <map>
#include <optional>
#include <string>

#include "mocks/base/answer.hpp"
#include "mocks/base/given.hpp"
#include "mocks/base/state.hpp"

namespace atrapa::mocks::base {

/// What did not stop a call, by what it is about.
using Warnings = std::map<std::string, std::string>;
void put_warnings(Answer& answer, const Warnings& warnings);

/// A product that is being written, in its catalogue.
struct ProductEdit {
  const State& state;
  const Inventory& inventory;
  Product product;
  Warnings warnings;
};

/// Writes what the call gives into the product. Fields left out stay, keys of maps left out stay,
/// an empty value deletes its key; the lists of tags, further EANs, suppliers and parts are
/// replaced whole. What cannot be taken earns a warning and is left alone.
///   [doc] tags, images, warnings; [inferred] the rest
/// Answers why the call must be refused; nothing where it need not.
std::optional<std::string> take_product(ProductEdit& edit, const Given& given);

/// The parts of take_product.
void take_prices(ProductEdit& edit, const kit::Json& prices);
void take_stock(ProductEdit& edit, const kit::Json& stock);
void take_locations(ProductEdit& edit, const kit::Json& locations);
void take_texts(ProductEdit& edit, const kit::Json& texts);
void take_images(ProductEdit& edit, const kit::Json& images);
void take_links(ProductEdit& edit, const kit::Json& links);
void take_parts(ProductEdit& edit, const kit::Json& parts);

/// Pieces by warehouse as updateInventoryProductsStock and addInventoryProduct take them: whole
/// numbers for warehouses of the catalogue that are no mirrors [doc]. Why they cannot be taken;
/// "" where they can.
std::string stock_problem(const Inventory& inventory, const std::string& warehouse_key,
                          const kit::Json& pieces);
/// Likewise for a gross price in a price group of the catalogue that is not computed.
std::string price_problem(const State& state, const Inventory& inventory, const std::string& group,
                          const kit::Json& price);

}  // namespace atrapa::mocks::base
