#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace atrapa::core {

struct HttpRequest {
  std::string method;
  std::string url;  ///< Absolute: "http://127.0.0.1:8080/webapi/rest/products?page=1".
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// The first header of that name, compared without case, or "".
  std::string_view header(std::string_view name) const;
};

/// Why there is no answer. The two differ in what may be done next.
enum class NoAnswer {
  NotSent,    ///< The request cannot have arrived; it may be sent again.
  Ambiguous,  ///< The request may have been carried out; look before writing again.
};

/// Whether requests can be sent below that address: "https://shop.example/path". Not with white
/// space, a query or a fragment in it, nor with a user or a password: secrets do not go into
/// addresses, which are printed.
bool is_callable(std::string_view url);

/// How requests leave. One exchange a call; no retry, no pacing: those are the adapter's.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual std::variant<HttpResponse, NoAnswer> send(const HttpRequest& request) = 0;
};

}  // namespace atrapa::core
