#include "core/policy/reason.hpp"

namespace atrapa::core {

std::string_view to_string(Reason reason) {
  switch (reason) {
    case Reason::OnlyInErp: return "only_in_erp";
    case Reason::OnlyInShop: return "only_in_shop";
    case Reason::CodeMissing: return "code_missing";
    case Reason::CodeNotUniqueInErp: return "code_not_unique_in_erp";
    case Reason::CodeNotUniqueInShop: return "code_not_unique_in_shop";
    case Reason::PriceMissing: return "price_missing";
    case Reason::PriceUnreadable: return "price_unreadable";
    case Reason::PriceNotAboveZero: return "price_not_above_zero";
    case Reason::CategoryMissing: return "category_missing";
    case Reason::CategoryDiffers: return "category_differs";
    case Reason::VatMissing: return "vat_missing";
    case Reason::VatUnreadable: return "vat_unreadable";
    case Reason::VatDiffers: return "vat_differs";
    case Reason::StockMissing: return "stock_missing";
    case Reason::StockUnreadable: return "stock_unreadable";
    case Reason::StockBelowOne: return "stock_below_one";
    case Reason::StockNegative: return "stock_negative";
    case Reason::StockFractional: return "stock_fractional";
    case Reason::StockTruncated: return "stock_truncated";
    case Reason::StockRefused: return "stock_refused";
    case Reason::StockUncertain: return "stock_uncertain";
    case Reason::CategoryNotInShop: return "category_not_in_shop";
    case Reason::CategoryAmbiguous: return "category_ambiguous";
    case Reason::VatNotInShop: return "vat_not_in_shop";
    case Reason::UnitNotInShop: return "unit_not_in_shop";
    case Reason::TextUnreadable: return "text_unreadable";
    case Reason::ProductRefused: return "product_refused";
    case Reason::AddedBefore: return "added_before";
    case Reason::PlacedInPanel: return "placed_in_panel";
    case Reason::OriginNotShop: return "origin_not_shop";
    case Reason::NotAnnounced: return "not_announced";
    case Reason::OlderThanConfiguration: return "older_than_configuration";
    case Reason::PlacedWhileSuspended: return "placed_while_suspended";
    case Reason::DateUnreadable: return "date_unreadable";
    case Reason::LineWithoutCode: return "line_without_code";
    case Reason::LineUnknown: return "line_unknown";
    case Reason::LineAmbiguous: return "line_ambiguous";
    case Reason::LineUnreadable: return "line_unreadable";
    case Reason::LineOmitted: return "line_omitted";
    case Reason::NoLineKnown: return "no_line_known";
    case Reason::OrderHasNoLines: return "order_has_no_lines";
    case Reason::OrderRefused: return "order_refused";
    case Reason::AmountUnreadable: return "amount_unreadable";
    case Reason::ShopTotalDiffers: return "shop_total_differs";
    case Reason::OrderGone: return "order_gone";
    case Reason::NotConfigured: return "not_configured";
    case Reason::AutomaticOff: return "automatic_off";
    case Reason::WarehousesOn: return "warehouses_on";
    case Reason::LanguageNotPolish: return "language_not_polish";
    case Reason::SeveralLanguages: return "several_languages";
    case Reason::TimeZoneUnknown: return "time_zone_unknown";
    case Reason::AccessDenied: return "access_denied";
    case Reason::ShopUnreachable: return "shop_unreachable";
    case Reason::ShopRefused: return "shop_refused";
    case Reason::ShopAnswerUnreadable: return "shop_answer_unreadable";
    case Reason::Interrupted: return "interrupted";
    case Reason::NotInstalled: return "not_installed";
    case Reason::ErpAccessDenied: return "erp_access_denied";
    case Reason::MessageNotGenuine: return "message_not_genuine";
    case Reason::SwitchWithoutEffect: return "switch_without_effect";
    case Reason::ConnectionNotTested: return "connection_not_tested";
    case Reason::SettingMissing: return "setting_missing";
    case Reason::SettingUnusable: return "setting_unusable";
    case Reason::UnknownIntegration: return "unknown_integration";
    case Reason::SecretWrong: return "secret_wrong";
    case Reason::PlaceholderLeft: return "placeholder_left";
    case Reason::IdUnreadable: return "id_unreadable";
    case Reason::IntegrationInactive: return "integration_inactive";
    case Reason::DirectionForbids: return "direction_forbids";
    case Reason::ModuleOff: return "module_off";
    case Reason::NotConfirmed: return "not_confirmed";
    case Reason::NoSuchRecord: return "no_such_record";
    case Reason::OrderHasDocument: return "order_has_document";
    case Reason::DocumentWordUnknown: return "document_word_unknown";
    case Reason::DocumentRefused: return "document_refused";
    case Reason::DeliveryRefused: return "delivery_refused";
    case Reason::NipInvalid: return "nip_invalid";
    case Reason::BuyerNipDiffers: return "buyer_nip_differs";
    case Reason::MatchConflict: return "match_conflict";
    case Reason::LineNotLinked: return "line_not_linked";
    case Reason::ProductMissing: return "product_missing";
    case Reason::WarehouseNotJoined: return "warehouse_not_joined";
    case Reason::OlderThanDate: return "older_than_date";
    case Reason::StatusNotChosen: return "status_not_chosen";
    case Reason::NoReceipt: return "no_receipt";
    case Reason::ReceiptInvoiced: return "receipt_invoiced";
    case Reason::SimplifiedInvoice: return "simplified_invoice";
    case Reason::ReceiptWithoutNip: return "receipt_without_nip";
    case Reason::ReceiptTooOld: return "receipt_too_old";
    case Reason::KsefRefused: return "ksef_refused";
  }
  return "";
}

std::optional<Reason> reason_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Reason::KsefRefused); ++i) {
    if (to_string(static_cast<Reason>(i)) == name) return static_cast<Reason>(i);
  }
  return std::nullopt;
}

}  // namespace atrapa::core
