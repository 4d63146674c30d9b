#pragma once

#include <httplib.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/cli/lines.hpp"
#include "tests/cli/process.hpp"

namespace atrapa::tests {

/// `atrapa up --json --port 0`, and what it said once it answered.
class Up {
 public:
  explicit Up(std::vector<std::string> more = {}, const std::string& platform = "shoper")
      : process_(words(std::move(more), platform)) {
    const std::string line = process_.line();
    if (line.empty()) throw std::runtime_error("up said: " + process_.wait().err);
    said = Json::parse(line);
  }

  std::unique_ptr<httplib::Client> gateway() const { return client(said["gateway"]); }
  std::unique_ptr<httplib::Client> shoper() const {
    return client(said["platforms"]["shoper"]["url"]);
  }
  httplib::Headers bearer() const {
    const std::string token = said["platforms"]["shoper"]["credentials"]["token"];
    return {{"Authorization", "Bearer " + token}};
  }
  Ended end_by(int signal) {
    process_.send_signal(signal);
    return process_.wait(std::chrono::seconds(20));
  }

  Json said;

 private:
  static std::vector<std::string> words(std::vector<std::string> more,
                                        const std::string& platform) {
    more.insert(more.begin(), {"up", platform, "--json", "--port", "0"});
    return atrapa_words(more);
  }
  static std::unique_ptr<httplib::Client> client(const std::string& url) {
    auto made = std::make_unique<httplib::Client>(url);
    made->set_tcp_nodelay(true);
    made->set_keep_alive(true);
    return made;
  }

  Process process_;
};

}  // namespace atrapa::tests
