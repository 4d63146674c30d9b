#pragma once

#include <memory>
#include <string>
#include <variant>

#include "harness/subject/subject.hpp"
#include "mocks/kit/host.hpp"

namespace atrapa::harness {

/// How a request gets from the subject to the fake and its answer back.
class Carrier {
 public:
  virtual ~Carrier() = default;
  virtual std::variant<mocks::kit::Response, NoAnswer> carry(
      const mocks::kit::Request& request) = 0;
  /// Replaces the host's fault plan; exchange 0 of it is the next one.
  virtual void arm(mocks::kit::FaultPlan plan) = 0;
  /// Where the subject is told to find the shop.
  virtual std::string url() const = 0;
};

/// A call in this process: the host gets the very bytes. `url` is what the subject is told; any
/// will do.
std::unique_ptr<Carrier> direct_carrier(mocks::kit::Host& host, std::string url);

/// A server for this host on a free port of 127.0.0.1, and a real connection to it for each
/// subject. Throws std::runtime_error where no port can be had. `host` may be used by the caller
/// whenever no request is under way.
std::unique_ptr<Carrier> socket_carrier(mocks::kit::Host& host);

}  // namespace atrapa::harness
