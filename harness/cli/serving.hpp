#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/cli/machine.hpp"
#include "harness/cli/platforms.hpp"
#include "harness/world/world.hpp"
#include "mocks/kit/host.hpp"
#include "mocks/kit/http_client.hpp"
#include "mocks/kit/server.hpp"
#include "mocks/kit/webhook_sender.hpp"

namespace atrapa::harness::cli {

struct ServingOptions {
  std::vector<const PlatformEntry*> platforms;
  std::string address = "127.0.0.1";
  int port = 8080;     ///< Of the gateway; the platforms follow. 0: any free ports.
  std::string token;   ///< Every request needs it, when set.
  bool limits = true;  ///< The platforms' documented request limits.
  bool virtual_clock = false;
  std::uint64_t seed = 1;
  /// Told in words of each target of webhooks when a delivery to it fails for the first time.
  /// Called by one thread at a time.
  std::function<void(const std::string&)> warn = [](const std::string&) {};
};

/// The fakes of a world over HTTP: a gateway with a prefix per platform, and each platform at the
/// root of a port of its own. Answers from construction to destruction.
///
/// Below `/_atrapa/` the gateway takes, as JSON:
///   GET  /_atrapa/clock    answers {"now": "2026-03-02T08:00:00.000Z", "virtual": true}
///   POST /_atrapa/clock    {"advance_ms": N}: the virtual clock goes on by it; answers as GET does
///   GET  /_atrapa/shoper   what people do in the shop: [{"operation","about","example"}]
///   POST /_atrapa/shoper/OPERATION   does it, with a body like its example and, where there are
///     several accounts, "account"; 200 with what came of it, 400
///     {"error","where","expected","next"}
///   GET  /_atrapa/shoper/deliveries   the webhooks sent so far, oldest first: [{"number","at",
///     "account","event","url","status","outcome"}], status 0 where no answer came
/// Webhooks that become due by it are sent like those of the API.
class Serving {
 public:
  struct Place {
    const PlatformEntry* platform;
    std::string url;  ///< "http://127.0.0.1:8081", the platform's real root.
  };

  /// Throws std::runtime_error where a port cannot be had, kit::WorldError where a platform refuses
  /// its accounts.
  Serving(const World& world, const ServingOptions& options, const Machine& machine);
  ~Serving();

  const std::string& gateway() const { return gateway_; }
  const std::vector<Place>& places() const { return places_; }

 private:
  class ServedClock;
  class Complaints;

  mocks::kit::Response control(const mocks::kit::Request& request);
  mocks::kit::Response control_clock(const mocks::kit::Request& request);
  mocks::kit::Response control_platform(std::size_t at, const std::string& operation,
                                        const mocks::kit::Request& request);
  mocks::kit::Response deliveries_of(mocks::kit::Host& host) const;
  std::string start(mocks::kit::Server& server, const std::string& address);

  std::unique_ptr<ServedClock> clock_;
  std::vector<const PlatformEntry*> platforms_;  ///< One a host.
  std::vector<std::unique_ptr<mocks::kit::Host>> hosts_;
  mocks::kit::HttpPoster poster_;
  std::unique_ptr<Complaints> complaints_;
  std::unique_ptr<mocks::kit::WebhookSender> webhooks_;
  std::vector<std::unique_ptr<mocks::kit::Server>> servers_;  ///< The gateway first.
  std::string gateway_;
  std::vector<Place> places_;
};

}  // namespace atrapa::harness::cli
