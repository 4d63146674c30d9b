#include "scenarios/platform/wires.hpp"

#include <fmt/format.h>

#include "scenarios/platform/base_stage.hpp"

namespace atrapa::scenarios::platform {
namespace {

std::string percent(const std::string& text) {
  std::string out;
  for (const char c : text) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

}  // namespace

void LogsSecrets::configure(const harness::SubjectSetup& setup) {
  password_ = setup.shop.password;
  inner().configure(setup);
}

harness::ErpView LogsSecrets::look() {
  harness::ErpView view = inner().look();
  view.log->push_back({.severity = "info",
                      .kind = "run",
                      .record = "",
                      .reason = "login",
                      .text = "logged in with " + password_});
  return view;
}

harness::CommandResult FilesAgain::run(std::string_view command) {
  const auto before = inner().look().orders;
  auto result = inner().run(command);
  if (command == "orders") twice_.insert(twice_.end(), before.begin(), before.end());
  return result;
}

harness::ErpView FilesAgain::look() {
  harness::ErpView view = inner().look();
  view.orders->insert(view.orders->end(), twice_.begin(), twice_.end());
  return view;
}

std::string with(std::string text, const std::string& old, const std::string& next) {
  const std::size_t at = text.find(old);
  if (at != text.npos) text.replace(at, old.size(), next);
  return text;
}

Answer AnswerReader::send(const Request& request) {
  Answer answer = inner().send(request);
  if (Response* const response = answered(answer)) read(request, *response);
  return answer;
}

harness::Json parameters_of(const Request& request) {
  for (const auto& [name, value] :
       mocks::kit::parse_form(request.body)
           .value_or(std::vector<std::pair<std::string, std::string>>())) {
    if (name == "parameters") return harness::Json::parse(value, nullptr, false);
  }
  return harness::Json::object();
}

Request call_with(const Request& request, const harness::Json& parameters) {
  Request other = request;
  other.body =
      fmt::format("method={}&parameters={}", method_of(request), percent(parameters.dump()));
  return other;
}

Response said(const harness::Json& body) {
  return {.status = 200, .headers = {}, .body = body.dump()};
}

}  // namespace atrapa::scenarios::platform
