#include "tests/bench/reference.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

#include "tests/bench/load.hpp"
#include "tests/bench/process.hpp"

namespace atrapa::bench {

namespace {

/// A listening socket on any free port of 127.0.0.1, and the port.
std::pair<int, int> listen_anywhere() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (::bind(descriptor, any, size) != 0 || ::listen(descriptor, 1024) != 0 ||
      ::getsockname(descriptor, any, &size) != 0) {
    throw std::runtime_error("no free port for a reference");
  }
  return {descriptor, ntohs(address.sin_port)};
}

/// The least a server can do: one thread that answers whatever arrives with the same bytes.
class Epoll final : public Reference {
 public:
  explicit Epoll(const std::string& body)
      : answer_(fmt::format("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                            "Content-Length: {}\r\n\r\n{}",
                            body.size(), body)),
        epoll_(::epoll_create1(0)) {
    std::tie(listening_, port_) = listen_anywhere();
    watch(listening_);
    thread_ = std::thread([this] { run(); });
  }
  ~Epoll() override {
    stopping_ = true;
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
    ::close(epoll_);
  }

  std::string name() const override { return "a bare epoll loop"; }
  int port() const override { return port_; }

 private:
  void watch(int descriptor) const {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
  }

  void run() const {
    std::array<epoll_event, 64> events;
    while (!stopping_) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 100);
      for (int i = 0; i < ready; ++i) serve(events[static_cast<std::size_t>(i)].data.fd);
    }
  }

  void serve(int descriptor) const {
    if (descriptor == listening_) {
      const int accepted = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      const int on = 1;
      ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      if (accepted >= 0) watch(accepted);
      return;
    }
    std::array<char, 4096> bytes;
    if (::recv(descriptor, bytes.data(), bytes.size(), 0) <= 0) {
      ::close(descriptor);
    } else if (::send(descriptor, answer_.data(), answer_.size(), MSG_NOSIGNAL) < 0) {
      ::close(descriptor);
    }
  }

  std::string answer_;
  int epoll_;
  int listening_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

/// cpp-httplib with what it needs not to be slow, and a canned answer.
class Httplib final : public Reference {
 public:
  explicit Httplib(std::string body) {
    server_.set_tcp_nodelay(true);
    server_.set_keep_alive_max_count(1'000'000'000);
    server_.new_task_queue = [] { return new httplib::ThreadPool(32); };
    const auto answer = [body = std::move(body)](const httplib::Request&, httplib::Response& to) {
      to.set_content(body, "application/json; charset=utf-8");
    };
    server_.Get(".*", answer);
    server_.Post(".*", answer);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Httplib() override {
    server_.stop();
    thread_.join();
  }

  std::string name() const override { return "cpp-httplib, canned"; }
  int port() const override { return port_; }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

/// A folder that nobody else uses, gone with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "atrapa-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// As a quoted word of nginx's configuration, which has no way to write a dollar.
std::string quoted(const std::string& text) {
  if (text.find('$') != std::string::npos) {
    throw std::runtime_error("nginx cannot be told to answer a body with a dollar in it");
  }
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') word += '\\';
    word += c;
  }
  return word + "'";
}

/// nginx in a folder of its own, in the foreground, one worker.
class Nginx final : public Reference {
 public:
  Nginx(const std::filesystem::path& program, const std::string& body) {
    const auto [descriptor, port] = listen_anywhere();
    ::close(descriptor);
    port_ = port;
    write_configuration(body);
    process_.emplace(std::vector<std::string>{program.string(), "-p", folder_.path().string(), "-c",
                                              configuration().string(), "-e", "stderr"});
    wait_until_it_answers();
  }

  std::string name() const override { return "nginx"; }
  int port() const override { return port_; }

 private:
  std::filesystem::path configuration() const { return folder_.path() / "nginx.conf"; }

  void write_configuration(const std::string& body) const {
    std::ofstream(configuration())
        << "daemon off; pid " << (folder_.path() / "pid").string() << "; worker_processes 1;\n"
        << "events { worker_connections 256; }\n"
        << "http { access_log off; keepalive_requests 1000000000; tcp_nodelay on;\n"
        << "  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
        << "  uwsgi_temp_path uwsgi; scgi_temp_path scgi; default_type application/json;\n"
        << "  server { listen 127.0.0.1:" << port_ << ";\n"
        << "    location / { return 200 " << quoted(body) << "; } } }\n";
  }

  void wait_until_it_answers() const {
    for (int i = 0; i < 200; ++i) {
      try {
        const Caller caller(port_);
        return;
      } catch (const std::runtime_error&) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
      }
    }
    throw std::runtime_error("nginx does not start");
  }

  TemporaryFolder folder_;
  int port_ = 0;
  std::optional<Process> process_;  ///< Ends before its folder does.
};

std::optional<std::filesystem::path> find_nginx() {
  const char* const path = ::getenv("PATH");
  std::stringstream folders(path == nullptr ? "" : path);
  folders << ":/usr/sbin:/usr/local/sbin";
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::filesystem::path program = std::filesystem::path(folder) / "nginx";
    if (::access(program.c_str(), X_OK) == 0) return program;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::unique_ptr<Reference>> references(const std::string& body) {
  std::vector<std::unique_ptr<Reference>> all;
  if (const auto program = find_nginx()) all.push_back(std::make_unique<Nginx>(*program, body));
  all.push_back(std::make_unique<Httplib>(body));
  all.push_back(std::make_unique<Epoll>(body));
  return all;
}

}  // namespace atrapa::bench
