#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "mocks/kit/host.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/kit/webhook_sender.hpp"

namespace atrapa::mocks::kit {

struct ServerOptions {
  /// Another than a loopback address is refused unless a token is set.
  std::string address = "127.0.0.1";
  int port = 0;  ///< 0: any free one; start() tells which.
  /// When set, every request needs it in the header X-Atrapa-Token, else the answer is 401.
  std::string token = {};
  std::size_t max_body = 16u << 20;  ///< Larger request bodies answer 413.
  std::size_t max_head =
      128u << 10;                ///< Request line and header fields together; larger answers 431.
  std::size_t max_fields = 100;  ///< More header fields answer 431.
  std::size_t max_connections = 256;  ///< Served at a time, one thread each; further ones wait.
  std::chrono::milliseconds idle =
      std::chrono::seconds{60};  ///< A silent client is let go after it.
};

/// Serves hosts over HTTP: what a client sends reaches the platform as the bytes that arrived, in
/// order, and what Host::handle() says of the answer is what the client sees. An answer that the
/// server gives itself, because no platform is asked, is plain text and bears the header
/// X-Atrapa-Refused.
///
/// A lost answer ends the connection without a byte, a refused one by a reset, a truncated one
/// after its head and a part of its body. Requests to one host come one at a time; a platform that
/// throws makes the server answer 500, and serves on.
class Server {
 public:
  explicit Server(ServerOptions options = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Before start(). Hosts outlive the server.

  /// "/shoper" serves the host below that prefix, which the platform does not see; "" or "/" at the
  /// root.
  void mount(std::string prefix, Host& host);
  /// Serves requests below the prefix by a function that is called by several threads at a time.
  void mount_control(std::string prefix, std::function<Response(const Request&)> handler);
  /// Hands webhooks on after the answer of the exchange that made them due. Without a sender they
  /// stay with their hosts. The sender outlives the server.
  void send_webhooks_by(WebhookSender& sender);

  /// Hands on what became due at a host outside of an exchange. Only while the server is started,
  /// such as from within a control handler.
  void hand_on_webhooks(Host& host);

  /// Begins to serve and gives the port. Throws std::runtime_error, in words for people, where the
  /// address or port cannot be had.
  int start();
  /// Ends every connection and waits for its thread; what a platform is doing meanwhile it
  /// finishes.
  void stop();

  /// 0 unless started.
  int port() const;

 private:
  class Impl;

  std::unique_ptr<Impl> impl_;
};

}  // namespace atrapa::mocks::kit
