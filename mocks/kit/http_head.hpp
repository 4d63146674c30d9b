#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "mocks/kit/message.hpp"

namespace atrapa::mocks::kit {

/// The head of an HTTP/1 request: what the platform gets to see, and how the body is framed.
struct Head {
  enum class Body { None, Length, Chunked };

  Request request;  ///< Without a body.
  std::string version = "HTTP/1.1";
  Body body = Body::None;
  std::uint64_t length = 0;  ///< Where `body` is Length; above 0.
  bool expects_continue = false;
};

/// A request that the server turns down itself: no platform has seen it.
struct Refusal {
  int status = 400;
  std::string text;  ///< In plain words: what was wrong, what was expected.
};

/// `text` is the whole head with its blank line; lines may end in LF alone. Values keep their bytes
/// but for the white space around them. Refused are folded lines, white space before a colon, bytes
/// that no head may hold, and a body whose length could be read in two ways.
std::variant<Head, Refusal> parse_head(std::string_view text, std::size_t max_fields);

/// The length of the head that begins `bytes`, blank line included, or npos when it has not all
/// arrived. `from` is where an earlier search ended.
std::size_t head_length(std::string_view bytes, std::size_t from = 0);

}  // namespace atrapa::mocks::kit
