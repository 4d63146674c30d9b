#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/state.hpp"
#include "mocks/kit/cow.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

/// All accounts behind one address: the token of a call says whose it is.
class Accounts final : public kit::Platform {
 public:
  std::string_view name() const override { return "base"; }
  kit::Response serve(const kit::Request& request, kit::Context& context) override;
  std::vector<kit::Operation> operations() const override;
  /// A blocked token: Base has no 429 [client].
  kit::Response too_many_requests(const kit::Request& request, kit::Context& context) override;
  /// A page of HTML with 200, as during maintenance [client].
  kit::Response server_error(const kit::Request& request, kit::Context& context) override;
  std::unique_ptr<kit::Platform> fork() const override { return std::make_unique<Accounts>(*this); }
  kit::Json snapshot() const override;
  void restore(const kit::Json& accounts) override;

  /// Null where there is no such account.
  const State* find(std::string_view account) const;
  /// The same, to write to.
  State* find_to_write(std::string_view account);
  /// "" where there is not exactly one.
  std::string only_account() const;
  /// After the tokens of an account were changed around the API.
  void index_tokens(const State& state);

 private:
  struct All {
    std::map<std::string, kit::Cow<State>, std::less<>> by_name;
    std::map<std::string, std::string, std::less<>> by_token;  ///< Token to account.
  };

  State* state_of(std::string_view token);

  kit::Cow<All> all_;
};

}  // namespace atrapa::mocks::base
