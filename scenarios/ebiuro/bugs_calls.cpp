#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/integrations/ebiuro_base.hpp"
#include "scenarios/ebiuro/spoiled.hpp"

namespace atrapa::scenarios::ebiuro {
namespace {

using core::Ledger;
using core::Profile;
using core::ebiuro_base::Callback;
using harness::CoreParts;
using harness::DeedResult;
using mocks::kit::Request;
using mocks::kit::Response;

std::string folded(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

/// The secret of the integration that is named, the books and the token of the last one.
std::optional<Profile> last_one(const Ledger& ledger, const Callback& callback) {
  const auto named = core::profile(ledger, callback.integration);
  if (!named) return named;
  Profile last = core::profiles(ledger).back();
  last.secret = named->secret;
  return last;
}

std::optional<Profile> by_secret(const Ledger& ledger, const Callback& callback) {
  for (const Profile& one : core::profiles(ledger)) {
    if (!callback.secrets.empty() && one.secret == callback.secrets.front()) return one;
  }
  return core::profile(ledger, callback.integration);
}

/// The value of a parameter as it stands in the address; "" where there is none.
std::string parameter(const std::string& target, const std::string& name) {
  for (const char* const before : {"?", "&"}) {
    const std::size_t at = target.find(before + name + "=");
    if (at == target.npos) continue;
    const std::size_t from = at + name.size() + 2;
    return target.substr(from, target.find('&', from) - from);
  }
  return {};
}

harness::ErpProduct blank_card(std::string id) {
  harness::ErpProduct card;
  card.id = std::move(id);
  return card;
}

class ReadsDigits final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  Response receive(const Request& call) override {
    Request plain = call;
    const std::size_t at = plain.target.rfind('=');
    while (at != plain.target.npos && at + 1 < plain.target.size() && plain.target.back() >= 'a' &&
           plain.target.back() <= 'z') {
      plain.target.pop_back();
    }
    return inner().receive(plain);
  }
};

class BelievesTheCall final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  Response receive(const Request& call) override {
    Response answer = inner().receive(call);
    const std::string name = parameter(call.target, "name");
    if (name.empty()) return answer;
    harness::ErpProduct card = blank_card("from-call-" + parameter(call.target, "productId"));
    for (const harness::ErpProduct& known : inner().look().products) {
      if (known.code == parameter(call.target, "sku")) card = known;
    }
    card.code = parameter(call.target, "sku");
    card.name = name;
    card.gross_price = parameter(call.target, "price");
    inner().edit_product(card);
    return answer;
  }
};

/// Takes every call about a product for news, and puts a card there before it has read anything.
class CardsForIds final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  Response receive(const Request& call) override {
    const std::size_t cards = inner().look().products.size();
    Response answer = inner().receive(call);
    const std::string id = parameter(call.target, "productId");
    const bool taken =
        answer.status == 200 && call.target.find("/product/sync/") != std::string::npos;
    if (!taken || inner().look().products.size() != cards || !seen_.insert(id).second)
      return answer;
    const std::string sku = parameter(call.target, "sku");
    if (sku.empty()) return answer;
    harness::ErpProduct card = blank_card("from-call-" + id);
    card.code = sku;
    card.name = "produkt " + id;
    inner().edit_product(card);
    return answer;
  }

 private:
  std::set<std::string> seen_;
};

/// A late edit brings back what was deleted.
class Revives final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  Response receive(const Request& call) override {
    const std::string id = parameter(call.target, "productId");
    const auto before = inner().look().products;
    Response answer = inner().receive(call);
    if (call.target.find("/product/delete/") != std::string::npos) {
      const auto after = inner().look().products;
      for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
        if (before[i].active && !after[i].active) gone_[id] = before[i];
      }
    } else if (const auto card = gone_.find(id); card != gone_.end()) {
      inner().edit_product(card->second);
    }
    return answer;
  }

 private:
  std::map<std::string, harness::ErpProduct> gone_;
};

