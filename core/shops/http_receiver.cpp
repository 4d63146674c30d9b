#include "core/shops/http_receiver.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <mutex>
#include <stdexcept>
#include <thread>

namespace atrapa::core {
namespace {

constexpr std::size_t kLargestBody = 64 * 1024;
constexpr std::size_t kThreads = 2;
constexpr int kSecondsToRead = 10;
constexpr int kServerError = 500;

}  // namespace

struct HttpReceiver::Server {
  httplib::Server http;
  std::mutex one_at_a_time;
  Handler handler;
  std::thread thread;
};

HttpReceiver::HttpReceiver(const std::string& address, int port, Handler handler)
    : server_(std::make_unique<Server>()) {
  httplib::Server& http = server_->http;
  server_->handler = std::move(handler);
  http.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  http.set_payload_max_length(kLargestBody);
  http.set_read_timeout(kSecondsToRead);
  const auto answer = [server = server_.get()](const httplib::Request& request,
                                               httplib::Response& response) {
    HttpRequest call{
        .method = request.method, .url = request.target, .headers = {}, .body = request.body};
    for (const auto& [name, value] : request.headers) call.headers.emplace_back(name, value);
    const std::lock_guard lock(server->one_at_a_time);
    try {
      HttpResponse said = server->handler(call);
      response.status = said.status;
      response.set_content(std::move(said.body), "text/plain; charset=utf-8");
    } catch (const std::exception&) {
      // What went wrong is the handler's to tell; the caller learns no more than that it did.
      response.status = kServerError;
    }
  };
  http.Get(".*", answer);
  http.Post(".*", answer);
  const int bound =
      port == 0 ? http.bind_to_any_port(address) : (http.bind_to_port(address, port) ? port : -1);
  if (bound < 0) {
    throw std::runtime_error(
        fmt::format("cannot listen on {}:{}; is the port taken, or the address another machine's?",
                    address, port));
  }
  url_ = fmt::format("http://{}:{}", address, bound);
  server_->thread = std::thread([&http] { http.listen_after_bind(); });
  // stop() reaches only a server that runs.
  while (!http.is_running()) std::this_thread::yield();
}

HttpReceiver::~HttpReceiver() {
  server_->http.stop();
  server_->thread.join();
}

}  // namespace atrapa::core
