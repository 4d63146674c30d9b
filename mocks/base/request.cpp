#include "mocks/base/request.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "mocks/kit/dates.hpp"

namespace atrapa::mocks::base {
namespace {

bool base64_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
         c == ' ' || c == '=';
}

/// Whether a file in the parameters ("data:...") holds spaces among nothing but base64: somebody
/// sent a literal `+`.
bool lost_plus(std::string_view parameters) {
  for (std::size_t at = 0; (at = parameters.find("\"data:", at)) != std::string_view::npos;) {
    at += 6;
    const std::size_t end = parameters.find('"', at);
    std::string_view file = parameters.substr(at, end == std::string_view::npos ? end : end - at);
    if (const std::size_t head = file.find("base64,"); head != std::string_view::npos) {
      file.remove_prefix(head + 7);
    }
    const bool spaced = file.find(' ') != std::string_view::npos;
    bool only_base64 = true;
    for (std::size_t index = 0; index < file.size() && only_base64; ++index) {
      const bool escaped = file[index] == '\\' && index + 1 < file.size() && file[index + 1] == '/';
      only_base64 = escaped || base64_letter(file[index]);
    }
    if (spaced && only_base64) return true;
  }
  return false;
}

using Form = std::vector<std::pair<std::string, std::string>>;

/// The quoted value of `name="..."` in a part's head; "" where it has none.
std::string part_name(std::string_view head) {
  const std::size_t at = head.find("name=\"");
  if (at == std::string_view::npos) return {};
  const std::size_t end = head.find('"', at + 6);
  return end == std::string_view::npos ? std::string()
                                       : std::string(head.substr(at + 6, end - at - 6));
}

/// A body of multipart/form-data, which PHP reads like any form; a broken part ends it.
Form multipart_form(std::string_view body, std::string_view boundary) {
  constexpr std::size_t kMostParts = 100;
  const std::string line = fmt::format("--{}", boundary);
  const std::string end = fmt::format("\r\n{}", line);
  Form form;
  std::size_t at = body.find(line);
  while (at != std::string_view::npos && form.size() < kMostParts) {
    body.remove_prefix(at + line.size());
    if (!body.starts_with("\r\n")) break;
    const std::size_t head = body.find("\r\n\r\n");
    if (head == std::string_view::npos) break;
    const std::string name = part_name(body.substr(0, head));
    body.remove_prefix(head + 4);
    const std::size_t size = body.find(end);
    if (size == std::string_view::npos) break;
    form.emplace_back(name, std::string(body.substr(0, size)));
    at = size + 2;
  }
  return form;
}

/// The fields of the body, whichever of the two kinds of form it is.
Form fields_of(const kit::Request& request) {
  const std::string_view type = request.headers.get("Content-Type");
  const std::size_t at = type.find("boundary=");
  if (!type.starts_with("multipart/form-data") || at == std::string_view::npos) {
    return kit::parse_form(request.body).value_or(Form());
  }
  std::string_view boundary = type.substr(at + 9);
  boundary = boundary.substr(0, boundary.find(';'));
  if (boundary.size() > 1 && boundary.front() == '"') {
    boundary = boundary.substr(1, boundary.size() - 2);
  }
  return multipart_form(request.body, boundary);
}

Limiter new_limiter(const Settings& settings) {
  const kit::WindowSettings window{.limit = settings.limit,
                                   .size = std::chrono::seconds{settings.window_seconds},
                                   .block = std::chrono::seconds{settings.block_seconds}};
  if (settings.window_slides) return kit::SlidingWindow(window);
  return kit::FixedWindow(window);
}

}  // namespace

std::optional<SentCall> read_request(const kit::Request& request, kit::Context& context) {
  const auto target = kit::parse_target(request.target);
  if (!target || target->segments.size() != 1 || target->segments[0] != "connector.php") {
    return std::nullopt;
  }
  SentCall sent;
  if (request.method == "POST") {
    for (auto& [name, value] : fields_of(request)) {
      if (name == "method") sent.method = std::move(value);
      if (name == "parameters") sent.parameters = std::move(value);
      if (name == "token") sent.token = std::move(value);
    }
  }
  const std::string* header = request.headers.find("X-BLToken");
  if (header != nullptr && !header->empty()) sent.token = *header;
  if (lost_plus(sent.parameters)) {
    context.note +=
        "a file in base64 holds spaces: a literal + in a form is a space, send it as %2B. ";
  }
  return sent;
}

kit::Response not_found() {
  kit::Response response;
  response.status = 404;
  response.headers.set("Content-Type", "text/plain; charset=utf-8");
  response.body = "Not found: calls are POSTed to /connector.php\n";
  return response;
}

std::optional<Reply> admit(State& state, const std::string& token, kit::Instant now) {
  const Settings& settings = *state.settings;
  if (!settings.throttle) return std::nullopt;
  auto& limiters = state.limiters.write();
  auto place = limiters.find(token);
  if (place == limiters.end()) place = limiters.emplace(token, new_limiter(settings)).first;
  const kit::Admission admission =
      std::visit([&](auto& window) { return window.take(now); }, place->second);
  if (admission.admitted) return std::nullopt;
  const kit::Instant until =
      admission.blocked_until.value_or(now + std::chrono::seconds{admission.wait_seconds});
  return blocked_token(settings, until);
}

Reply blocked_token(const Settings& settings, kit::Instant until) {
  const auto zone = kit::TimeZone::find(settings.block_zone);
  // A second that has begun is over only at its end.
  const kit::Instant shown = std::chrono::ceil<std::chrono::seconds>(until);
  return refusal("ERROR_BLOCKED_TOKEN", fmt::format("Query limit exceeded, token blocked until {}",
                                                    zone.value_or(kit::TimeZone()).local(shown)));
}

}  // namespace atrapa::mocks::base
