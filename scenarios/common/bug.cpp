#include "scenarios/common/bug.hpp"

#include <utility>

#include "harness/subject/passing.hpp"

namespace atrapa::scenarios {
namespace {

struct WireOf {
  explicit WireOf(std::unique_ptr<harness::Wire> spoilt) : wire(std::move(spoilt)) {}
  std::unique_ptr<harness::Wire> wire;
};

/// A subject together with the wire it was given; the wire is a base, so that it outlives the
/// subject.
class Rewired final : private WireOf, public harness::PassingSubject {
 public:
  Rewired(std::unique_ptr<harness::Wire> spoilt, std::unique_ptr<harness::Subject> subject)
      : WireOf(std::move(spoilt)), PassingSubject(std::move(subject)) {}
};

/// A kind whose subjects are put into another one, or get another wire.
class WrappedKind final : public harness::SubjectKind {
 public:
  WrappedKind(std::shared_ptr<const harness::SubjectKind> inner, const Bug& bug)
      : inner_(std::move(inner)), wrap_(bug.wrap), rewire_(bug.rewire) {}

  std::string_view name() const override { return inner_->name(); }
  std::unique_ptr<harness::Subject> make(harness::Wire& wire,
                                         std::string_view integration) const override {
    if (!rewire_) return wrap_(inner_->make(wire, integration));
    auto spoilt = rewire_(wire);
    auto subject = inner_->make(*spoilt, integration);
    if (wrap_) subject = wrap_(std::move(subject));
    return std::make_unique<Rewired>(std::move(spoilt), std::move(subject));
  }

 private:
  std::shared_ptr<const harness::SubjectKind> inner_;
  decltype(Bug::wrap) wrap_;
  decltype(Bug::rewire) rewire_;
};

}  // namespace

std::shared_ptr<const harness::SubjectKind> subject_of(const Bug& bug) {
  harness::CoreParts parts;
  if (bug.plant) bug.plant(parts);
  auto core = harness::core_subject("core:" + bug.name, std::move(parts));
  if (!bug.wrap && !bug.rewire) return core;
  return std::make_shared<WrappedKind>(std::move(core), bug);
}

}  // namespace atrapa::scenarios
