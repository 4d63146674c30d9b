#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "harness/subject/subject.hpp"

namespace atrapa::scenarios::firmino {

/// A subject that hands everything on to another one: bugs spoil a part of what passes.
class Meddler : public harness::Subject {
 public:
  explicit Meddler(std::unique_ptr<harness::Subject> inner) : inner_(std::move(inner)) {}

  void configure(const harness::SubjectSetup& setup) override { inner_->configure(setup); }
  harness::CommandResult run(std::string_view command) override { return inner_->run(command); }
  void restart() override { inner_->restart(); }
  harness::DeedResult perform(std::string_view deed, const harness::Json& arguments) override {
    return inner_->perform(deed, arguments);
  }
  void edit_product(const harness::ErpProduct& product) override { inner_->edit_product(product); }
  harness::ErpView look() override { return inner_->look(); }

 protected:
  harness::Subject& inner() { return *inner_; }

 private:
  std::unique_ptr<harness::Subject> inner_;
};

template <typename M>
std::unique_ptr<harness::Subject> meddled(std::unique_ptr<harness::Subject> inner) {
  return std::make_unique<M>(std::move(inner));
}

}  // namespace atrapa::scenarios::firmino
