#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/ledger/ledger.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/transport.hpp"
#include "core/shops/http_receiver.hpp"
#include "core/sync/run_report.hpp"
#include "harness/cli/command.hpp"

// What the commands that run the core share.
namespace atrapa::harness::cli {

/// The machine's clock as the sync knows it. A wait ends early when the process
/// is to end.
class SyncClock final : public core::Clock {
 public:
  explicit SyncClock(Machine& machine) : machine_(machine) {}
  core::Instant now() override { return machine_.now(); }
  bool wait(core::Duration duration) override { return !machine_.wait(duration); }

 private:
  Machine& machine_;
};

/// The process is to end: between two exchanges, where the ledger can resume.
struct EndRequested {};

/// Lets no new exchange begin once the process is to end.
class EndingTransport final : public core::Transport {
 public:
  EndingTransport(core::Transport& transport, const Machine& machine)
      : transport_(transport), machine_(machine) {}

  std::variant<core::HttpResponse, core::NoAnswer> send(const core::HttpRequest& request) override {
    if (machine_.end_requested()) throw EndRequested{};
    return transport_.send(request);
  }

 private:
  core::Transport& transport_;
  const Machine& machine_;
};

/// Throws Failure, naming the option, for a file that cannot be read.
std::string contents_of(const std::string& file, const std::string& option);
/// What a command does with books that are not there.
enum class MissingBooks {
  Make,    ///< It starts new ones.
  Refuse,  ///< It only looks, or works on what they hold: a missing file is a slip of the pen.
};
/// Throws Failure for books that are none, and for missing ones where they are refused.
std::unique_ptr<core::Ledger> open_ledger(const std::string& file,
                                          MissingBooks missing = MissingBooks::Make);
/// Puts a list of products, or those of a world file, into the books.
void put_products(core::Ledger& ledger, const std::string& file);

void print_report(const core::RunReport& report, bool json, Machine& machine);

/// Runs once, or again and again with that pause until the process is to end. The exit code: 0, or
/// 2 for a single run that was not well.
int repeat(std::optional<std::chrono::seconds> pause, Machine& machine,
           const std::function<bool()>& run);

/// "9000" on this machine's own address, or "127.0.0.1:9000". Throws Failure for neither.
std::pair<std::string, int> listen_place(const std::string& text);
/// Takes calls there. Throws Failure where the place cannot be had.
std::unique_ptr<core::HttpReceiver> receive_at(const std::string& place,
                                               core::HttpReceiver::Handler handler);

/// What `work` answers; an end that was asked for half way is told, and broken books are a Failure.
int until_asked_to_end(Machine& machine, const std::string& ledger, bool lasting,
                       const std::function<int()>& work);

/// The integrations with Base below the command `sync`.
std::vector<Command> add_sync_with_base(CLI::App& sync);

}  // namespace atrapa::harness::cli
