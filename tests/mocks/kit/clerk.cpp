#include "tests/mocks/kit/clerk.hpp"

#include <stdexcept>

namespace atrapa::tests {

namespace kit = mocks::kit;

namespace {

kit::Response text(std::string body, int status = 200) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"X-Clerk", "yes"}},
          .body = std::move(body)};
}

std::string echo(const kit::Request& request) {
  std::string lines = request.method + " " + request.target + "\n";
  for (const kit::Header& field : request.headers) lines += field.name + ": " + field.value + "\n";
  return lines + "\n" + request.body;
}

}  // namespace

kit::Response Clerk::serve(const kit::Request& request, kit::Context& context) {
  context.account = request.headers.get("X-Account");
  if (request.target.starts_with("/echo")) return text(echo(request));
  const auto target = kit::parse_target(request.target);
  if (!target) {
    context.note = "the target cannot be read";
    return text("bad target", 400);
  }
  const auto& path = target->segments;
  const std::string_view first = path.empty() ? std::string_view{} : std::string_view{path[0]};
  if (first == "accident") throw std::runtime_error("the clerk fell off the chair");
  if (first == "big") return text(std::string(std::stoul(target->query.at(0).second), 'x'));
  if (first == "login") {
    return {.status = 200,
            .headers = {{"Content-Type", "application/json"}},
            .body = R"({"access_token":"s3cret-answer","expires_in":2592000})"};
  }
  if (first == "notes" && request.method == "POST") {
    notes_.push_back(request.body);
    if (const std::string* url = request.headers.find("X-Hook")) {
      context.webhooks.push_back({.account = context.account,
                                  .event = "note.create",
                                  .url = *url,
                                  .headers = {{"Content-Type", "application/json"}},
                                  .body = std::to_string(notes_.size())});
    }
    return text(std::to_string(notes_.size()));
  }
  if (first == "notes" && path.size() == 2) {
    const std::size_t number = std::stoul(path[1]);
    if (number >= 1 && number <= notes_.size()) return text(notes_[number - 1]);
  }
  return text("no such thing", 404);
}

std::vector<kit::Operation> Clerk::operations() const { return {}; }

kit::Response Clerk::too_many_requests(const kit::Request&, kit::Context&) {
  return text("the clerk is out of breath", 429);
}

kit::Response Clerk::server_error(const kit::Request&, kit::Context&) {
  return text("the clerk is ill", 500);
}

std::unique_ptr<kit::Platform> Clerk::fork() const { return std::make_unique<Clerk>(*this); }

kit::Json Clerk::snapshot() const { return notes_; }

void Clerk::restore(const kit::Json& accounts) {
  notes_ = accounts.get<std::vector<std::string>>();
}

kit::Request get(std::string target) {
  return {.method = "GET", .target = std::move(target), .headers = {}, .body = {}};
}

kit::Request post(std::string target, std::string body, kit::Headers headers) {
  return {.method = "POST",
          .target = std::move(target),
          .headers = std::move(headers),
          .body = std::move(body)};
}

}  // namespace atrapa::tests
