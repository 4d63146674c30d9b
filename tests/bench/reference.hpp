#pragma once

#include <memory>
#include <string>
#include <vector>

namespace atrapa::bench {

/// A server of one fixed answer, to measure against. Ends with the object.
class Reference {
 public:
  virtual ~Reference() = default;
  virtual std::string name() const = 0;
  virtual int port() const = 0;
};

/// All that can be had on this machine, answering every GET with `body` as JSON: nginx where it is
/// installed, cpp-httplib with TCP_NODELAY and endless keep-alive, a bare epoll loop.
std::vector<std::unique_ptr<Reference>> references(const std::string& body);

}  // namespace atrapa::bench
