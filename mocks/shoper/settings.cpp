#include "mocks/shoper/settings.hpp"

#include <array>

#include "mocks/kit/settings_table.hpp"

namespace atrapa::mocks::shoper {
namespace {

using Words = kit::SettingWords<Settings>;
using Setting = kit::Setting<Settings>;

const std::array kShoperSettings{
    Setting{"limit", &Settings::limit, "calls that fit into the bucket [doc, live: 10]", 1},
    Setting{"bandwidth", &Settings::bandwidth,
            "calls that leak from it each second [doc: 2; live: 2 or 10]", 1},
    Setting{"throttle", &Settings::throttle,
            "whether a call that does not fit is refused with 429 [doc]"},
    Setting{"bulk_cost", Words{&Settings::bulk_counts_each, "one", "each"},
            "what a bulk costs: one call, or each of its operations [inferred]"},
    Setting{"bulk_paths", Words{&Settings::bulk_short_paths, "absolute", "lenient"},
            "whether a bulk takes /products/1 for /webapi/rest/products/1 [inferred: the official "
            "SDK's "
            "example, read as a bug]"},
    Setting{"page_past_end", Words{&Settings::past_end_is_last, "first", "last"},
            "which page the envelope names for a page past the end [rec: set back; inferred: to "
            "the last]"},
    Setting{"limit_over_50", Words{&Settings::refuse_over_50, "clamp", "refuse"},
            "what limit=51 does [inferred: clamp]"},
    Setting{"like_operator", &Settings::like_operator,
            "whether LIKE is taken for ~ in filters [inferred: no]"},
    Setting{"not_found", Words{&Settings::documented_not_found, "live", "documented"},
            "the error code of 404: invalid_request [live] or server_error [doc]"},
    Setting{"stock_write_checks_unit", &Settings::stock_write_checks_unit,
            "whether a fractional stock is refused where the unit is not floating point [inferred: "
            "yes, as "
            "for order lines, doc]"},
    Setting{"negative_stock", Words{&Settings::accept_negative_stock, "refuse", "accept"},
            "what a write of a stock below 0 does [inferred: 400]"},
    Setting{"sum_includes_shipping", &Settings::sum_includes_shipping,
            "whether an order's sum holds shipping cost and payment surcharge [inferred: yes]"},
    Setting{
        "sum_counts_order_discounts", &Settings::sum_counts_order_discounts,
        "whether the percents of the order's header lower the lines again [inferred: no, a line's "
        "discount_perc has them]"},
    Setting{"default_origin", &Settings::default_origin,
            "origin of an order posted without one [inferred: 4, webapi]"},
    Setting{"order_needs_user", &Settings::order_needs_user,
            "whether POST orders insists on an existing user_id [live: yes; doc: no]"},
    Setting{"order_delete_returns_stock", &Settings::order_delete_returns_stock,
            "whether deleting an order returns what its lines took [inferred: yes, as deleting a "
            "line]"},
    Setting{"duplicate_variants", Words{&Settings::accept_duplicate_variants, "refuse", "accept"},
            "what a second variant with the same option values does [inferred: 400]"},
    Setting{
        "option_in_use_delete", Words{&Settings::cascade_options, "refuse", "cascade"},
        "what deleting an option group, option or value does while variants name it: 400, or the "
        "variants go with it [inferred: 400]"},
    Setting{
        "delete_in_use", Words{&Settings::refuse_delete_in_use, "detach", "refuse"},
        "what deleting a unit, category, producer and their like does while a row names it: what "
        "named it names none, or 400 [inferred: the former]"},
    Setting{"overlapping_offers", Words{&Settings::accept_overlapping_offers, "refuse", "accept"},
            "what a second special offer for the same stock and time does [inferred: 400]"},
    Setting{"collection_manual_sort", &Settings::collection_manual_sort,
            "the sort_type of a collection that is sorted by hand [unknown; inferred: 0]"},
    Setting{
        "readonly_fields", Words{&Settings::refuse_readonly, "ignore", "refuse"},
        "what sending a read-only field does [inferred from live: `code` of an order is dropped]"},
    Setting{"unknown_fields", Words{&Settings::refuse_unknown, "ignore", "refuse"},
            "what sending a field that does not exist does [inferred: ignore]"},
    Setting{"internal_scope", &Settings::internal_scope,
            "whether order-transactions, order-refunds and payment channels answer 403 to a token "
            "that was not granted them by name [client: yes]"},
    Setting{"field_options_module", &Settings::field_options_module,
            "whether the shop has the module behind additional-field-options; without it they "
            "answer 400 \"Missing MODULE ...\" [live]"},
    Setting{"metafields_bind", &Settings::metafields_bind,
            "whether the shop has the feature behind metafield-bind; without it 403 [doc]"},
    Setting{"object_mtime_without_id", Words{&Settings::mtime_without_id_is_500, "501", "500"},
            "what object-mtime answers without an id [live: two testers disagree]"},
    Setting{
        "relocations_change", &Settings::relocations_change,
        "whether a warehouse relocation can be changed and removed, its pieces going back; else "
        "405 [unknown; doc via SDK: it has no such call]"},
    Setting{"sent_parcel_takes_code", &Settings::sent_parcel_takes_code,
            "whether waybill number and notes of a sent parcel may still change; all else answers "
            "parcel_cannot_modify [inferred]"},
    Setting{"transactions_move_paid", &Settings::transactions_move_paid,
            "whether finished transactions and refunds count into an order's paid [unknown; "
            "inferred: yes]"},
    Setting{"income_counts_cancelled", &Settings::income_counts_cancelled,
            "whether dashboard income counts orders of status type 4 [unknown; inferred: no]"},
    Setting{"activities_call_customers", Words{&Settings::activities_name_users, "client", "user"},
            "the name of customers in dashboard-activities [doc: client; live: user]"},
    Setting{"auth_counts", &Settings::auth_counts,
            "whether POST auth adds to the user's bucket [inferred: yes]"},
    Setting{"auth_cancels_former", &Settings::auth_cancels_former,
            "whether a new token of a panel user voids the former ones [unknown; inferred: no]"},
    Setting{"token_seconds", &Settings::token_seconds,
            "life of a panel user's token [rec: 30 days]"},
    Setting{"oauth_access_seconds", &Settings::oauth_access_seconds,
            "life of an application's token [client, citing docs: 90 days]"},
    Setting{"oauth_refresh_seconds", &Settings::oauth_refresh_seconds,
            "life of a refresh token [client, citing docs: 180 days]"},
    Setting{"application_version", &Settings::application_version,
            "what application-version answers [rec]"},
    Setting{"webhooks_visible", Words{&Settings::webhooks_own_only, "all", "own"},
            "which webhooks an application sees: all of the shop's, or its own [unknown; inferred: "
            "all]"},
    Setting{
        "webhook_delete_body", Words{&Settings::webhook_delete_whole, "id", "object"},
        "what a webhook about a deletion carries: {\"<id field>\": id}, or the object as it was "
        "last [unknown; inferred: id]"},
    Setting{
        "webhook_sender_version", &Settings::webhook_sender_version,
        "the version in User-Agent: Shop Webhook Sender <version> [live header, number unknown]"},
    Setting{
        "webhook_xml_root", &Settings::webhook_xml_root,
        "root element of a webhook in XML; empty: the event's object, such as order [inferred]"},
    Setting{"webhook_xml_item", &Settings::webhook_xml_item, "element of a list in XML [inferred]"},
    Setting{"stock_write_event", &Settings::stock_write_is_event,
            "whether a write of product-stocks is product.edit [inferred: yes]"},
    Setting{"parcel_dispatch", Words{&Settings::dispatch_is_send, "waybill", "send"},
            "when parcel.dispatch is told: once a parcel has its shipping_code, or as it is sent "
            "[unknown; inferred: waybill]"},
    Setting{"storefront_order_edits", &Settings::storefront_order_edits,
            "how many order.edit follow the order.create of an order placed in the shop [live: "
            "some; inferred: 1]"},
    Setting{"promotion_code_percent_type", &Settings::percent_code_type,
            "discount_type of promotion codes in percent [unknown; inferred: 3, as specialoffers]"},
    Setting{"appstore_timestamp",
            Words{&Settings::appstore_milliseconds, "seconds", "milliseconds"},
            "unit of `timestamp` in the AppStore's messages [unknown; inferred: seconds]"},
};

}  // namespace

void read_settings(Settings& settings, const kit::Json& object, const std::string& pointer) {
  kit::read_settings(kShoperSettings, settings, object, pointer);
}

kit::Json write_settings(const Settings& settings) {
  return kit::write_settings(kShoperSettings, settings);
}

std::string describe_settings() { return kit::describe<Settings>(kShoperSettings); }

}  // namespace atrapa::mocks::shoper
