#include "mocks/base/settings.hpp"

#include <array>

#include "mocks/base/base.hpp"
#include "mocks/kit/settings_table.hpp"

namespace atrapa::mocks::base {
namespace {

using Words = kit::SettingWords<Settings>;
using Setting = kit::Setting<Settings>;

const std::array kBaseSettings{
    Setting{"throttle", &Settings::throttle,
            "whether a token that passes the request limit is blocked [doc]"},
    Setting{"limit", &Settings::limit, "requests that a token may make in a window [doc: 100]", 1},
    Setting{"window_seconds", &Settings::window_seconds, "length of the window [doc: a minute]", 1},
    Setting{
        "window", Words{&Settings::window_slides, "fixed", "sliding"},
        "whether the window begins with a token's first call and ends for all at once, or every "
        "call leaves it by itself [inferred: fixed]"},
    Setting{"block_seconds", &Settings::block_seconds,
            "how long a token is blocked after it passed the limit; the message names the end "
            "[inferred: 600]"},
    Setting{"block_zone", &Settings::block_zone,
            "time zone of that message, an IANA name [inferred: Europe/Warsaw]"},
    Setting{"shape", Words{&Settings::as_sample, "table", "sample"},
            "what an answer looks like where the official field table and sample disagree "
            "[inferred: as the sample, which clients follow]"},
    Setting{"php_arrays", &Settings::php_arrays, "whether a map without entries is [] [client]"},
    Setting{"bad_token_code", &Settings::bad_token_code,
            "error_code for a token that no account has [client: only in test mocks]"},
    Setting{"unknown_method_code", &Settings::unknown_method_code,
            "error_code for an unknown method [client]"},
    Setting{"undocumented_code", &Settings::undocumented_code,
            "error_code where no source gives one: a parameter that is missing or wrong, an order "
            "that is not there. The name is Atrapa's own, so that no client learns to rely on it"},
    Setting{"journal", &Settings::journal,
            "whether the account's journal of orders is switched on; else its lists are empty "
            "[doc; inferred: on]"},
    Setting{"last_log_id", Words{&Settings::journal_inclusive, "exclusive", "inclusive"},
            "whether getJournalList answers the entry of last_log_id again [inferred: no]"},
    Setting{"add_order", Words{&Settings::add_order_confirms, "unconfirmed", "confirmed"},
            "whether addOrder makes a confirmed order [inferred: yes, clients count on it]"},
    Setting{"number_zone", &Settings::number_zone,
            "time zone in which the month and year of a document's number are counted, an IANA "
            "name [inferred: Europe/Warsaw]"},
    Setting{"second_invoice", Words{&Settings::second_invoice, "refused", "issued"},
            "what addInvoice and addReceipt do for an order that has an invoice or a receipt "
            "already [inferred: refuse]"},
    Setting{"getReceipts", Words{&Settings::lists_unprinted_receipts, "printed", "all"},
            "whether getReceipts lists receipts that wait for their printer, too [inferred: yes]"},
    Setting{"stock_below_zero", Words{&Settings::stock_below_zero, "refused", "allowed"},
            "what confirming a stock document does that takes out more than there is [inferred: "
            "refuse]"},
    Setting{"category_list", Words{&Settings::common_categories, "own", "with_common"},
            "whether getInventoryCategories of a catalogue answers the categories too that all "
            "catalogues have in common [inferred: yes]"},
    Setting{"storage_documents", &Settings::storage_documents,
            "whether storage documents are on: then average_cost of addInventoryProduct does not "
            "count [doc; inferred: off]"},
    Setting{"filter_stock",
            Words{&Settings::stock_of_all_warehouses, "default_warehouse", "all_warehouses"},
            "which stock filter_stock_from, filter_stock_to and a sort by stock look at [inferred: "
            "the sum of the catalogue's warehouses]"},
    Setting{"bulk_writes_are_edits", &Settings::bulk_writes_are_edits,
            "whether updateInventoryProductsStock and updateInventoryProductsPrices run the "
            "automatic actions of an edited product [inferred: no]"},
    Setting{"storage_page", &Settings::storage_page,
            "products on a page of getExternalStorageProducts... [inferred: 1000]", 1},
};

}  // namespace

void read_settings(Settings& settings, const kit::Json& object, const std::string& pointer) {
  kit::read_settings(kBaseSettings, settings, object, pointer);
}

kit::Json write_settings(const Settings& settings) {
  return kit::write_settings(kBaseSettings, settings);
}

std::string describe_settings() { return kit::describe<Settings>(kBaseSettings); }

}  // namespace atrapa::mocks::base
