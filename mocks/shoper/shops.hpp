#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/cow.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/shoper/access.hpp"
#include "mocks/shoper/call.hpp"
#include "mocks/shoper/state.hpp"

namespace atrapa::mocks::shoper {

/// All shops behind one address: the credential of a call says whose it is.
class Shops final : public kit::Platform {
 public:
  std::string_view name() const override { return "shoper"; }
  kit::Response serve(const kit::Request& request, kit::Context& context) override;
  std::vector<kit::Operation> operations() const override;
  kit::Response too_many_requests(const kit::Request& request, kit::Context& context) override;
  kit::Response server_error(const kit::Request& request, kit::Context& context) override;
  std::unique_ptr<kit::Platform> fork() const override { return std::make_unique<Shops>(*this); }
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
  struct Accounts {
    std::map<std::string, kit::Cow<State>, std::less<>> by_name;
    std::map<std::string, std::string, std::less<>> by_token;  ///< Token to account.
  };

  const State* account_of_token(std::string_view token) const;
  /// The account that knows the pair; where several do, the one of the Host header.
  template <typename Knows>
  State* account_of_pair(const kit::Request& request, const Pair& pair, Knows&& knows);

  /// One request on its way to its answer: whose it turned out to be, and whose bucket it filled.
  struct Visit {
    const kit::Request& request;
    kit::Context& context;
    Language language = Language::Polish;
    const State* state = nullptr;
    std::string owner;
  };

  Reply serve_target(const kit::Target& target, Visit& visit);
  Reply authenticate(const kit::Target& target, Visit& visit);
  Reply exchange_grant(const kit::Target& target, Visit& visit);
  /// Null for an address that cannot be read: it needs a token and counts like any other call.
  Reply serve_resource(const kit::Target* target, Visit& visit);
  /// Says whose call it is by its token, for answers that the fault plan makes.
  void recognize(Visit& visit) const;
  static kit::Response respond(Reply reply, const Visit& visit);

  kit::Cow<Accounts> accounts_;
};

}  // namespace atrapa::mocks::shoper
