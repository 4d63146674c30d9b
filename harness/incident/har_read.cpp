#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <string_view>

#include "harness/subject/base64.hpp"
#include "harness/incident/har.hpp"
#include "harness/world/json_text.hpp"
#include "harness/world/text_file.hpp"
#include "harness/world/world_form.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::Headers;
using mocks::kit::WorldError;

/// HAR's own nesting plus room for recorders that add trees of their own.
constexpr std::size_t kMaxDepth = 128;

/// What described the transfer of a body that the recorder has since decoded.
constexpr std::array<std::string_view, 4> kTransferHeaders{"content-encoding", "transfer-encoding",
                                                           "content-length", "connection"};

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return result;
}

const Json& member(const Json& object, const char* key, const std::string& pointer,
                   Json::value_t kind, std::string_view expected) {
  const auto at = object.find(key);
  if (at == object.end()) {
    throw WorldError(fmt::format("{}/{}", pointer, key),
                     fmt::format("missing; expected {}", expected));
  }
  if (at->type() != kind) {
    throw WorldError(fmt::format("{}/{}", pointer, key),
                     fmt::format("expected {}, found {}", expected, at->type_name()));
  }
  return *at;
}

/// The text of a member; "" where it is missing, as most of HAR is optional in practice.
std::string text(const Json& object, const char* key) {
  const auto at = object.find(key);
  if (at == object.end()) return {};
  const auto* found = at->get_ptr<const std::string*>();
  return found == nullptr ? std::string() : *found;
}

std::vector<std::string> texts(const Json& object, const char* key, const std::string& pointer) {
  const auto at = object.find(key);
  if (at == object.end()) return {};
  const auto bad = [&] {
    return WorldError(fmt::format("{}/{}", pointer, key), "expected a list of texts");
  };
  if (!at->is_array()) throw bad();
  std::vector<std::string> result;
  for (const Json& item : *at) {
    const auto* found = item.get_ptr<const std::string*>();
    if (found == nullptr) throw bad();
    result.push_back(*found);
  }
  return result;
}

Json deeds_member(const Json& entry, const std::string& pointer) {
  const auto at = entry.find("_deeds");
  if (at == entry.end()) return Json::array();
  const auto is_deed = [](const Json& deed) {
    return deed.is_object() && deed.contains("operation") && deed["operation"].is_string();
  };
  if (!at->is_array() || !std::all_of(at->begin(), at->end(), is_deed)) {
    throw WorldError(pointer + "/_deeds", "expected a list of {\"operation\", \"body\"}");
  }
  return *at;
}

Json object_member(const Json& object, const char* key, const std::string& pointer) {
  const auto at = object.find(key);
  if (at == object.end()) return Json::object();
  if (!at->is_object()) {
    throw WorldError(fmt::format("{}/{}", pointer, key),
                     fmt::format("expected an object, found {}", at->type_name()));
  }
  return *at;
}

Headers read_headers(const Json& message, const std::string& pointer) {
  Headers headers;
  const auto list = message.find("headers");
  if (list == message.end()) return headers;
  if (!list->is_array()) {
    throw WorldError(pointer + "/headers",
                     fmt::format("expected a list, found {}", list->type_name()));
  }
  for (const Json& field : *list) {
    if (!field.is_object()) continue;
    const std::string name = text(field, "name");
    // http2 writes method, path and authority as fields whose names begin with a colon.
    if (name.empty() || name.front() == ':') continue;
    const std::string key = lower(name);
    if (std::find(kTransferHeaders.begin(), kTransferHeaders.end(), key) !=
        kTransferHeaders.end()) {
      continue;
    }
    headers.add(name, text(field, "value"));
  }
  return headers;
}

std::string escape(std::string_view value) {
  std::string result;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~') {
      result += c;
    } else {
      result += fmt::format("%{:02X}", byte);
    }
  }
  return result;
}

std::string read_request_body(const Json& request, const std::string& pointer) {
  const auto post = request.find("postData");
  if (post == request.end() || !post->is_object()) return {};
  const std::string body = text(*post, "text");
  if (!body.empty()) {
    if (text(*post, "encoding") != "base64") return body;
    if (auto decoded = decode_base64(body)) return *std::move(decoded);
    throw WorldError(pointer + "/postData/text", "is said to be base64 and is not");
  }
  const auto params = post->find("params");
  if (params == post->end() || !params->is_array()) return {};
  std::string form;
  for (const Json& param : *params) {
    if (!param.is_object()) continue;
    if (!form.empty()) form += '&';
    form += escape(text(param, "name")) + '=' + escape(text(param, "value"));
  }
  return form;
}

/// Splits an absolute address; spaces and control bytes that a recorder left in are escaped.
void read_url(const std::string& url, RecordedExchange& exchange, const std::string& pointer) {
  const auto scheme = url.find("://");
  if (scheme == std::string::npos || scheme == 0) {
    throw WorldError(pointer + "/url",
                     fmt::format("'{}' is no absolute address; expected one such as "
                                 "'https://shop.example/webapi/rest/products'",
                                 url.substr(0, 80)));
  }
  const auto path = url.find_first_of("/?#", scheme + 3);
  exchange.origin = lower(url.substr(0, path));
  std::string target = path == std::string::npos ? "/" : url.substr(path);
  if (target.front() != '/') target.insert(target.begin(), '/');
  target = target.substr(0, target.find('#'));
  for (const char c : target) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) {
      exchange.request.target += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      exchange.request.target += c;
    }
  }
}

