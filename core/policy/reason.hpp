#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace atrapa::core {

/// Why a record was left alone, or what its user has to know about it. The names (to_string) are
/// permanent: they stand in the run log and in reports.
enum class Reason {
  // Products.
  OnlyInErp,            ///< only_in_erp
  OnlyInShop,           ///< only_in_shop
  CodeMissing,          ///< code_missing: not set in the ERP, or in the shop
  CodeNotUniqueInErp,   ///< code_not_unique_in_erp
  CodeNotUniqueInShop,  ///< code_not_unique_in_shop
  PriceMissing,         ///< price_missing
  PriceUnreadable,      ///< price_unreadable
  PriceNotAboveZero,    ///< price_not_above_zero
  CategoryMissing,      ///< category_missing
  CategoryDiffers,      ///< category_differs
  VatMissing,           ///< vat_missing
  VatUnreadable,        ///< vat_unreadable
  VatDiffers,           ///< vat_differs
  StockMissing,         ///< stock_missing
  StockUnreadable,      ///< stock_unreadable
  StockBelowOne,        ///< stock_below_one
  StockNegative,        ///< stock_negative
  StockFractional,      ///< stock_fractional: whole numbers only in the shop; not sent
  StockTruncated,       ///< stock_truncated: sent without its fraction
  StockRefused,         ///< stock_refused: the shop refused the write
  StockUncertain,       ///< stock_uncertain: the shop's answer to the write never arrived
  CategoryNotInShop,    ///< category_not_in_shop: none of that name; not added
  CategoryAmbiguous,    ///< category_ambiguous: several of that name; added to the first
  VatNotInShop,         ///< vat_not_in_shop: no such rate; not added
  UnitNotInShop,        ///< unit_not_in_shop: none of that name; not added
  TextUnreadable,       ///< text_unreadable: name or code is not UTF-8
  ProductRefused,       ///< product_refused: the shop refused to add it
  AddedBefore,          ///< added_before: it has no code, and an earlier run added it
  // Orders.
  PlacedInPanel,           ///< placed_in_panel
  OriginNotShop,           ///< origin_not_shop
  NotAnnounced,            ///< not_announced: no webhook told of it
  OlderThanConfiguration,  ///< older_than_configuration
  PlacedWhileSuspended,    ///< placed_while_suspended
  DateUnreadable,          ///< date_unreadable
  LineWithoutCode,         ///< line_without_code
  LineUnknown,             ///< line_unknown: no product of that code in the ERP
  LineAmbiguous,           ///< line_ambiguous: several products of that code in the ERP
  LineUnreadable,          ///< line_unreadable: price, quantity or discount
  LineOmitted,             ///< line_omitted: the order was saved without it
  NoLineKnown,             ///< no_line_known: no order was made
  OrderHasNoLines,         ///< order_has_no_lines: no order was made
  OrderRefused,            ///< order_refused: a line is unknown and the switch says refuse
  AmountUnreadable,        ///< amount_unreadable: shipping cost, or a total beyond 64 bits
  ShopTotalDiffers,        ///< shop_total_differs: from lines and shipping
  OrderGone,  ///< order_gone: it was waiting for another try and the shop no longer has it
  // Whole runs.
  NotConfigured,         ///< not_configured
  AutomaticOff,          ///< automatic_off
  WarehousesOn,          ///< warehouses_on
  LanguageNotPolish,     ///< language_not_polish
  SeveralLanguages,      ///< several_languages
  TimeZoneUnknown,       ///< time_zone_unknown
  AccessDenied,          ///< access_denied
  ShopUnreachable,       ///< shop_unreachable
  ShopRefused,           ///< shop_refused
  ShopAnswerUnreadable,  ///< shop_answer_unreadable
  Interrupted,           ///< interrupted: the program was told to end, or died
  NotInstalled,          ///< not_installed: the connector is in no shop, or was taken out of it
  ErpAccessDenied,       ///< erp_access_denied: no API key, or one that does not open the books
  MessageNotGenuine,     ///< message_not_genuine: a shop's message with a wrong signature
  SwitchWithoutEffect,   ///< switch_without_effect
  // Integrations with Base.
  ConnectionNotTested,  ///< connection_not_tested: its test has not passed with this token
  SettingMissing,       ///< setting_missing: a part of the form is empty
  SettingUnusable,  ///< setting_unusable: a part of the form names what does not exist or does not
                    ///< fit
  UnknownIntegration,   ///< unknown_integration: none of that id
  SecretWrong,          ///< secret_wrong: a callback without the integration's secret
  PlaceholderLeft,      ///< placeholder_left: a callback whose id was never filled in
  IdUnreadable,         ///< id_unreadable: a callback whose id is no number
  IntegrationInactive,  ///< integration_inactive: switched off by its user
  DirectionForbids,     ///< direction_forbids: products do not move this way
  ModuleOff,            ///< module_off: orders, products or warehouses are not integrated
  NotConfirmed,         ///< not_confirmed: nobody said yes to the first run
  NoSuchRecord,         ///< no_such_record: the shop has no such product or order
  OrderHasDocument,     ///< order_has_document: it stays as it was when the document was issued
  DocumentWordUnknown,  ///< document_word_unknown: extra field 1 is neither word
  DocumentRefused,      ///< document_refused: the books refused it
  DeliveryRefused,      ///< delivery_refused: the shop refused the document
  NipInvalid,           ///< nip_invalid: meant as a NIP and none
  BuyerNipDiffers,      ///< buyer_nip_differs: joined by name with a buyer of another NIP
  MatchConflict,        ///< match_conflict: SKU and name point to different products, or to several
  LineNotLinked,        ///< line_not_linked: no product of the ERP belongs to it
  ProductMissing,       ///< product_missing: nothing of that id in the ERP
  WarehouseNotJoined,   ///< warehouse_not_joined: no warehouse of the ERP belongs to it
  OlderThanDate,        ///< older_than_date: from before the date that the user chose
  StatusNotChosen,      ///< status_not_chosen: in a status that the user did not choose
  NoReceipt,            ///< no_receipt: the order has none that an invoice could belong to
  ReceiptInvoiced,      ///< receipt_invoiced: an invoice belongs to the receipt already
  SimplifiedInvoice,    ///< simplified_invoice: the receipt counts as an invoice
  ReceiptWithoutNip,    ///< receipt_without_nip: it does not bear the company's NIP
  ReceiptTooOld,        ///< receipt_too_old: more than three months
  KsefRefused,          ///< ksef_refused: what came from KSeF does not belong to the document
};

std::string_view to_string(Reason reason);
std::optional<Reason> reason_named(std::string_view name);

/// Why a decision went against a record: the reason and its sentence for people.
struct Objection {
  Reason reason;
  std::string text;
};

}  // namespace atrapa::core