/// Asks for orders although nobody told of them.
class Polls final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    DeedResult result = inner().perform(deed, arguments);
    if (deed == "add_integration" && result.done) {
      secrets_[result.answer.value("id", "")] = result.answer.value("secret", "");
    }
    const std::string command = arguments.value("command", "");
    if (deed != "run" || (command != "orders" && command != "all")) return result;
    const std::string id = arguments.value("id", "");
    for (int order = 1; order <= kMost; ++order) {
      inner().receive({.method = "GET",
                       .target = fmt::format("/v1/order/sync/baselinker/{}?secretKey={}&orderId={}",
                                             id, secrets_[id], order),
                       .headers = {},
                       .body = {}});
    }
    return result;
  }

 private:
  static constexpr int kMost = 8;
  std::map<std::string, std::string> secrets_;
};

}  // namespace

std::vector<Bug> call_bugs() {
  return {
      {"ignores-secrets",
       "Takes calls whatever their secret.",
       {"EBIURO-EVT-03", "EBIURO-EVT-04", "EBIURO-EVT-05", "EBIURO-EVT-06", "EBIURO-EVT-07",
        "EBIURO-ORD-01"},
       [](CoreParts& parts) {
         parts.ebiuro.secret_fits = [](const Profile&, const Callback&) { return true; };
       }},
      {"secrets-of-any-case",
       "Compares secrets without their case.",
       {"EBIURO-EVT-07"},
       [](CoreParts& parts) {
         parts.ebiuro.secret_fits = [](const Profile& profile, const Callback& callback) {
           return callback.secrets.size() == 1 &&
                  folded(callback.secrets.front()) == folded(profile.secret);
         };
       }},
      {"first-secret-counts",
       "Looks at the first secret of a call alone.",
       {"EBIURO-EVT-07"},
       [](CoreParts& parts) {
         parts.ebiuro.secret_fits = [](const Profile& profile, const Callback& callback) {
           return !callback.secrets.empty() && callback.secrets.front() == profile.secret;
         };
       }},
      {"secrets-begin-alike",
       "Is content with a part of the secret.",
       {"EBIURO-EVT-07"},
       [](CoreParts& parts) {
         parts.ebiuro.secret_fits = [](const Profile& profile, const Callback& callback) {
           return callback.secrets.size() == 1 &&
                  profile.secret.starts_with(callback.secrets.front());
         };
       }},
      {"events-go-astray",
       "Applies the events of every integration to the last one.",
       {"EBIURO-LIFE-05"},
       [](CoreParts& parts) { parts.ebiuro.addressee = last_one; }},
      {"uuids-do-not-matter",
       "Finds the integration by the secret, whatever the uuid.",
       {"EBIURO-EVT-06", "EBIURO-EVT-07"},
       [](CoreParts& parts) { parts.ebiuro.addressee = by_secret; }},
      {"takes-placeholders",
       "Takes what Base never filled in for an id.",
       {"EBIURO-EVT-06"},
       [](CoreParts& parts) {
         parts.ebiuro.id_objection = [](const std::string&) {
           return std::optional<core::Objection>();
         };
       }},
      around<ReadsDigits>("reads-digits-of-ids", "Takes \"12x\" for the id 12.",
                          {"EBIURO-EVT-03", "EBIURO-EVT-04", "EBIURO-EVT-05", "EBIURO-ORD-01"}),
      around<BelievesTheCall>("believes-the-call",
                              "Takes a product's data from the call instead of from Base.",
                              {"EBIURO-EVT-08"}),
      around<CardsForIds>("cards-without-reading",
                          "Makes a product from the call where Base has none.", {"EBIURO-EVT-08"}),
      around<Revives>("late-edit-revives", "A late edit brings a deleted product back.",
                      {"EBIURO-EVT-04", "EBIURO-EVT-05"}),
      around<Polls>("polls-orders", "Fetches orders that no automatic action told of.",
                    {"EBIURO-ORD-01", "EBIURO-ORD-02", "EBIURO-ORD-05"}),
  };
}

}  // namespace atrapa::scenarios::ebiuro
