#include <array>
#include <string>

#include "mocks/base/call.hpp"
#include "mocks/base/product_texts.hpp"

// What the panel defines around products, and the API only reads.

namespace atrapa::mocks::base {
namespace {

Reply get_inventory_extra_fields(Call& call) {
  Answer answer = call.answer();
  {
    const auto fields = answer.open("extra_fields");
    call.state.catalogue.product_extra_fields.each([&](const ProductExtraField& one) {
      const auto item = answer.item();
      answer.put("extra_field_id", one.id);
      answer.put("name", one.name);
      answer.put("kind", one.kind);
      answer.put("editor_type", one.editor_type);
      const auto options = answer.open("options");
      for (const std::string& option : one.options) answer.add(option);
      return true;
    });
  }
  return call.done(std::move(answer));
}

const Inventory* inventory_given(const Call& call) {
  return call.state.catalogue.inventories.find(call.given().integer("inventory_id"));
}

Reply get_inventory_integrations(Call& call) {
  const Inventory* inventory = inventory_given(call);
  if (inventory == nullptr) return call.wrong_storage("the catalogue is not there");
  Answer answer = call.answer();
  {
    const auto integrations = answer.open("integrations");
    call.state.catalogue.product_integrations.each([&](const ProductIntegration& one) {
      if (one.inventory_id != 0 && one.inventory_id != inventory->id) return true;
      const auto item = answer.item(one.code);
      {
        const auto languages = answer.open("langs");
        for (const std::string& language : one.langs) answer.add(language);
      }
      const auto accounts = answer.open("accounts");
      for (const auto& [account, name] : one.accounts) answer.add(std::to_string(account), name);
      return true;
    });
  }
  return call.done(std::move(answer));
}

Reply get_inventory_available_text_field_keys(Call& call) {
  const Inventory* inventory = inventory_given(call);
  if (inventory == nullptr) return call.wrong_storage("the catalogue is not there");
  Answer answer = call.answer();
  {
    const auto keys = answer.open("text_field_keys");
    for (const auto& [key, label] : text_field_keys(call.state, *inventory)) {
      answer.add(key, label);
    }
  }
  return call.done(std::move(answer));
}

Reply get_inventory_printout_templates(Call& call) {
  Answer answer = call.answer();
  {
    const auto printouts = answer.open("printouts");
    call.state.catalogue.product_printouts.each([&](const ProductPrintout& one) {
      const auto item = answer.item();
      answer.put("printout_id", one.id);
      answer.put("name", one.name);
      answer.put("file_format", one.file_format);
      return true;
    });
  }
  return call.done(std::move(answer));
}

constexpr std::array kProductTextMethods{
    Handled{"getInventoryExtraFields", get_inventory_extra_fields},
    Handled{"getInventoryIntegrations", get_inventory_integrations},
    Handled{"getInventoryAvailableTextFieldKeys", get_inventory_available_text_field_keys},
    Handled{"getInventoryPrintoutTemplates", get_inventory_printout_templates},
};

}  // namespace

std::span<const Handled> product_text_methods() { return kProductTextMethods; }

}  // namespace atrapa::mocks::base
