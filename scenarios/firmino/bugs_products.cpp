#include <map>

#include "core/integrations/firmino_base.hpp"
#include "scenarios/firmino/bugs.hpp"
#include "scenarios/firmino/meddler.hpp"

namespace atrapa::scenarios::firmino {
namespace {

namespace fb = core::firmino_base;
namespace cb = core::base;
using core::CardSource;
using core::ErpProduct;
using core::Ledger;
using core::ProductMatch;
using core::Profile;
using core::Recognise;
using core::Recognised;
using harness::CoreParts;

cb::ProductWrite texts_alone(const ErpProduct& card, const std::string& inventory, bool images) {
  cb::ProductWrite write = core::product_write(card, inventory, images);
  write.texts.erase("description");
  write.vat.reset();
  write.ean.reset();
  return write;
}

cb::ProductWrite vat_of_unknown_is_zero(const ErpProduct& card, const std::string& inventory,
                                        bool images) {
  cb::ProductWrite write = core::product_write(card, inventory, images);
  if (card.vat == "zw") write.vat = core::VatCode{.kind = core::VatCode::Kind::Zero};
  return write;
}

/// A form that notices when nothing was changed, and tells nobody.
class QuietForm final : public Meddler {
 public:
  using Meddler::Meddler;
  void edit_product(const harness::ErpProduct& product) override {
    const auto known = seen_.find(product.id);
    if (known != seen_.end() && known->second == product) return;
    seen_[product.id] = product;
    inner().edit_product(product);
  }

