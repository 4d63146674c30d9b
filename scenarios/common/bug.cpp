#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios {
namespace {

/// A kind whose subjects are put into another one.
class WrappedKind final : public harness::SubjectKind {
 public:
  WrappedKind(std::shared_ptr<const harness::SubjectKind> inner, decltype(Bug::wrap) wrap)
      : inner_(std::move(inner)), wrap_(std::move(wrap)) {}

  std::string_view name() const override { return inner_->name(); }
  std::unique_ptr<harness::Subject> make(harness::Wire& wire,
                                         std::string_view integration) const override {
    return wrap_(inner_->make(wire, integration));
  }

 private:
  std::shared_ptr<const harness::SubjectKind> inner_;
  decltype(Bug::wrap) wrap_;
};

}  // namespace

std::shared_ptr<const harness::SubjectKind> subject_of(const Bug& bug) {
  harness::CoreParts parts;
  if (bug.plant) bug.plant(parts);
  auto core = harness::core_subject("core:" + bug.name, std::move(parts));
  if (!bug.wrap) return core;
  return std::make_shared<WrappedKind>(std::move(core), bug.wrap);
}

}  // namespace atrapa::scenarios
