#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "harness/subject/subject.hpp"

namespace atrapa::harness {

/// A subject behind which another one does everything: to be derived from by what changes a thing
/// or two on the way.
class PassingSubject : public Subject {
 public:
  explicit PassingSubject(std::unique_ptr<Subject> inner) : inner_(std::move(inner)) {}

  void configure(const SubjectSetup& setup) override { inner_->configure(setup); }
  CommandResult run(std::string_view command) override { return inner_->run(command); }
  void restart() override { inner_->restart(); }
  void resume(const SubjectSetup& setup) override { inner_->resume(setup); }
  void set_automatic(bool on) override { inner_->set_automatic(on); }
  void order_announced(const std::string& id) override { inner_->order_announced(id); }
  LifeCycle* life() override { return inner_->life(); }
  Desk* desk() override { return inner_->desk(); }
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    return inner_->perform(deed, arguments);
  }
  mocks::kit::Response receive(const mocks::kit::Request& call) override {
    return inner_->receive(call);
  }
  void edit_product(const ErpProduct& product) override { inner_->edit_product(product); }
  ErpView look() override { return inner_->look(); }

 protected:
  Subject& inner() { return *inner_; }

 private:
  std::unique_ptr<Subject> inner_;
};

}  // namespace atrapa::harness
