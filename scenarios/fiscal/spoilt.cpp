#include "scenarios/fiscal/spoilt.hpp"

#include <map>
#include <string>
#include <utility>

#include "harness/subject/passing.hpp"

namespace atrapa::scenarios::fiscal {
namespace {

using harness::Json;
using harness::PassingSubject;

class Spoilt final : public PassingSubject {
 public:
  Spoilt(std::unique_ptr<harness::Subject> right, std::function<void(harness::ErpView&)> spoil)
      : PassingSubject(std::move(right)), spoil_(std::move(spoil)) {}

  harness::ErpView look() override {
    harness::ErpView view = PassingSubject::look();
    spoil_(view);
    return view;
  }

 private:
  std::function<void(harness::ErpView&)> spoil_;
};

/// "FV/7/2026" moved by 1 is "FV/8/2026".
std::string moved(const std::string& number, int by) {
  const std::size_t from = number.find('/') + 1;
  const std::size_t to = number.find('/', from);
  return number.substr(0, from) + std::to_string(std::stoi(number.substr(from, to - from)) + by) +
         number.substr(to);
}

class Misnumbered final : public PassingSubject {
 public:
  Misnumbered(std::unique_ptr<harness::Subject> right, int by)
      : PassingSubject(std::move(right)), by_(by) {}

  harness::DeedResult perform(std::string_view deed, const Json& arguments) override {
    auto result = PassingSubject::perform(deed, arguments);
    if (deed == "issue" && !result.done) {
      note();
      shift_ += by_;
    }
    return result;
  }
  harness::ErpView look() override {
    note();
    harness::ErpView view = PassingSubject::look();
    for (std::size_t i = 0; i < view.papers.size(); ++i) {
      std::string& number = view.papers[i].number;
      number = moved(number, shifts_.at(i));
    }
    return view;
  }

 private:
  /// What was issued since counts with the shift of now.
  void note() { shifts_.resize(PassingSubject::look().papers.size(), shift_); }

  int by_;
  int shift_ = 0;
  std::vector<int> shifts_;  ///< Of each paper.
};

/// Takes a second series of a pattern, and counts its invoices from 1.
class Twins final : public PassingSubject {
 public:
  using PassingSubject::PassingSubject;

  harness::DeedResult perform(std::string_view deed, const Json& arguments) override {
    const std::string text = arguments.dump();
    if (text.find("\"FV2\"") == text.npos) return PassingSubject::perform(deed, arguments);
    if (deed == "configure") from_ = PassingSubject::look().papers.size();
    return {.done = true};
  }
  harness::ErpView look() override {
    harness::ErpView view = PassingSubject::look();
    int own = 0;
    for (std::size_t i = from_; i < view.papers.size(); ++i) {
      std::string& number = view.papers[i].number;
      if (view.papers[i].kind != "invoice") continue;
      number = moved(number, ++own - std::stoi(number.substr(number.find('/') + 1)));
    }
    return view;
  }

 private:
  std::size_t from_ = static_cast<std::size_t>(-1);
};

}  // namespace

std::unique_ptr<harness::Subject> twins(std::unique_ptr<harness::Subject> right) {
  return std::make_unique<Twins>(std::move(right));
}

std::unique_ptr<harness::Subject> spoilt(std::unique_ptr<harness::Subject> right,
                                         std::function<void(harness::ErpView&)> spoil) {
  return std::make_unique<Spoilt>(std::move(right), std::move(spoil));
}

std::function<std::unique_ptr<harness::Subject>(std::unique_ptr<harness::Subject>)> shows(
    std::function<void(harness::ErpView&)> spoil) {
  return [spoil = std::move(spoil)](std::unique_ptr<harness::Subject> right) {
    return spoilt(std::move(right), spoil);
  };
}

std::unique_ptr<harness::Subject> misnumbered(std::unique_ptr<harness::Subject> right, int by) {
  return std::make_unique<Misnumbered>(std::move(right), by);
}

}  // namespace atrapa::scenarios::fiscal
