#include "mocks/kit/dispatch.hpp"

#include <fmt/format.h>

#include <exception>
#include <mutex>
#include <utility>

namespace atrapa::mocks::kit {

namespace {

constexpr std::string_view kTokenHeader = "X-Atrapa-Token";

/// Takes as long whatever the difference, so that a token cannot be guessed byte by byte.
bool equal_secretly(std::string_view a, std::string_view b) {
  unsigned difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned>(a[i] ^ (i < b.size() ? b[i] : '\0'));
  }
  return difference == 0;
}

Dispatched answered(Response response) {
  return {{.kind = Outcome::Kind::Answered, .response = std::move(response), .bytes = 0}, nullptr};
}

Dispatched ask(const Mounts::Mount& mount, const Request& request) {
  if (mount.host == nullptr) return answered(mount.control(request));
  const std::lock_guard lock(mutex_of(*mount.host));
  return {mount.host->handle(request), mount.host};
}

}  // namespace

Response refusal(int status, std::string_view text) {
  return {
      .status = status,
      .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"X-Atrapa-Refused", "server"}},
      .body = fmt::format("Atrapa: {}\n", text)};
}

Dispatched dispatch(const Mounts& mounts, std::string_view token, Request& request) {
  if (!token.empty() && !equal_secretly(token, request.headers.get(kTokenHeader))) {
    return answered(refusal(
        401,
        fmt::format("every request needs this server's token in the header {}", kTokenHeader)));
  }
  const Mounts::Mount* mount = mounts.find(request.target);
  if (mount == nullptr) {
    return answered(refusal(404, fmt::format("nothing is served at '{}'. Here are: {}",
                                             request.target, mounts.listed())));
  }
  if (!mount->prefix.empty()) request.target = below(mount->prefix, request.target);
  try {
    return ask(*mount, request);
  } catch (const std::exception& accident) {
    return answered(
        refusal(500, fmt::format("an accident in the fake, not an answer of the platform: {}",
                                 accident.what())));
  }
}

}  // namespace atrapa::mocks::kit
