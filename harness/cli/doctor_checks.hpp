#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ports/transport.hpp"
#include "harness/cli/machine.hpp"
#include "harness/cli/surroundings.hpp"

namespace atrapa::harness::cli {

enum class Health { Ok, Warning, Problem };

std::string_view to_string(Health health);  ///< "ok", "warning", "problem"

/// What one look gave: a line, and how to mend it where it is not well.
struct Checkup {
  std::string name;  ///< "ports", "proxy", ...
  Health health = Health::Ok;
  std::string what;
  std::string mend;
};

/// How to get in: a login with its password, or a token.
struct Credentials {
  std::string login;
  std::string password;
  std::string token;

  bool empty() const { return login.empty() && token.empty(); }
};

/// The ports that `atrapa up` takes from `first` on. A port that somebody named is a problem when
/// it is taken; one by default only a warning.
Checkup check_ports(const Surroundings& around, int first, bool named);
/// Whether a client that heeds the environment would send its calls to a proxy.
Checkup check_proxy(const Surroundings& around);
/// Fakes speak plain HTTP. `url` is "" where none was given.
Checkup check_tls(const std::string& url);
/// What the name localhost leads to first.
Checkup check_localhost(const Surroundings& around);
/// Whether anything answers HTTP at the address, as a connector would call it.
Checkup check_reached(const std::string& url, core::Transport& transport);
/// Whether the platform at the address lets somebody in with them.
Checkup check_credentials(const std::string& url, const Credentials& credentials,
                          core::Transport& transport);
/// The machine's clock, and that of the fakes at the gateway where there is one.
Checkup check_clock(const Machine& machine, const std::string& url, core::Transport& transport);
Checkup check_time_zone(const Surroundings& around);
Checkup check_temporary(const Surroundings& around);
Checkup check_locale(const Surroundings& around);

}  // namespace atrapa::harness::cli
