#pragma once

#include <string_view>

#include "harness/subject/subject.hpp"

// What the driver protocol sends, as JSON: both ends read and write by these. PROTOCOL.md explains
// it, protocol.schema.json has it whole. Reading throws ProtocolError.
namespace atrapa::harness::protocol {

inline constexpr int kVersion = 1;
/// The code of the error by which a driver says that it cannot do what a case asks.
inline constexpr int kIncapable = -32001;

/// A message that does not fit: "/orders/0/lines/2/quantity: expected a decimal text, found 3".
class ProtocolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The parameters of `configure`, `begin` and `resume` but for `now` and `clock`. Without products
/// for `resume`.
Json to_json(const SubjectSetup& setup, bool with_products);
SubjectSetup read_setup(const Json& params);

/// The parts of the view that are shown.
Json to_json(const ErpView& view);
/// A part that is absent, or not among `sees`, is hidden.
ErpView read_view(const Json& result, const std::vector<std::string>& sees);

Json to_json(const mocks::kit::Request& request);
mocks::kit::Request read_request(const Json& json);
Json to_json(const mocks::kit::Response& response);
mocks::kit::Response read_response(const Json& json);

Json to_json(const CommandResult& result);
CommandResult read_outcome(const Json& json);
Json to_json(const DeedResult& result);
DeedResult read_deed(const Json& json);

mocks::kit::Instant read_moment(const Json& json);

}  // namespace atrapa::harness::protocol
