#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/subject/subject.hpp"
#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::ebiuro {

using harness::Json;

/// The right program with something between it and the world; wrong ones replace what they spoil.
class Spoiled : public harness::Subject {
 public:
  explicit Spoiled(std::unique_ptr<harness::Subject> inner) : inner_(std::move(inner)) {}

  void configure(const harness::SubjectSetup& setup) override { inner_->configure(setup); }
  harness::CommandResult run(std::string_view command) override { return inner_->run(command); }
  void restart() override { inner_->restart(); }
  harness::DeedResult perform(std::string_view deed, const Json& arguments) override {
    return inner_->perform(deed, arguments);
  }
  mocks::kit::Response receive(const mocks::kit::Request& call) override {
    return inner_->receive(call);
  }
  void edit_product(const harness::ErpProduct& product) override { inner_->edit_product(product); }
  harness::ErpView look() override { return inner_->look(); }

 protected:
  harness::Subject& inner() { return *inner_; }

 private:
  std::unique_ptr<harness::Subject> inner_;
};

/// A bug that puts a T around the right program.
template <typename T>
Bug around(std::string name, std::string about, std::vector<std::string> caught_by) {
  return {.name = std::move(name),
          .about = std::move(about),
          .caught_by = std::move(caught_by),
          .wrap = [](std::unique_ptr<harness::Subject> inner) -> std::unique_ptr<harness::Subject> {
            return std::make_unique<T>(std::move(inner));
          }};
}

std::vector<Bug> call_bugs();      ///< What calls may do.
std::vector<Bug> form_bugs();      ///< Forms, and the life of integrations.
std::vector<Bug> document_bugs();  ///< Orders and their documents.
std::vector<Bug> product_bugs();   ///< Products and stock.

}  // namespace atrapa::scenarios::ebiuro
