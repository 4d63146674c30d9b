#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/integrations/ebiuro_base.hpp"
#include "scenarios/ebiuro/spoiled.hpp"

namespace atrapa::scenarios::ebiuro {
namespace {

using core::Profile;
using harness::CoreParts;
using harness::DeedResult;
using mocks::kit::Request;
using mocks::kit::Response;

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = what.empty() ? text.npos : text.find(what);
  return at == text.npos ? text : text.replace(at, what.size(), by);
}

/// Spoils what a form is filled in with.
template <void (*kSpoil)(std::string_view deed, Json& arguments)>
class SpoilsForms final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    Json own = arguments;
    kSpoil(deed, own);
    return inner().perform(deed, own);
  }
};

void cleans_names(std::string_view, Json& arguments) {
  if (!arguments.contains("label")) return;
  std::string label = arguments["label"].get<std::string>();
  std::erase_if(label, [](char c) { return c == '<' || c == '>'; });
  arguments["label"] = label;
}

void fills_in_settings(std::string_view deed, Json& arguments) {
  if (deed != "configure") return;
  Json settings = {{"invoice_series", "FV"}, {"receipt_series", "PAR"}, {"direction", "to_shop"}};
  settings.update(arguments["settings"]);
  arguments["settings"] = settings;
}

void takes_any_direction(std::string_view deed, Json& arguments) {
  if (deed != "configure") return;
  Json& direction = arguments["settings"]["direction"];
  if (direction.is_array() || direction == "both") direction = "to_shop";
}

void ticks_the_box(std::string_view deed, Json& arguments) {
  if (deed == "configure") arguments["settings"]["copy_existing"] = true;
}

/// Goes on by the options of a former direction.
class OldOptionsAct final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    if (deed != "configure") return inner().perform(deed, arguments);
    const Json& settings = arguments.at("settings");
    Json& last = last_[arguments.value("id", "")];
    const bool to_shop = settings.value("direction", Json()) == "to_shop";
    if (to_shop && settings.value("stock", false)) last = arguments;
    if (last.is_null() || to_shop) return inner().perform(deed, arguments);
    return inner().perform(deed, last);
  }

 private:
  std::map<std::string, Json> last_;
};

/// Options come back with the direction that they were chosen for.
class OldOptionsComeBack final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    if (deed != "configure") return inner().perform(deed, arguments);
    const Json& settings = arguments.at("settings");
    if (settings.value("direction", Json()) != "to_shop") return inner().perform(deed, arguments);
    Json& known = known_[arguments.value("id", "")];
    if (known.is_null()) known = Json::object();
    known.update(settings);
    Json own = arguments;
    own["settings"] = known;
    return inner().perform(deed, own);
  }

 private:
  std::map<std::string, Json> known_;
};

class KeepsFirstToken final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    Json own = arguments;
    if (deed == "edit_integration") own["token"] = tokens_[arguments.value("id", "")];
    DeedResult result = inner().perform(deed, own);
    if (deed == "add_integration" && result.done) {
      tokens_[result.answer.value("id", "")] = arguments.value("token", "");
    }
    return result;
  }

 private:
  std::map<std::string, std::string> tokens_;
};

/// Shows integrations under other names than they have inside: answers are turned one way, what
/// comes in the other.
class Renames : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    Json own = arguments;
    if (own.contains("id")) own["id"] = inside(own["id"].get<std::string>());
    DeedResult result = inner().perform(deed, own);
    if (deed == "edit_integration" && result.done) edited(own["id"].get<std::string>());
    if (result.answer.contains("integrations")) {
      for (Json& row : result.answer["integrations"]) {
        shown(row, row.value("id", ""));
      }
    }
    return result;
  }

 protected:
  std::map<std::string, std::string> names_;  ///< Outside, by inside.

  std::string inside(const std::string& outside) const {
    for (const auto& [in, out] : names_) {
      if (out == outside) return in;
    }
    return outside;
  }
  virtual void edited(const std::string& id) = 0;
  virtual void shown(Json& row, const std::string& id) = 0;
};

class NewUuids final : public Renames {
 public:
  using Renames::Renames;
  Response receive(const Request& call) override {
    Request own = call;
    for (const auto& [in, out] : names_) {
      if (call.target.find(out + "?") != std::string::npos) {
        own.target = replaced(call.target, out, in);
        return inner().receive(own);
      }
      if (call.target.find(in + "?") != std::string::npos) {
        return {.status = 404, .headers = {}, .body = {}};
      }
    }
    return inner().receive(call);
  }

 private:
  void edited(const std::string& id) override { names_[id] = "new-" + id; }
  void shown(Json& row, const std::string& id) override {
    if (const auto name = names_.find(id); name != names_.end()) row["id"] = name->second;
  }
};

class NewSecrets final : public Renames {
 public:
  using Renames::Renames;
  Response receive(const Request& call) override {
    for (const std::string& id : edited_) {
      if (call.target.find(id + "?") == std::string::npos) continue;
      if (call.target.find("secretKey=new-") == std::string::npos) {
        return {.status = 403, .headers = {}, .body = {}};
      }
      Request own = call;
      own.target = replaced(call.target, "secretKey=new-", "secretKey=");
      return inner().receive(own);
    }
    return inner().receive(call);
  }

 private:
  void edited(const std::string& id) override { edited_.insert(id); }
  void shown(Json& row, const std::string& id) override {
    if (edited_.contains(id)) row["secret"] = "new-" + row.value("secret", "");
  }
  std::set<std::string> edited_;
};