void read_response_body(const Json& response, RecordedExchange& exchange,
                        const std::string& pointer) {
  const auto content = response.find("content");
  if (content == response.end() || !content->is_object() || !content->contains("text")) {
    const bool empty = content != response.end() && content->is_object() &&
                       content->contains("size") && (*content)["size"].is_number() &&
                       (*content)["size"].get<double>() <= 0;
    exchange.body_known = empty || exchange.request.method == "HEAD";
    return;
  }
  std::string body = text(*content, "text");
  if (text(*content, "encoding") == "base64") {
    auto decoded = decode_base64(body);
    if (!decoded) {
      throw WorldError(pointer + "/content/text", "is said to be base64 and is not");
    }
    body = *std::move(decoded);
  }
  if (body.starts_with("\x1F\x8B")) {
    throw WorldError(pointer + "/content/text",
                     "holds a gzip body; let the recorder decode bodies, or record with "
                     "'Accept-Encoding: identity'");
  }
  exchange.response.body = std::move(body);
}

/// Nothing, with the reason in `why`, where the entry never got an answer.
std::optional<RecordedExchange> read_entry(const Json& entry, const std::string& pointer,
                                           std::string& why) {
  if (!entry.is_object()) {
    throw WorldError(pointer,
                     fmt::format("expected an entry, an object, found {}", entry.type_name()));
  }
  const Json& request = member(entry, "request", pointer, Json::value_t::object, "an object");
  const Json& response = member(entry, "response", pointer, Json::value_t::object, "an object");

  RecordedExchange exchange;
  exchange.at = read_instant(text(entry, "startedDateTime"));
  exchange.request.method = text(request, "method");
  if (exchange.request.method.empty()) {
    throw WorldError(pointer + "/request/method", "missing; expected a text such as 'GET'");
  }
  const auto status = response.find("status");
  if (status == response.end() || !status->is_number_integer() || status->get<std::int64_t>() < 0 ||
      status->get<std::int64_t>() > 999) {
    throw WorldError(pointer + "/response/status", "expected the answer's status, a whole number");
  }
  exchange.response.status = status->get<int>();
  if (exchange.response.status == 0) {
    why = "it got no answer (status 0: blocked, broken off or served from nowhere)";
    return std::nullopt;
  }
  read_url(text(request, "url"), exchange, pointer + "/request");
  exchange.request.headers = read_headers(request, pointer + "/request");
  exchange.request.body = read_request_body(request, pointer + "/request");
  exchange.response.headers = read_headers(response, pointer + "/response");
  read_response_body(response, exchange, pointer + "/response");
  exchange.comment = text(entry, "comment");
  exchange.provenance = text(entry, "_provenance");
  exchange.volatile_at = texts(entry, "_volatile", pointer);
  exchange.deeds = deeds_member(entry, pointer);
  exchange.headers = texts(entry, "_headers", pointer);
  exchange.mentions = texts(entry, "_mentions", pointer);
  return exchange;
}

void check_version(const Json& log) {
  const std::string version = text(log, "version");
  if (version.empty() || version.starts_with("1.")) return;
  throw WorldError("/log/version", fmt::format("'{}' is not read; expected HAR '1.2'", version));
}

}  // namespace

Recording parse_har(std::string_view text_, const std::string& origin) {
  if (text_.size() > kMaxHarBytes) {
    throw std::runtime_error(fmt::format("{}: {} bytes; a recording has at most {}", origin,
                                         text_.size(), kMaxHarBytes));
  }
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  const auto read = read_json_text(text_, kMaxDepth);
  if (const auto* error = std::get_if<JsonTextError>(&read)) {
    throw std::runtime_error(
        fmt::format("{}:{}:{}: not JSON: {}", origin, error->line, error->column, error->problem));
  }
  const Json& json = std::get<Json>(read);
  if (!json.is_object() || !json.contains("log")) {
    throw WorldError("/log",
                     fmt::format("missing: '{}' is no HAR file; browsers save one by 'Save all "
                                 "as HAR with content' in their network panel",
                                 origin));
  }
  const Json& log = member(json, "log", "", Json::value_t::object, "an object");
  check_version(log);
  const Json& entries = member(log, "entries", "/log", Json::value_t::array, "a list of entries");
  if (entries.size() > kMaxHarEntries) {
    throw WorldError("/log/entries", fmt::format("{} entries; at most {} are read", entries.size(),
                                                 kMaxHarEntries));
  }

  Recording recording;
  recording.origin = origin;
  if (const auto creator = log.find("creator"); creator != log.end() && creator->is_object()) {
    recording.creator = text(*creator, "name");
  }
  recording.comment = text(log, "comment");
  recording.world = text(log, "_world");
  recording.settings = object_member(log, "_settings", "/log");
  recording.config = object_member(log, "_config", "/log");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::string why;
    if (auto exchange = read_entry(entries[i], fmt::format("/log/entries/{}", i), why)) {
      recording.exchanges.push_back(*std::move(exchange));
    } else {
      recording.left_out.push_back(fmt::format("entry {}: {}", i, why));
    }
  }
  return recording;
}

Recording read_har(const std::filesystem::path& file) {
  return parse_har(read_text_file(file, kMaxHarBytes), file.string());
}

}  // namespace atrapa::harness
