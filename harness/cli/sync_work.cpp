#include "harness/cli/sync_work.hpp"

#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>

#include <charconv>
#include <filesystem>

#include "core/integrations/systim_shoper.hpp"
#include "harness/cli/sync_report.hpp"
#include "harness/subject/erp.hpp"
#include "harness/world/text_file.hpp"

namespace atrapa::harness::cli {

std::string contents_of(const std::string& file, const std::string& option) {
  try {
    return read_text_file(file, kMaxInputBytes);
  } catch (const std::runtime_error& error) {
    throw Failure(fmt::format("{} {}", option, error.what()));
  }
}

std::unique_ptr<core::Ledger> open_ledger(const std::string& file, MissingBooks missing) {
  std::error_code error;
  if (missing == MissingBooks::Refuse && !std::filesystem::exists(file, error)) {
    throw Failure(
        fmt::format("--ledger {}: no such file; expected books that an earlier command made, such "
                    "as `atrapa sync` or `atrapa connector install`",
                    file));
  }
  auto ledger = core::Ledger::open(file);
  if (!ledger) throw Failure(fmt::format("--ledger: {}", ledger.error()));
  return std::move(ledger).value();
}

/// A list of products, or a world file, which holds one.
void put_products(core::Ledger& ledger, const std::string& file) {
  std::string text = contents_of(file, "--products");
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_object()) {
    const Json::json_pointer place("/erp/products");
    if (!json.contains(place)) {
      throw Failure(
          fmt::format("--products {}: /erp/products is missing; expected a world file, or "
                      "a JSON list of products",
                      file));
    }
    text = json.at(place).dump();
  }
  auto products = core::systim_shoper::read_erp_products(text);
  if (!products) throw Failure(fmt::format("--products {}: {}", file, products.error()));
  ledger.put_products(*products);
}

void print_report(const core::RunReport& report, bool json, Machine& machine) {
  machine.out() << (json ? sync_report_line(report) : sync_report(report, machine.style()))
                << std::flush;
}

int repeat(std::optional<std::chrono::seconds> pause, Machine& machine,
           const std::function<bool()>& run) {
  for (;;) {
    const bool well = run();
    if (!pause) return well ? 0 : 2;
    if (machine.wait(*pause)) return 0;
  }
}

std::pair<std::string, int> listen_place(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const std::string address = colon == text.npos ? "127.0.0.1" : text.substr(0, colon);
  const std::string digits = colon == text.npos ? text : text.substr(colon + 1);
  int port = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  constexpr int kHighestPort = 65535;
  if (error == std::errc{} && end == digits.data() + digits.size() && port >= 0 &&
      port <= kHighestPort && !address.empty()) {
    return {address, port};
  }
  throw Failure(
      fmt::format("--listen {}: expected a port, or ADDRESS:PORT such as 127.0.0.1:9000", text));
}

std::unique_ptr<core::HttpReceiver> receive_at(const std::string& place,
                                               core::HttpReceiver::Handler handler) {
  const auto [address, port] = listen_place(place);
  try {
    return std::make_unique<core::HttpReceiver>(address, port, std::move(handler));
  } catch (const std::runtime_error& error) {
    throw Failure(fmt::format("--listen: {}", error.what()));
  }
}

int until_asked_to_end(Machine& machine, const std::string& ledger, bool lasting,
                       const std::function<int()>& work) {
  try {
    return work();
  } catch (const EndRequested&) {
    machine.err() << "atrapa: ended as asked, between two calls; the next run "
                     "goes on from here\n";
    return lasting ? 0 : 2;
  } catch (const SQLite::Exception& error) {
    throw Failure(
        fmt::format("--ledger {}: {}; is the disk full, or the file damaged? What was "
                    "committed stays: mend it and run again",
                    ledger, error.what()));
  }
}

}  // namespace atrapa::harness::cli
