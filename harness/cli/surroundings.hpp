#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace atrapa::harness::cli {

/// What of the machine around a run may get into its way: what `doctor` looks at. Tests hand in one
/// of their own.
class Surroundings {
 public:
  virtual ~Surroundings() = default;

  /// Of the environment, "" where it is not set.
  virtual std::string variable(const std::string& name) const = 0;
  /// Whether a server could have this port of 127.0.0.1.
  virtual bool port_is_free(int port) const = 0;
  /// "nginx, pid 812" where it can be told who listens there, else "".
  virtual std::string listener_on(int port) const = 0;
  /// What the name localhost stands for, in the order in which clients try them.
  virtual std::vector<std::string> addresses_of_localhost() const = 0;
  virtual std::string temporary_directory() const = 0;
  /// Writes a small file there and takes it away: "" where that works, else why not.
  virtual std::string trouble_with_writing(const std::string& directory) const = 0;
  virtual std::uintmax_t free_bytes(const std::string& directory) const = 0;
  /// Whether the machine knows the rules of that zone, such as "Europe/Warsaw".
  virtual bool has_time_zone(const std::string& name) const = 0;
};

class RealSurroundings final : public Surroundings {
 public:
  std::string variable(const std::string& name) const override;
  bool port_is_free(int port) const override;
  std::string listener_on(int port) const override;
  std::vector<std::string> addresses_of_localhost() const override;
  std::string temporary_directory() const override;
  std::string trouble_with_writing(const std::string& directory) const override;
  std::uintmax_t free_bytes(const std::string& directory) const override;
  bool has_time_zone(const std::string& name) const override;
};

}  // namespace atrapa::harness::cli
