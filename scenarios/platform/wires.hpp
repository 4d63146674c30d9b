#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/subject/passing.hpp"
#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::platform {

/// A wrong program: the right core on a wire of the kind W.
template <typename W>
Bug on_wire(std::string name, std::string about, std::vector<std::string> caught_by) {
  return {.name = std::move(name),
          .about = std::move(about),
          .caught_by = std::move(caught_by),
          .rewire = [](harness::Wire& wire) -> std::unique_ptr<harness::Wire> {
            return std::make_unique<W>(wire);
          }};
}

/// A wrong program: the right core with a T around it.
template <typename T>
Bug around(std::string name, std::string about, std::vector<std::string> caught_by) {
  return {.name = std::move(name),
          .about = std::move(about),
          .caught_by = std::move(caught_by),
          .wrap = [](std::unique_ptr<harness::Subject> inner) -> std::unique_ptr<harness::Subject> {
            return std::make_unique<T>(std::move(inner));
          }};
}

using mocks::kit::Request;
using mocks::kit::Response;
using Answer = std::variant<Response, harness::NoAnswer>;

/// Notes with what it logged in.
class LogsSecrets final : public harness::PassingSubject {
 public:
  using harness::PassingSubject::PassingSubject;
  void configure(const harness::SubjectSetup& setup) override;
  harness::ErpView look() override;

 private:
  std::string password_;
};

/// Files what it reads, known or not.
class FilesAgain final : public harness::PassingSubject {
 public:
  using harness::PassingSubject::PassingSubject;
  harness::CommandResult run(std::string_view command) override;
  harness::ErpView look() override;

 private:
  std::vector<harness::ErpOrder> twice_;
};

/// The answer where one came, else null.
inline Response* answered(Answer& answer) { return std::get_if<Response>(&answer); }

/// Puts `next` in the place of the first `old` in a text; what does not hold it stays.
std::string with(std::string text, const std::string& old, const std::string& next);

/// Changes answers that came whole.
class AnswerReader : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override;

 private:
  virtual void read(const Request& request, Response& response) = 0;
};

// Of Base.
inline constexpr const char* kStockUpdate = "updateInventoryProductsStock";
/// The parameters of a call; discarded where they are none.
harness::Json parameters_of(const Request& request);
/// The same call with other parameters.
Request call_with(const Request& request, const harness::Json& parameters);
/// An answer of Base.
Response said(const harness::Json& body);

}  // namespace atrapa::scenarios::platform
