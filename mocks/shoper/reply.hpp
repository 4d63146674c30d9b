#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/message.hpp"
#include "mocks/kit/validate.hpp"
#include "mocks/shoper/settings.hpp"

namespace atrapa::mocks::shoper {

/// The language of `error_description`: Polish unless Accept-Language begins with "en" [client,
/// live].
enum class Language { Polish, English };

Language language_of(const kit::Request& request);

/// An answer before the headers that every answer carries.
struct Reply {
  int status = 200;
  std::string body;  ///< JSON text.
  kit::Headers headers;

  bool ok() const { return status < 400; }
};

Reply success(std::string body);
/// A write's answer: the bare number (a new id, or 1) [rec].
Reply bare(std::int64_t number);

/// {"error": code, "error_description": text}
Reply refusal(int status, std::string_view code, std::string_view description);

// The refusals of the platform. Codes after README section 4 of the contract's notes: [doc] where
// the documentation gives them, else marked here. The wording is ours: what a shop says is not
// recorded.

/// 400: every bad field in one text, parts joined by "; ", each naming its field in quotes [live].
Reply invalid_fields(Language language, const std::vector<kit::Problem>& problems);
/// 400: a broken body, filter, order or bulk.
Reply invalid_request(Language language, std::string_view what);
/// 400 "Warehouses module is disabled" [live].
Reply warehouses_disabled(Language language);
/// 400 with one of the codes that the legacy SDK names, such as cannot_delete_internal_object
/// [client].
Reply forbidden_change(Language language, std::string_view code);
/// 400 invalid_grant: a used or unknown code or refresh token [client].
Reply invalid_grant(Language language);
/// 401: no token, a wrong or expired one, a bad login [doc, live].
Reply unauthorized(Language language);
/// 403: the token lacks the scope [live].
Reply insufficient_scope(Language language, std::string_view scope);
/// 404 invalid_request, "Resource not found" [live], or server_error [doc], by setting `not_found`.
Reply not_found(Language language, const Settings& settings);
/// 405 invalid_request [doc, older table].
Reply wrong_method(Language language);
/// 403 access_denied: a feature that the shop does not have [doc].
Reply access_denied(Language language, std::string_view feature);
/// 409 server_error: an administrator holds the object [doc].
Reply held(Language language);
/// 501 invalid_request: a kind of object that the call does not know [live].
Reply unsupported(Language language);
/// 400 "All products has been already sent" [live; the code inferred].
Reply nothing_to_send(Language language);
/// 429 with Retry-After in whole seconds [doc].
Reply too_many_requests(Language language, std::int64_t wait_seconds);
/// 500 server_error [doc, live].
Reply server_error(Language language);
/// 501 unsupported_grant_type [inferred].
Reply unsupported_grant(Language language);
/// 501 with X-Atrapa-Not-Emulated: the loud refusal of what Atrapa does not imitate yet.
Reply not_emulated(std::string_view operation);
/// The same for a resource of which no source shows more than its name.
Reply known_by_name_only(std::string_view operation, std::string_view resource);

}  // namespace atrapa::mocks::shoper
