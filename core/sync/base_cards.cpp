#include "core/sync/base_cards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

namespace atrapa::core {

namespace {

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string text_at(const base::Texts& texts, const char* field) {
  const auto found = texts.find(field);
  return found == texts.end() ? std::string() : found->second;
}

std::optional<Reading<Price>> price_at(const base::PriceByGroup& prices, const std::string& group) {
  const auto found = prices.find(group);
  return found == prices.end() ? std::nullopt : std::optional(found->second);
}

/// Images by their places: "2" before "10".
std::vector<std::string> images_in_order(const base::Texts& images) {
  std::vector<std::pair<std::string, std::string>> places(images.begin(), images.end());
  std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.first.size(), a.first) < std::tuple(b.first.size(), b.first);
  });
  std::vector<std::string> addresses;
  for (auto& [place, address] : places) {
    if (!address.empty()) addresses.push_back(std::move(address));
  }
  return addresses;
}

template <typename T>
bool set(T& member, const T& value) {
  if (member == value) return false;
  member = value;
  return true;
}

}  // namespace

std::vector<CardSource> cards_of(const base::Product& product, const std::string& price_group) {
  CardSource main;
  main.external_id = product.id;
  main.name = text_at(product.texts, "name");
  main.sku = unless_empty(product.sku);
  main.ean = unless_empty(product.ean);
  if (const auto vat = base::vat_of(product.tax_rate)) main.vat = to_text(*vat);
  main.gross_price = price_at(product.prices, price_group);
  main.description = text_at(product.texts, "description");
  main.images = images_in_order(product.images);

  std::vector<CardSource> cards{main};
  for (const base::Variant& variant : product.variants) {
    CardSource card = main;
    card.external_id = variant.id;
    card.name = variant.name.starts_with(main.name) ? variant.name
                                                    : fmt::format("{} {}", main.name, variant.name);
    card.sku = unless_empty(variant.sku);
    card.ean = unless_empty(variant.ean);
    if (const auto price = price_at(variant.prices, price_group)) card.gross_price = price;
    cards.push_back(std::move(card));
  }
  return cards;
}

bool take_over(ErpProduct& card, const CardSource& source) {
  bool changed = set(card.name, source.name);
  changed = set(card.code, source.sku) || changed;
  changed = set(card.ean, source.ean) || changed;
  if (source.vat) changed = set(card.vat, source.vat) || changed;
  if (source.gross_price) changed = set(card.gross_price, source.gross_price) || changed;
  changed = set(card.description, source.description) || changed;
  changed = set(card.images, source.images) || changed;
  changed = set(card.active, true) || changed;
  return changed;
}

Result<Money, Objection> gross_price(const ErpProduct& card, const PriceSource& source) {
  std::optional<Reading<Price>> price = card.gross_price;
  if (source.group) {
    const auto found = card.prices.find(source.group->id);
    price = found == card.prices.end() ? std::nullopt : std::optional(found->second);
  }
  if (!price) {
    return fail(Objection{Reason::PriceMissing,
                          source.group ? fmt::format("'{}' has no price in the group '{}'",
                                                     card.name, source.group->name)
                                       : fmt::format("'{}' has no price", card.name)});
  }
  if (!price->value) {
    return fail(Objection{Reason::PriceUnreadable,
                          fmt::format("'{}' has the price '{}'", card.name, price->text)});
  }
  if (!source.group || !source.group->net) return round_half_up(*price->value);
  const auto vat = card.vat ? parse_vat(*card.vat) : std::nullopt;
  if (!vat) {
    return fail(
        Objection{Reason::VatMissing,
                  fmt::format("'{}' has a net price and no VAT rate to make it gross", card.name)});
  }
  const Money net = round_half_up(*price->value);
  return net + vat_on_net(net, rate_of(*vat));
}

base::ProductWrite product_write(const ErpProduct& card, const std::string& inventory_id,
                                 bool with_images) {
  base::ProductWrite write;
  write.inventory_id = inventory_id;
  write.sku = card.code.value_or("");
  write.ean = card.ean.value_or("");
  if (card.vat) write.vat = parse_vat(*card.vat);
  write.texts["name"] = card.name;
  write.texts["description"] = card.description;
  if (with_images) {
    for (std::size_t place = 0; place < kMostImages; ++place) {
      // An empty text takes the picture of that place away [doc].
      write.images[std::to_string(place)] =
          place < card.images.size() ? "url:" + card.images[place] : std::string();
    }
  }
  return write;
}

std::string write_text(const base::ProductWrite& write) {
  nlohmann::json text{{"inventory", write.inventory_id},
                      {"sku", write.sku.value_or("")},
                      {"ean", write.ean.value_or("")},
                      {"vat", write.vat ? to_text(*write.vat) : ""},
                      {"texts", write.texts},
                      {"images", write.images}};
  for (const auto& [group, price] : write.prices) text["prices"][group] = to_text(price);
  return text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace atrapa::core
