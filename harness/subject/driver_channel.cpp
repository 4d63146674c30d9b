#include <fmt/format.h>

#include <utility>

#include "core/shops/http_transport.hpp"
#include "harness/subject/child_process.hpp"
#include "harness/subject/driver.hpp"
#include "harness/subject/foreign.hpp"

namespace atrapa::harness {
namespace {

using Steady = ChildProcess::Steady;

std::string in_seconds(std::chrono::milliseconds time) {
  return fmt::format("{:g} s", static_cast<double>(time.count()) / 1000);
}

class StdioChannel final : public DriverChannel {
 public:
  /// How long a driver that was told to end may take.
  static constexpr std::chrono::seconds kEnding{2};

  StdioChannel(std::string command, std::chrono::milliseconds timeout)
      : command_(std::move(command)), timeout_(timeout), process_(command_, {}) {}

  ~StdioChannel() override {
    process_.close_input();
    if (!lost_) static_cast<void>(process_.wait(Steady::now() + kEnding));
  }

  std::string exchange(const std::string& request, std::string_view method) override {
    const auto until =
        Steady::now() + (method == "shutdown" ? std::chrono::milliseconds(kEnding) : timeout_);
    std::string answer;
    if (process_.write(request + "\n", until)) {
      switch (process_.line(answer, until)) {
        case ChildProcess::Got::Line: return answer;
        case ChildProcess::Got::TooLong:
          fail(fmt::format("{} wrote a line of more than {} MiB in answer to '{}'", title(),
                           ChildProcess::kLongestLine >> 20, method));
        case ChildProcess::Got::TimedOut: hang(method);
        case ChildProcess::Got::Closed: break;
      }
    }
    const auto ended = process_.wait(std::min(until, Steady::now() + kEnding));
    if (!ended) {
      if (Steady::now() >= until) hang(method);
      fail(fmt::format("{} closed its standard output while '{}' was asked, and runs on", title(),
                       method));
    }
    fail(fmt::format("{} {} while '{}' was asked", title(), ended->in_words(), method));
  }

  bool can_be_killed() const override { return true; }

  void kill() noexcept override { process_.kill(); }

  std::string title() const override { return fmt::format("the driver '{}'", command_); }

  std::string last_words() override {
    const std::string lines = last_lines(process_.error_text());
    return lines.empty() ? ". Its standard error is empty" : ". Its standard error ends:" + lines;
  }

 private:
  [[noreturn]] void hang(std::string_view method) {
    fail(
        fmt::format("{} has not answered '{}' within {} and was ended; --timeout SECONDS gives a "
                    "slow one more",
                    title(), method, in_seconds(timeout_)));
  }

  [[noreturn]] void fail(const std::string& what) {
    lost_ = true;
    const std::string words = last_words();
    process_.kill();
    throw SubjectFailure(what + words);
  }

  std::string command_;
  std::chrono::milliseconds timeout_;
  ChildProcess process_;
  bool lost_ = false;
};

class HttpChannel final : public DriverChannel {
 public:
  HttpChannel(std::string url, std::chrono::milliseconds timeout)
      : url_(std::move(url)), timeout_(timeout), transport_({.read = timeout}) {}

  std::string exchange(const std::string& request, std::string_view method) override {
    auto answer = transport_.send({.method = "POST",
                                   .url = url_,
                                   .headers = {{"Content-Type", "application/json"}},
                                   .body = request});
    if (const auto* none = std::get_if<core::NoAnswer>(&answer)) {
      throw SubjectFailure(
          *none == core::NoAnswer::NotSent
              ? fmt::format("{} cannot be reached: does it run, and listen there?", title())
              : fmt::format("{} gave no answer to '{}' within {}, or broke it off", title(), method,
                            in_seconds(timeout_)));
    }
    const auto& got = std::get<core::HttpResponse>(answer);
    if (got.status != 200) {
      throw SubjectFailure(fmt::format(
          "{} answered '{}' with HTTP {}: answers of JSON-RPC, errors too, come with 200", title(),
          method, got.status));
    }
    return got.body;
  }

  bool can_be_killed() const override { return false; }
  void kill() noexcept override {}
  std::string title() const override { return fmt::format("the driver at {}", url_); }
  std::string last_words() override { return ""; }

 private:
  std::string url_;
  std::chrono::milliseconds timeout_;
  core::HttpTransport transport_;
};

}  // namespace

bool is_address(std::string_view where) {
  return where.starts_with("http://") || where.starts_with("https://");
}

std::unique_ptr<DriverChannel> open_driver(const std::string& where,
                                           std::chrono::milliseconds timeout) {
  if (is_address(where)) return std::make_unique<HttpChannel>(where, timeout);
  return std::make_unique<StdioChannel>(where, timeout);
}

}  // namespace atrapa::harness
