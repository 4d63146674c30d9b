#pragma once

#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/subject/erp.hpp"
#include "mocks/kit/journal.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::harness {

/// One request and its answer out of a recording. Bodies are as the two ends saw them: no base64,
/// no content encoding.
struct RecordedExchange {
  std::optional<mocks::kit::Instant> at;  ///< HAR's startedDateTime.
  std::string origin;                     ///< "https://demo.shop.example"
  mocks::kit::Request request;
  mocks::kit::Response response;
  bool body_known = true;  ///< False where the recorder left the answer's body out.

  std::string comment;  ///< What the exchange shows.
  /// `_provenance`: mark and fact, such as "[rec] count is a string, pages and page are numbers".
  std::string provenance;
  /// `_volatile`: JSON pointers into the answer's body whose values change from run to run (their
  /// types do not). A step `*` stands for any item or member.
  std::vector<std::string> volatile_at;
  /// `_deeds`: what people did on the platform before the request:
  /// [{"operation": "fill-in-form", "body": {...}}], as the platform's panel takes it.
  Json deeds = Json::array();
  /// `_headers`: names of the answer's headers whose values are part of what is recorded.
  std::vector<std::string> headers;
  /// `_mentions`: words that the answer's body has to hold, where its wording as a whole is not
  /// fixed.
  std::vector<std::string> mentions;
};

/// Exchanges in order, as a HAR 1.2 file holds them.
struct Recording {
  std::string origin;   ///< Where it was read from, for messages.
  std::string creator;  ///< The program that recorded it, for reports.
  std::string comment;
  std::string world;               ///< `_world`: "demo", "empty" or a file beside the recording.
  Json settings = Json::object();  ///< `_settings`: of the fake, over those of the world.
  Json config = Json::object();    ///< `_config`: of Shoper's application-config, likewise.
  std::vector<RecordedExchange> exchanges;
  std::vector<std::string> left_out;  ///< Entries that hold no exchange, and why.
};

/// Bounds of what is read; a browser's export of a long session stays far below.
inline constexpr std::size_t kMaxHarBytes = std::size_t{512} << 20;
inline constexpr std::size_t kMaxHarEntries = 200'000;

/// Copes with what browsers and proxies write: bodies in base64, http2 pseudo headers, lower-case
/// names, Content-Encoding of a body that was decoded, entries without an answer.
/// Throws std::runtime_error (file, line, column) for what is not JSON, mocks::kit::WorldError
/// (JSON pointer, problem) for JSON that is no HAR.
Recording parse_har(std::string_view text, const std::string& origin);
Recording read_har(const std::filesystem::path& file);

/// The text of a HAR 1.2 file; parse_har() reads it back.
std::string har_text(const Recording& recording);
/// Writes beside the target and renames.
void write_har(const Recording& recording, const std::filesystem::path& file);

/// Masks all credentials (see mocks/kit/redact.hpp), the login of `auth` and single-use codes too.
void redact(Recording& recording);

/// A session of our own server as a recording, redacted. `world` names the world it was started
/// from, `origin` is its address ("http://127.0.0.1:8080").
Recording recording_of(const std::deque<mocks::kit::Exchange>& exchanges, std::string world,
                       std::string origin);

}  // namespace atrapa::harness
