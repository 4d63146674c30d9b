#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "harness/subject/core_subject.hpp"

namespace atrapa::scenarios {

/// A wrong core: the right one with a part replaced, or with something between it and the world.
struct Bug {
  std::string name;   ///< "trims-codes"
  std::string about;  ///< What it does wrong, in one sentence.
  std::vector<std::string> caught_by;
  std::function<void(harness::CoreParts&)> plant = {};
  std::function<std::unique_ptr<harness::Subject>(std::unique_ptr<harness::Subject>)> wrap = {};
  /// What lies between the subject and its wire instead: spoils its calls, its answers, its waits.
  std::function<std::unique_ptr<harness::Wire>(harness::Wire&)> rewire = {};
};

/// A wire that passes everything on: to be derived from by what spoils a thing or two.
class PassingWire : public harness::Wire {
 public:
  explicit PassingWire(harness::Wire& inner) : inner_(inner) {}

  std::variant<mocks::kit::Response, harness::NoAnswer> send(
      const mocks::kit::Request& request) override {
    return inner_.send(request);
  }
  mocks::kit::Instant now() override { return inner_.now(); }
  void wait(mocks::kit::Duration duration) override { inner_.wait(duration); }
  bool may_commit() override { return inner_.may_commit(); }

 protected:
  harness::Wire& inner() { return inner_; }

 private:
  harness::Wire& inner_;
};

/// The subject "core:NAME".
std::shared_ptr<const harness::SubjectKind> subject_of(const Bug& bug);

}  // namespace atrapa::scenarios
