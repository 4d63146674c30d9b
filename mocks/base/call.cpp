#include "mocks/base/call.hpp"

#include <chrono>

#include "mocks/kit/record_text.hpp"

namespace atrapa::mocks::base {

Reply refusal(std::string_view code, std::string_view message) {
  std::string body = R"({"status":"ERROR","error_code":)";
  kit::append_quoted(body, code);
  body += R"(,"error_message":)";
  kit::append_quoted(body, message);
  body += '}';
  return {std::move(body), /*ok=*/false};
}

std::int64_t Call::now() const {
  return std::chrono::floor<std::chrono::seconds>(context.now).time_since_epoch().count();
}

Reply Call::done() const { return done(answer()); }

}  // namespace atrapa::mocks::base
