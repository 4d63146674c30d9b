#include "scenarios/platform/sentences.hpp"

#include <array>

namespace atrapa::scenarios::platform {
namespace {

using harness::Level;
using harness::Provenance;

// A section names where the platform says so, or the public tracker where it is seen.
constexpr std::array kShoper = std::to_array<Sentence>({
    {"PLATFORM-SHOPER-01", Level::Must, Provenance::Doc,
     "api/getting-started, request limit; seen: phpclassic/php-shopify#184",
     "After an answer 429 nothing is sent before the seconds of Retry-After have passed."},
    {"PLATFORM-SHOPER-02", Level::Must, Provenance::Doc,
     "api/getting-started, X-SHOP-API-LIMIT and X-SHOP-API-BANDWIDTH; seen: "
     "FriendsOfShopware/shopmon#789",
     "A backlog of any size is finished under the documented request limit, and nothing of it is "
     "lost."},
    {"PLATFORM-SHOPER-03", Level::Should, Provenance::Client,
     "lists by page; seen: woocommerce/woocommerce#33386",
     "Rows that vanish between two pages of a list cost no other row."},
    {"PLATFORM-SHOPER-04", Level::Must, Provenance::Client,
     "lists by page; seen: mirakl/sdk-php-shop#36, woocommerce/woocommerce#33386",
     "Rows that appear between two pages of a list are neither lost for good nor taken twice, and "
     "no other row is."},
    {"PLATFORM-SHOPER-05", Level::Must, Provenance::Client,
     "lists past their end; recorded in MaciejGad/ShoperWebAPI",
     "Reading a list ends at its last or an empty page, also where the envelope sets the page back "
     "or names more pages than there are."},
    {"PLATFORM-SHOPER-06", Level::Must, Provenance::Client,
     "list envelope; recorded in MaciejGad/ShoperWebAPI, mxsgd/BI_Shoper",
     "count, pages and page are understood as numbers and as texts, and list as an array and as an "
     "object keyed by number."},
    {"PLATFORM-SHOPER-07", Level::Must, Provenance::Client,
     "401 unauthorized_client; openlinker-project/openlinker#3638",
     "A token that ends in the middle of a run is replaced by a new one; the run goes on and loses "
     "nothing."},
    {"PLATFORM-SHOPER-08", Level::Should, Provenance::Inferred, "auth: expires_in of 30 days",
     "A token is used again as long as it lives: not every call logs in anew."},
    {"PLATFORM-SHOPER-09", Level::Should, Provenance::Inferred,
     "api/getting-started, request limit: calls are scarce",
     "A run before which nothing has changed on either side writes nothing."},
    {"PLATFORM-SHOPER-10", Level::Must, Provenance::Client,
     "PUT product-stocks is absolute, no idempotency keys; openlinker-project/openlinker#3638; "
     "seen: krokedil/klarna-checkout-for-woocommerce#85",
     "A write whose answer got lost is not taken for done without knowing, has no second effect, "
     "and the next run brings the shop to the ERP's figure."},
    {"PLATFORM-SHOPER-11", Level::Must, Provenance::Inferred,
     "answers are JSON; seen: woocommerce/woocommerce-square#529",
     "A body with status 200 that is cut off or no JSON is not taken for data: no stock follows "
     "from it, and the run fails or asks again."},
    {"PLATFORM-SHOPER-12", Level::Must, Provenance::Doc,
     "error table: 500 server_error, 503 temporarily_unavailable",
     "A run that meets 500, 502 or 503 ends well or says that it failed; the next one makes it "
     "good and writes again nothing that the shop has."},
    {"PLATFORM-SHOPER-13", Level::Must, Provenance::Doc,
     "api/getting-started, header Authorization; seen: dyvenia/viadot#42",
     "Password and token stand in no address and no body but the login's own."},
    {"PLATFORM-SHOPER-14", Level::Must, Provenance::Inferred,
     "resources of the API: a sync of stock and orders has business with few of them",
     "Products that the ERP does not have, and what else belongs to the shop alone, stay as they "
     "are."},
    {"PLATFORM-SHOPER-15", Level::Must, Provenance::Doc,
     "shoper/sdk: bulk of 25 operations; lists: limit up to 50",
     "A bulk has at most 25 parts, and a list is asked for at most 50 rows at once."},
    {"PLATFORM-SHOPER-16", Level::Must, Provenance::Doc,
     "error table: 409 while an administrator has the object open; shoper/sdk: bulk",
     "A write that the shop refuses for one product stops no other one, and is made up for when "
     "the reason is gone."},
    {"PLATFORM-SHOPER-17", Level::Should, Provenance::Inferred,
     "shoper/sdk CHANGELOG: answers gain fields",
     "A field that is not documented does no harm in any answer."},
    {"PLATFORM-SHOPER-18", Level::Must, Provenance::Inferred,
     "header Authorization; seen: StackStorm/st2#4592",
     "Neither password nor token stands in the connector's log, whatever went wrong."},
    {"PLATFORM-SHOPER-19", Level::Must, Provenance::Client,
     "order.create is followed by order.edit; openlinker-project/openlinker#3638; seen: "
     "woocommerce/woocommerce#14541",
     "An order of the shop becomes one order of the ERP, however often it is read, edited or the "
     "connector started again."},
});

constexpr std::array kBase = std::to_array<Sentence>({
    {"PLATFORM-BASE-01", Level::Must, Provenance::Client,
     "ERROR_BLOCKED_TOKEN; qoretechnologies/qore#5318",
     "Once the token is blocked nothing is sent before the moment of release that the message "
     "names."},
    {"PLATFORM-BASE-02", Level::Must, Provenance::Doc, "index: 100 requests a minute",
     "A backlog of any size is finished under 100 requests a minute, and nothing of it is lost."},
    {"PLATFORM-BASE-03", Level::Must, Provenance::Client,
     "field tables against samples; bugproof/baselinker-dotnet#4, #7, #8",
     "Answers are understood whether they look as the field tables or as the samples say: texts "
     "for numbers, [] for an empty map, \"\" for no warnings."},
    {"PLATFORM-BASE-04", Level::Must, Provenance::Inferred,
     "getOrders: date_confirmed_from, id_from, 100 orders; seen: mirakl/sdk-php-shop#36",
     "Orders that were confirmed in one second are all taken, each once, also where they do not "
     "fit into one answer of 100."},
    {"PLATFORM-BASE-05", Level::Must, Provenance::Doc,
     "getOrders: get_unconfirmed_orders, date_confirmed",
     "An order that is confirmed after others of higher numbers were read is taken when it is "
     "confirmed."},
    {"PLATFORM-BASE-06", Level::Must, Provenance::Client,
     "envelope: status ERROR comes with HTTP 200; qoretechnologies/qore#5318",
     "An answer with status ERROR is no data, though HTTP says 200: no stock follows from it, no "
     "product is added for it, and the run says that it failed or makes it good."},
    {"PLATFORM-BASE-07", Level::Must, Provenance::Doc,
     "index: header X-BLToken; seen: dyvenia/viadot#42",
     "The token goes in its header (or the older field token), never in an address or a "
     "parameter."},
    {"PLATFORM-BASE-08", Level::Must, Provenance::Doc, "index: method and parameters by POST",
     "A call is a POST of a form with one method and its parameters as one JSON object."},
    {"PLATFORM-BASE-09", Level::Must, Provenance::Doc,
     "updateInventoryProductsStock, updateInventoryProductsPrices",
     "One call updates at most 1000 products."},
    {"PLATFORM-BASE-10", Level::Must, Provenance::Doc, "updateInventoryProductsStock: warnings",
     "A product that Base warns of while it says SUCCESS is not taken for updated: the next run "
     "writes it, and the others are not held up."},
    {"PLATFORM-BASE-11", Level::Must, Provenance::Inferred,
     "addInventoryProduct has no idempotency key; seen: woocommerce/woocommerce#14541",
     "A write whose answer got lost is neither repeated into a second product nor taken for done "
     "without knowing."},
    {"PLATFORM-BASE-12", Level::Must, Provenance::Client,
     "HTML with 200 during maintenance; vasily-piksis/baselinker-webhooks; seen: "
     "woocommerce/woocommerce-square#529",
     "A body with status 200 that is cut off or a web page is not taken for data."},
    {"PLATFORM-BASE-13", Level::Should, Provenance::Inferred, "index: 100 requests a minute",
     "A run before which nothing has changed on either side writes nothing."},
    {"PLATFORM-BASE-14", Level::Must, Provenance::Inferred,
     "getOrders is read from where one left off; seen: NangoHQ/integration-templates#505",
     "A process that dies between reading orders and storing them loses none and takes none "
     "twice."},
    {"PLATFORM-BASE-15", Level::Must, Provenance::Inferred,
     "lists have no total: a short or an empty page ends them",
     "Lists without rows and lists that end with a full page are read to their end, and the run "
     "goes well."},
    {"PLATFORM-BASE-16", Level::Must, Provenance::Inferred,
     "index: header X-BLToken; seen: StackStorm/st2#4592",
     "The token does not stand in the connector's log, whatever Base answered."},
    {"PLATFORM-BASE-17", Level::Must, Provenance::Inferred,
     "updateInventoryProductsStock: products and warehouses left out stay",
     "Products that the ERP does not have, and orders, stay as they are in Base."},
    {"PLATFORM-BASE-18", Level::Should, Provenance::Client,
     "getInventoryProductsList and -Stock: pages of 1000; seen: woocommerce/woocommerce#33386",
     "Products that vanish or appear between two pages of the catalogue cost no other product its "
     "stock."},
    {"PLATFORM-BASE-19", Level::Must, Provenance::Inferred,
     "getOrders: order_id; seen: woocommerce/woocommerce#14541",
     "An order of Base becomes one order of the ERP, however often it is read, moved or the "
     "connector started again."},
    {"PLATFORM-BASE-20", Level::Should, Provenance::Doc,
     "changelog: answers gain fields; seen: bugproof/baselinker-dotnet#27",
     "A field that is not documented does no harm in any answer."},
});

}  // namespace

const Page& shoper_page() {
  static const Page page{.integration = "shoper",
                         .document = "Shoper REST API (webapi/rest), https://developers.shoper.pl",
                         .sentences = kShoper};
  return page;
}

const Page& base_page() {
  static const Page page{.integration = "base",
                         .document = "Base API (connector.php), https://api.base.com",
                         .sentences = kBase};
  return page;
}

}  // namespace atrapa::scenarios::platform
