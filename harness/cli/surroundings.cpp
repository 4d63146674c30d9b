#include "harness/cli/surroundings.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <system_error>

namespace atrapa::harness::cli {

namespace fs = std::filesystem;

namespace {

/// A descriptor that closes itself.
class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

std::string first_line_of(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

/// The inodes of the sockets that listen on the port, by the kernel's table of them.
std::vector<std::string> listening_inodes(const char* table, int port) {
  constexpr std::string_view kListening = "0A";
  std::vector<std::string> inodes;
  std::ifstream in(table);
  std::string line;
  std::getline(in, line);  // The heading.
  while (std::getline(in, line)) {
    std::istringstream columns(line);
    std::string number, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    columns >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >>
        timeout >> inode;
    const std::size_t colon = local.rfind(':');
    if (state != kListening || colon == std::string::npos) continue;
    if (std::strtol(local.c_str() + colon + 1, nullptr, 16) == port) inodes.push_back(inode);
  }
  return inodes;
}

/// The process that holds one of the sockets, "" where none of those that may be looked at does.
std::string process_with(const std::vector<std::string>& inodes) {
  std::error_code error;
  for (const fs::directory_entry& process : fs::directory_iterator("/proc", error)) {
    const std::string pid = process.path().filename().string();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    for (fs::directory_iterator held(process.path() / "fd", error), end; held != end;
         held.increment(error)) {
      const std::string target = fs::read_symlink(held->path(), error).string();
      const bool ours = std::any_of(inodes.begin(), inodes.end(), [&](const std::string& inode) {
        return target == fmt::format("socket:[{}]", inode);
      });
      if (ours) return fmt::format("{}, pid {}", first_line_of(process.path() / "comm"), pid);
    }
  }
  return {};
}

}  // namespace

std::string RealSurroundings::variable(const std::string& name) const {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

bool RealSurroundings::port_is_free(int port) const {
  const Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;  // As a server does it: what is only just closed is free.
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic{};
  static_assert(sizeof generic == sizeof address);
  std::memcpy(&generic, &address, sizeof address);
  return ::bind(socket.get(), &generic, sizeof generic) == 0;
}

std::string RealSurroundings::listener_on(int port) const {
  std::vector<std::string> inodes = listening_inodes("/proc/net/tcp", port);
  for (std::string& inode : listening_inodes("/proc/net/tcp6", port)) {
    inodes.push_back(std::move(inode));
  }
  return inodes.empty() ? "" : process_with(inodes);
}

std::vector<std::string> RealSurroundings::addresses_of_localhost() const {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (::getaddrinfo("localhost", nullptr, &hints, &list) != 0) return {};
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(list, ::freeaddrinfo);
  std::vector<std::string> addresses;
  for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0,
                      NI_NUMERICHOST) == 0) {
      addresses.emplace_back(text.data());
    }
  }
  return addresses;
}

std::string RealSurroundings::temporary_directory() const {
  std::error_code error;
  const fs::path directory = fs::temp_directory_path(error);
  return error ? variable("TMPDIR") : directory.string();
}

std::string RealSurroundings::trouble_with_writing(const std::string& directory) const {
  std::string name = directory + "/atrapa-doctor-XXXXXX";
  const Socket file(::mkstemp(name.data()));
  if (file.get() < 0) return std::strerror(errno);
  const bool written = ::write(file.get(), "x", 1) == 1;
  const std::string why = written ? "" : std::strerror(errno);
  ::unlink(name.c_str());
  return why;
}

std::uintmax_t RealSurroundings::free_bytes(const std::string& directory) const {
  std::error_code error;
  const fs::space_info space = fs::space(directory, error);
  return error ? 0 : space.available;
}

bool RealSurroundings::has_time_zone(const std::string& name) const {
  const std::string directory = variable("TZDIR");
  std::error_code error;
  return fs::is_regular_file(fs::path(directory.empty() ? "/usr/share/zoneinfo" : directory) / name,
                             error);
}

}  // namespace atrapa::harness::cli