class OneSecretForAll final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    DeedResult result = inner().perform(deed, arguments);
    if (result.answer.contains("secret")) result.answer["secret"] = "s3cret";
    if (result.answer.contains("integrations")) {
      for (Json& row : result.answer["integrations"]) row["secret"] = "s3cret";
    }
    return result;
  }
};

class ListsThoseAtWork final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    DeedResult result = inner().perform(deed, arguments);
    if (!result.answer.contains("integrations")) return result;
    Json active = Json::array();
    for (const Json& row : result.answer["integrations"]) {
      if (row.value("state", "") == "active") active.push_back(row);
    }
    result.answer["integrations"] = active;
    return result;
  }
};

/// What is deleted is no longer shown, and works on.
class HidesTheDeleted final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    if (deed == "remove_integration") {
      hidden_.insert(arguments.value("id", ""));
      return {.done = true};
    }
    DeedResult result = inner().perform(deed, arguments);
    if (!result.answer.contains("integrations")) return result;
    Json shown = Json::array();
    for (const Json& row : result.answer["integrations"]) {
      if (!hidden_.contains(row.value("id", ""))) shown.push_back(row);
    }
    result.answer["integrations"] = shown;
    return result;
  }

 private:
  std::set<std::string> hidden_;
};

class DeletesByName final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    if (deed != "remove_integration") return inner().perform(deed, arguments);
    const Json list = inner().perform("list_integrations", Json::object()).answer["integrations"];
    std::string name;
    for (const Json& row : list) {
      if (row.value("id", "") == arguments.value("id", "")) name = row.value("label", "");
    }
    DeedResult result = inner().perform(deed, arguments);
    for (const Json& row : list) {
      if (row.value("label", "") != name || row["id"] == arguments["id"]) continue;
      inner().perform(deed, {{"id", row["id"]}});
    }
    return result;
  }
};

class DocumentsGoToo final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    if (deed == "remove_integration") gone_.insert(arguments.value("id", ""));
    return inner().perform(deed, arguments);
  }
  harness::ErpView look() override {
    harness::ErpView view = inner().look();
    std::erase_if(*view.papers, [&](const harness::ErpDocument& paper) {
      return gone_.contains(paper.integration);
    });
    return view;
  }

 private:
  std::set<std::string> gone_;
};

}  // namespace

std::vector<Bug> form_bugs() {
  return {
      {"configures-untested",
       "Lets settings be saved before the connection was tested.",
       {"EBIURO-CONF-04"},
       [](CoreParts& parts) {
         parts.ebiuro.may_be_configured = [](const Profile&) { return true; };
       }},
      {"works-while-inactive",
       "Goes on working when it is switched off.",
       {"EBIURO-LIFE-03"},
       [](CoreParts& parts) { parts.ebiuro.at_work = [](const Profile&) { return true; }; }},
      {"first-token-for-all",
       "Calls Base with the token of the first integration.",
       {"EBIURO-CONF-02", "EBIURO-LIFE-05"},
       [](CoreParts& parts) {
         parts.ebiuro.token = [](const core::Ledger& ledger, const Profile&) {
           return core::profiles(ledger).front().token;
         };
       }},
      around<KeepsFirstToken>("keeps-the-first-token", "Goes on with the token it was made with.",
                              {"EBIURO-CONF-02"}),
      around<SpoilsForms<cleans_names>>(
          "cleans-shop-names", "Takes angle brackets out of the shop's name.", {"EBIURO-CONF-01"}),
      around<DeletesByName>("deletes-by-name", "Deletes all integrations of one name together.",
                            {"EBIURO-CONF-01"}),
      around<SpoilsForms<fills_in_settings>>("fills-in-missing-settings",
                                             "Makes up settings that were not filled in.",
                                             {"EBIURO-CONF-05"}),
      around<SpoilsForms<takes_any_direction>>("takes-any-direction",
                                               "Takes two directions at once.", {"EBIURO-DIR-01"}),
      around<SpoilsForms<ticks_the_box>>("copies-unticked",
                                         "Copies all products without being asked to.",
                                         {"EBIURO-DIR-03", "EBIURO-PROD-03"}),
      around<OldOptionsAct>("pushes-stock-in-any-direction",
                            "Goes on sending stock after the direction was changed.",
                            {"EBIURO-DIR-03", "EBIURO-STOCK-03"}),
      around<OldOptionsComeBack>("old-options-come-back",
                                 "Brings the options of a former direction back.",
                                 {"EBIURO-DIR-03"}),
      around<OneSecretForAll>("one-secret-for-all", "Gives all integrations the same secret.",
                              {"EBIURO-CONF-03"}),
      around<NewUuids>("new-uuid-on-edit", "Gives an integration another uuid when it is edited.",
                       {"EBIURO-CONF-03", "EBIURO-LIFE-02"}),
      around<NewSecrets>("new-secret-on-edit",
                         "Gives an integration another secret when it is edited.",
                         {"EBIURO-CONF-03", "EBIURO-LIFE-02"}),
      around<ListsThoseAtWork>("lists-those-at-work", "Lists only integrations that are at work.",
                               {"EBIURO-LIFE-01"}),
      around<HidesTheDeleted>("hides-the-deleted",
                              "Only hides what was deleted, and goes on working for it.",
                              {"EBIURO-LIFE-04"}),
      around<DocumentsGoToo>("documents-go-too", "Takes the documents away with the integration.",
                             {"EBIURO-LIFE-04"}),
  };
}

}  // namespace atrapa::scenarios::ebiuro
