#include "harness/bench/outdoors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "harness/subject/instant.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::Request;
using mocks::kit::Response;

constexpr std::string_view kClockPath = "/_atrapa/clock";
/// Nobody waits longer in one go; ten years.
constexpr double kLongestWait = 315'360'000;

Response plain(int status, std::string text) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
          .body = std::move(text)};
}

}  // namespace

Outdoors::Outdoors(mocks::kit::Host& host, Gate& gate, mocks::kit::VirtualClock& clock,
                   OutsideClock kind)
    : host_(host),
      gate_(gate),
      clock_(clock),
      kind_(kind),
      last_look_(std::chrono::steady_clock::now()) {
  host.guard_by({.enter =
                     [this](const Request&) {
                       catch_up();
                       const bool passes = gate_.enter();
                       if (!passes) end_process();
                       return passes;
                     },
                 .leave =
                     [this](const Request& request, mocks::kit::Outcome& outcome) {
                       if (gate_.leave(request, outcome)) return;
                       outcome.kind = mocks::kit::Outcome::Kind::Lost;
                       end_process();
                     }});
  server_.mount("", host);
  server_.mount_control(std::string(kClockPath),
                        [this](const Request& request) { return control(request); });
  url_ = fmt::format("http://127.0.0.1:{}", server_.start());
}

Outdoors::~Outdoors() {
  server_.stop();
  host_.guard_by({});
}

std::variant<Response, NoAnswer> Outdoors::carry(const Request&) {
  throw std::logic_error("a subject outside this process sends its requests by itself");
}

void Outdoors::arm(mocks::kit::FaultPlan plan) {
  std::unique_lock lock(mutex_of(host_), std::defer_lock);
  if (!gate_.answering()) lock.lock();
  host_.arm(std::move(plan));
}

void Outdoors::begin() {
  const std::lock_guard lock(mutex_of(host_));
  catch_up();
  accidents_from_ = host_.journal().exchanges_seen();
  dead_before_ = gate_.dead();
  gate_.open(true);
}

void Outdoors::end() {
  const std::lock_guard lock(mutex_of(host_));
  gate_.open(false);
  for (const mocks::kit::Exchange& exchange : host_.journal().exchanges()) {
    if (exchange.number <= accidents_from_ || exchange.response.status != 0) continue;
    if (!exchange.fault) throw std::runtime_error(exchange.note);
  }
}

std::string Outdoors::clock_url() { return fmt::format("{}{}", url_, kClockPath); }

mocks::kit::Instant Outdoors::now() {
  const std::lock_guard lock(mutex_of(host_));
  catch_up();
  return clock_.now();
}

void Outdoors::end_process_by(std::function<void()> end) {
  const std::lock_guard lock(mutex_of(host_));
  end_process_ = std::move(end);
}

bool Outdoors::ended_by_case() {
  const std::lock_guard lock(mutex_of(host_));
  return (gate_.dead() && !dead_before_) || gate_.overrun();
}

std::string Outdoors::last_request() {
  const std::lock_guard lock(mutex_of(host_));
  const auto& exchanges = host_.journal().exchanges();
  if (exchanges.empty() || exchanges.back().number <= accidents_from_) return "none";
  const mocks::kit::Exchange& last = exchanges.back();
  return fmt::format(
      "{} {}, {}", last.request.method,
      last.request.target.substr(0, last.request.target.find('?')),
      last.response.status > 0 ? fmt::format("answered {}", last.response.status) : "not answered");
}

void Outdoors::end_process() const {
  if (end_process_ && (gate_.dead() || gate_.overrun())) end_process_();
}

void Outdoors::catch_up() {
  if (kind_.is_virtual) return;
  const auto look = std::chrono::steady_clock::now();
  const std::chrono::duration<double, std::milli> passed = (look - last_look_) * kind_.scale;
  const auto whole = std::chrono::duration_cast<mocks::kit::Duration>(passed);
  clock_.advance(whole);
  last_look_ +=
      std::chrono::duration_cast<std::chrono::steady_clock::duration>(whole / kind_.scale);
}

Response Outdoors::control(const Request& request) {
  const std::lock_guard lock(mutex_of(host_));
  if (!gate_.is_open()) return plain(503, "Atrapa: no command is running\n");
  catch_up();
  if (request.method == "POST") {
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    const bool commits = body.is_object() && body.value("commit", nlohmann::json()) == true;
    const auto wait = body.is_object() ? body.value("wait", nlohmann::json()) : nlohmann::json();
    if (commits) {
      if (!gate_.may_commit()) {
        end_process();
        return plain(503, "Atrapa: the process dies before this commit\n");
      }
    } else if (!wait.is_number()) {
      return plain(400,
                   "Atrapa: expected {\"wait\": SECONDS} or {\"commit\": true}; GET tells the "
                   "time\n");
    } else {
      const double seconds = std::clamp(wait.get<double>(), 0.0, kLongestWait);
      const mocks::kit::Duration wanted(static_cast<std::int64_t>(std::ceil(seconds * 1000)));
      // A real clock goes on by itself while the subject waits.
      if (!gate_.pass_time(kind_.is_virtual ? wanted : mocks::kit::Duration::zero())) {
        end_process();
        return plain(503, "Atrapa: the command has been broken off\n");
      }
    }
  }
  return {.status = 200,
          .headers = {{"Content-Type", "application/json"}},
          .body = fmt::format("{{\"now\":\"{}\"}}", instant_text(clock_.now()))};
}

}  // namespace atrapa::harness
