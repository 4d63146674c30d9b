#include "harness/bench/gate.hpp"

namespace atrapa::harness {

void Gate::die() {
  dead_ = true;
  kill_.reset();
  throw ProcessKilled{};
}

void Gate::stay_alive() const {
  if (dead_) throw ProcessKilled{};
}

std::variant<mocks::kit::Response, NoAnswer> Gate::send(const mocks::kit::Request& request) {
  stay_alive();
  if (++sent_in_command_ > budget_) throw EndlessCommand{};
  const bool hit = kill_ && kill_->exchange == sent_;
  if (hit && kill_->point == KillPoint::BeforeSend) die();
  ++sent_;
  auto answer = carrier_.carry(request);
  if (auto* response = std::get_if<mocks::kit::Response>(&answer); response && on_answer_) {
    look_at(request, *response);
    if (response->status == 0) answer = NoAnswer::Lost;
  }
  if (hit) die();
  return answer;
}

void Gate::look_at(const mocks::kit::Request& request, mocks::kit::Response& response) {
  struct Answering {
    explicit Answering(bool& flag) : flag_(flag) { flag_ = true; }
    ~Answering() { flag_ = false; }
    bool& flag_;
  } const answering(answering_);
  on_answer_(request, response);
}

void Gate::wait(mocks::kit::Duration duration) {
  stay_alive();
  if (++waits_in_command_ > budget_) throw EndlessCommand{};
  if (duration > mocks::kit::Duration::zero()) clock_.advance(duration);
}

bool Gate::enter() {
  if (!open_ || dead_ || overrun_) return false;
  if (++sent_in_command_ > budget_) {
    overrun_ = true;
    return false;
  }
  const bool hit = kill_ && kill_->exchange == sent_;
  if (hit && kill_->point == KillPoint::BeforeSend) {
    dead_ = true;
    kill_.reset();
    return false;
  }
  dies_after_answer_ = hit;
  ++sent_;
  return true;
}

bool Gate::leave(const mocks::kit::Request& request, mocks::kit::Outcome& outcome) {
  using Kind = mocks::kit::Outcome::Kind;
  if (outcome.kind == Kind::Answered && on_answer_) {
    look_at(request, outcome.response);
    if (outcome.response.status == 0) outcome.kind = Kind::Lost;
  }
  if (!dies_after_answer_) return true;
  dies_after_answer_ = false;
  dead_ = true;
  kill_.reset();
  return false;
}

bool Gate::pass_time(mocks::kit::Duration duration) {
  if (!open_ || dead_ || overrun_) return false;
  if (++waits_in_command_ > budget_) {
    overrun_ = true;
    return false;
  }
  if (duration > mocks::kit::Duration::zero()) clock_.advance(duration);
  return true;
}

bool Gate::may_commit() {
  if (dead_) return false;
  if (kill_commit_ && *kill_commit_ == commits_) {
    kill_commit_.reset();
    dead_ = true;
    return false;
  }
  ++commits_;
  return true;
}

}  // namespace atrapa::harness
