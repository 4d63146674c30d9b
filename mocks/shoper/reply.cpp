#include "mocks/shoper/reply.hpp"

#include <fmt/format.h>

#include "mocks/kit/record_text.hpp"

namespace atrapa::mocks::shoper {
namespace {

/// The text of the language asked for.
std::string_view in(Language language, std::string_view polish, std::string_view english) {
  return language == Language::English ? english : polish;
}

std::string describe(Language language, const kit::Problem& problem) {
  const auto say = [&](std::string_view polish, std::string_view english) {
    return fmt::format("\"{}\" {}", problem.field, in(language, polish, english));
  };
  const auto detailed = [&](std::string_view polish, std::string_view english) {
    return problem.detail.empty() ? say(polish, english)
                                  : fmt::format("{} ({})", say(polish, english), problem.detail);
  };
  switch (problem.fault) {
    case kit::FieldFault::Missing: return say("jest wymagane", "is required");
    case kit::FieldFault::BadType: return detailed("ma niepoprawny format", "has a wrong format");
    case kit::FieldFault::BadValue:
      return detailed("ma niedozwoloną wartość", "has a value that is not allowed");
    case kit::FieldFault::TooLong: return detailed("jest za długie", "is too long");
    case kit::FieldFault::ReadOnly: return say("jest tylko do odczytu", "is read-only");
    case kit::FieldFault::Unknown: return say("nie istnieje", "does not exist");
    case kit::FieldFault::NotFound: return say("wskazuje nieistniejącą wartość", "value not found");
    case kit::FieldFault::Taken: return say("taka wartość już istnieje", "value already exists");
    case kit::FieldFault::OutOfRange: return detailed("jest poza zakresem", "is out of range");
  }
  return say("jest niepoprawne", "is wrong");
}

Reply loudly(std::string_view operation, std::string_view why) {
  Reply reply = refusal(501, "server_error",
                        fmt::format("Atrapa does not imitate {} yet. {}", operation, why));
  reply.headers.add("X-Atrapa-Not-Emulated", std::string(operation));
  return reply;
}

}  // namespace

Language language_of(const kit::Request& request) {
  return request.headers.get("Accept-Language").starts_with("en") ? Language::English
                                                                  : Language::Polish;
}

Reply success(std::string body) { return {200, std::move(body), {}}; }

Reply bare(std::int64_t number) { return success(std::to_string(number)); }

Reply refusal(int status, std::string_view code, std::string_view description) {
  std::string body = "{\"error\":";
  kit::append_quoted(body, code);
  body += ",\"error_description\":";
  kit::append_quoted(body, description);
  body.push_back('}');
  return {status, std::move(body), {}};
}

Reply invalid_fields(Language language, const std::vector<kit::Problem>& problems) {
  std::string text;
  for (const kit::Problem& problem : problems) {
    if (!text.empty()) text += "; ";
    text += describe(language, problem);
  }
  return refusal(400, "invalid_request", text);
}

Reply invalid_request(Language language, std::string_view what) {
  return refusal(
      400, "invalid_request",
      fmt::format("{}: {}", in(language, "Niepoprawne zapytanie", "Invalid request"), what));
}

Reply warehouses_disabled(Language) {
  return refusal(400, "invalid_request", "Warehouses module is disabled");
}

Reply forbidden_change(Language language, std::string_view code) {
  return refusal(400, code,
                 in(language, "Tej zmiany nie można wykonać", "This change is not allowed"));
}

Reply invalid_grant(Language language) {
  return refusal(400, "invalid_grant",
                 in(language, "Kod lub token odświeżający jest nieznany, zużyty lub wygasł",
                    "The code or refresh token is unknown, used or expired"));
}

Reply unauthorized(Language language) {
  return refusal(
      401, "unauthorized_client",
      in(language, "Brak autoryzacji: token lub dane logowania są niepoprawne albo wygasły",
         "Unauthorized: the token or the credentials are wrong or expired"));
}

Reply insufficient_scope(Language language, std::string_view scope) {
  return refusal(
      403, "insufficient_scope",
      fmt::format("{}: {}", in(language, "Brak uprawnienia", "Missing permission"), scope));
}

Reply access_denied(Language language, std::string_view feature) {
  return refusal(403, "access_denied",
                 fmt::format("{}: {}", in(language, "Brak dostępu", "Access denied"), feature));
}

Reply held(Language language) {
  return refusal(409, "server_error",
                 in(language, "Obiekt jest edytowany przez innego administratora",
                    "Another administrator is editing the object"));
}

Reply unsupported(Language language) {
  return refusal(501, "invalid_request", in(language, "Nieobsługiwane", "Not supported"));
}

Reply nothing_to_send(Language) {
  return refusal(400, "invalid_request", "All products has been already sent");
}

Reply not_found(Language language, const Settings& settings) {
  return refusal(404, settings.documented_not_found ? "server_error" : "invalid_request",
                 in(language, "Nie znaleziono zasobu", "Resource not found"));
}

Reply wrong_method(Language language) {
  return refusal(405, "invalid_request", in(language, "Niedozwolona metoda", "Method not allowed"));
}

Reply too_many_requests(Language language, std::int64_t wait_seconds) {
  Reply reply = refusal(429, "temporarily_unavailable",
                        in(language, "Przekroczono limit zapytań", "Request limit exceeded"));
  reply.headers.add("Retry-After", std::to_string(wait_seconds));
  return reply;
}

Reply server_error(Language language) {
  return refusal(500, "server_error", in(language, "Błąd aplikacji", "Application error"));
}

Reply unsupported_grant(Language language) {
  return refusal(501, "unsupported_grant_type",
                 in(language, "Nieobsługiwany grant_type", "Unsupported grant_type"));
}

Reply not_emulated(std::string_view operation) {
  return loudly(operation, "The contract knows the call; nothing was read or changed.");
}

Reply known_by_name_only(std::string_view operation, std::string_view resource) {
  return loudly(operation, fmt::format("{} is known by name only: no source shows its calls. "
                                       "Nothing was read or changed.",
                                       resource));
}

}  // namespace atrapa::mocks::shoper