 private:
  std::map<std::string, harness::ErpProduct> seen_;
};

/// Nothing of Base is a card's, whatever it is called.
Recognise knows_nothing(const std::string&, ProductMatch) {
  return [](cb::Client&, const ErpProduct&) -> cb::BaseResult<Recognised> { return Recognised{}; };
}

/// What begins like the card's SKU is the card.
Recognise by_beginning(const std::string& inventory, ProductMatch match) {
  return
      [inventory, match](cb::Client& client, const ErpProduct& card) -> cb::BaseResult<Recognised> {
        auto found = core::by_sku_and_name(inventory, match)(client, card);
        if (!found || !found->ids.empty() || !card.code) return found;
        const auto read =
            cb::read_products(client, inventory, {}, [&](std::vector<cb::ListedProduct> page) {
              for (const cb::ListedProduct& one : page) {
                if (one.sku.starts_with(*card.code)) found->ids.push_back(one.id);
              }
              return true;
            });
        if (!read) return core::fail(read.error());
        return found;
      };
}

/// A pair is one only as long as SKU and name are.
std::optional<core::RecordLink> link_while_equal(const Ledger& ledger, const Profile& profile,
                                                 const CardSource& source) {
  const auto link = core::link_to(ledger, profile.id, "product", source.external_id);
  const auto card = link ? ledger.product(link->erp_id) : std::nullopt;
  if (!card || card->name != source.name || card->code != source.sku) return std::nullopt;
  return link;
}

std::optional<core::RecordLink> no_link(const Ledger&, const Profile&, const CardSource&) {
  return std::nullopt;
}

cb::ProductWrite names_always(const cb::ProductWrite& whole, const fb::Settings& settings) {
  fb::Settings other = settings;
  other.update_name = true;
  return fb::edit_write(whole, other);
}

cb::ProductWrite names_never(const cb::ProductWrite& whole, const fb::Settings& settings) {
  fb::Settings other = settings;
  other.update_name = false;
  return fb::edit_write(whole, other);
}

cb::ProductWrite pictures_always(const cb::ProductWrite& whole, const fb::Settings& settings) {
  fb::Settings other = settings;
  other.overwrite_images = true;
  return fb::edit_write(whole, other);
}

/// Adds the ERP's pictures without taking Base's away.
cb::ProductWrite pictures_added(const cb::ProductWrite& whole, const fb::Settings& settings) {
  cb::ProductWrite write = fb::edit_write(whole, settings);
  std::erase_if(write.images, [](const auto& image) { return image.second.empty(); });
  return write;
}

bool prices_stay(ErpProduct& card, const CardSource& source) {
  CardSource other = source;
  if (card.gross_price) other.gross_price.reset();
  return core::take_over(card, other);
}

bool exempt_becomes_zero(ErpProduct& card, const CardSource& source) {
  CardSource other = source;
  if (other.vat == "zw") other.vat = "0";
  return core::take_over(card, other);
}

bool both_sides(const fb::Settings& settings, fb::ProductSource) {
  return settings.products && settings.product_source != fb::ProductSource::Manual;
}

bool by_itself_too(const fb::Settings& settings, fb::ProductSource source) {
  if (settings.product_source != fb::ProductSource::Manual) {
    return settings.products && settings.product_source == source;
  }
  return settings.products && source == fb::ProductSource::Firmino;
}

fb::ProductCard both_must_agree(const Ledger& ledger, const CardSource& source, ProductMatch) {
  return fb::card_of_product(ledger, source, ProductMatch::SkuAndName);
}

fb::ProductCard first_in_books(const Ledger& ledger, const CardSource& source, ProductMatch match) {
  if (match == ProductMatch::SkuAndName) return fb::card_of_product(ledger, source, match);
  for (const ErpProduct& card : ledger.products()) {
    if (card.name == source.name || (source.sku && card.code == source.sku)) return {card.id};
  }
  return {};
}

fb::ProductCard silent(const Ledger& ledger, const CardSource& source, ProductMatch match) {
  fb::ProductCard found = fb::card_of_product(ledger, source, match);
  found.conflict = false;
  return found;
}

fb::ProductCard skus_trimmed(const Ledger& ledger, const CardSource& source, ProductMatch match) {
  CardSource other = source;
  if (other.sku) other.sku = other.sku->substr(other.sku->find_first_not_of('0'));
  const fb::ProductCard found = fb::card_of_product(ledger, source, match);
  if (found.card) return found;
  for (const ErpProduct& card : ledger.products()) {
    if (card.code && other.sku && !other.sku->empty() && card.code->ends_with(*other.sku)) {
      return {card.id};
    }
  }
  return {};
}

}  // namespace

std::vector<Bug> product_bugs() {
  return {
      {"firmino-sends-names-and-prices",
       "Sends names and prices of cards, and no VAT rate, EAN or description.",
       {"FIRMINO-PROD-02"},
       [](CoreParts& parts) { parts.firmino.card_write = texts_alone; }},
      {"firmino-exempt-goes-as-zero",
       "Sends products that are exempt from VAT with 0 percent.",
       {"FIRMINO-PROD-02"},
       [](CoreParts& parts) { parts.firmino.card_write = vat_of_unknown_is_zero; }},
      {.name = "firmino-ignores-idle-savings",
       .about = "Sends nothing when a card is saved without a change.",
       .caught_by = {"FIRMINO-PROD-03"},
       .wrap = meddled<QuietForm>},
      {"firmino-overwrites-alike",
       "Overwrites a product of Base whose SKU begins like the card's.",
       {"FIRMINO-PROD-04"},
       [](CoreParts& parts) { parts.firmino.recognise = by_beginning; }},
      {"firmino-knows-nothing-of-base",
       "Adds every card to Base as new, whatever is there.",
       {"FIRMINO-PROD-05", "FIRMINO-PROD-11"},
       [](CoreParts& parts) { parts.firmino.recognise = knows_nothing; }},
      {"firmino-loses-renamed-pairs",
       "Takes a product of Base for new when its name or SKU has changed.",
       {"FIRMINO-PROD-05", "FIRMINO-PROD-08"},
       [](CoreParts& parts) { parts.firmino.link_of_product = link_while_equal; }},
      {"firmino-overwrites-names",
       "Overwrites names in Base though the option is off.",
       {"FIRMINO-PROD-06"},
       [](CoreParts& parts) { parts.firmino.edit_write = names_always; }},
      {"firmino-keeps-names",
       "Leaves names in Base alone though the option is on.",
       {"FIRMINO-PROD-06"},
       [](CoreParts& parts) { parts.firmino.edit_write = names_never; }},
      {"firmino-wipes-pictures",
       "Replaces the pictures of Base though the option is off.",
       {"FIRMINO-PROD-07"},
       [](CoreParts& parts) { parts.firmino.edit_write = pictures_always; }},
      {"firmino-adds-pictures",
       "Puts pictures beside those of Base instead of replacing them.",
       {"FIRMINO-PROD-07"},
       [](CoreParts& parts) { parts.firmino.edit_write = pictures_added; }},
      {"firmino-keeps-prices",
       "Keeps the price of a card that has one, whatever Base says.",
       {"FIRMINO-PROD-01", "FIRMINO-PROD-08"},
       [](CoreParts& parts) { parts.firmino.take_over = prices_stay; }},
      {"firmino-exempt-comes-as-zero",
       "Takes products that are exempt from VAT over with 0 percent.",
       {"FIRMINO-PROD-08"},
       [](CoreParts& parts) { parts.firmino.take_over = exempt_becomes_zero; }},
      {"firmino-echoes",
       "Sends cards to Base and takes them from there, whichever is the source.",
       {"FIRMINO-PROD-01", "FIRMINO-PROD-09"},
       [](CoreParts& parts) { parts.firmino.source_is = both_sides; }},
      {"firmino-sends-in-manual-mode",
       "Sends saved cards though products are synchronised by hand.",
       {"FIRMINO-PROD-01", "FIRMINO-PROD-10"},
       [](CoreParts& parts) { parts.firmino.source_is = by_itself_too; }},
      {"firmino-wants-both-equal",
       "Joins only what has SKU and name equal, where one of them is enough.",
       {"FIRMINO-PROD-11", "FIRMINO-PROD-13"},
       [](CoreParts& parts) { parts.firmino.card_of_product = both_must_agree; }},
      {"firmino-new-card-each-run",
       "Takes the products of Base for new at every run.",
       {"FIRMINO-PROD-12"},
       [](CoreParts& parts) { parts.firmino.link_of_product = no_link; }},
      {"firmino-numbers-without-zeros",
       "Takes the SKUs 007 and 7 for one.",
       {"FIRMINO-PROD-12", "FIRMINO-PROD-13"},
       [](CoreParts& parts) { parts.firmino.card_of_product = skus_trimmed; }},
      {"firmino-first-card-wins",
       "Joins a product with whichever card comes first in the books.",
       {"FIRMINO-PROD-14"},
       [](CoreParts& parts) { parts.firmino.card_of_product = first_in_books; }},
      {"firmino-silent-about-conflicts",
       "Chooses between cards that claim one product and says nothing.",
       {"FIRMINO-PROD-14"},
       [](CoreParts& parts) { parts.firmino.card_of_product = silent; }},
  };
}

}  // namespace atrapa::scenarios::firmino
