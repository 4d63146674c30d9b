#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "harness/subject/base64.hpp"
#include "harness/incident/har.hpp"
#include "harness/world/text_file.hpp"
#include "harness/world/world_form.hpp"
#include "mocks/kit/fault.hpp"
#include "mocks/kit/message.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::Headers;

Json headers_json(const Headers& headers) {
  Json list = Json::array();
  for (const mocks::kit::Header& field : headers) {
    list.push_back(Json{{"name", field.name}, {"value", field.value}});
  }
  return list;
}

Json query_json(const std::string& target) {
  Json list = Json::array();
  const auto parsed = mocks::kit::parse_target(target);
  if (!parsed) return list;
  for (const auto& [name, value] : parsed->query) {
    list.push_back(Json{{"name", name}, {"value", value}});
  }
  return list;
}

std::string media_type(const Headers& headers, std::string_view fallback) {
  const std::string* type = headers.find("Content-Type");
  return type == nullptr ? std::string(fallback) : *type;
}

void put_body(Json& holder, const std::string& body) {
  if (is_utf8(body)) {
    holder["text"] = body;
  } else {
    holder["text"] = encode_base64(body);
    holder["encoding"] = "base64";
  }
}

Json request_json(const RecordedExchange& exchange) {
  const mocks::kit::Request& request = exchange.request;
  Json json = Json::object();
  json["method"] = request.method;
  json["url"] = exchange.origin + request.target;
  json["httpVersion"] = "HTTP/1.1";
  json["cookies"] = Json::array();
  json["headers"] = headers_json(request.headers);
  json["queryString"] = query_json(request.target);
  if (!request.body.empty()) {
    Json& post = json["postData"] = Json::object();
    post["mimeType"] = media_type(request.headers, "application/json");
    put_body(post, request.body);
  }
  json["headersSize"] = -1;
  json["bodySize"] = request.body.size();
  return json;
}

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 402: return "Payment Required";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 429: return "Too Many Requests";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return "";
  }
}

Json response_json(const RecordedExchange& exchange) {
  const mocks::kit::Response& response = exchange.response;
  Json json = Json::object();
  json["status"] = response.status;
  json["statusText"] = reason(response.status);
  json["httpVersion"] = "HTTP/1.1";
  json["cookies"] = Json::array();
  json["headers"] = headers_json(response.headers);
  Json& content = json["content"] = Json::object();
  content["size"] = exchange.body_known ? Json(response.body.size()) : Json(-1);
  content["mimeType"] = media_type(response.headers, "application/json");
  if (exchange.body_known) put_body(content, response.body);
  json["redirectURL"] = "";
  json["headersSize"] = -1;
  json["bodySize"] = content["size"];
  return json;
}

Json entry_json(const RecordedExchange& exchange) {
  Json json = Json::object();
  if (!exchange.comment.empty()) json["comment"] = exchange.comment;
  if (!exchange.provenance.empty()) json["_provenance"] = exchange.provenance;
  if (!exchange.volatile_at.empty()) json["_volatile"] = exchange.volatile_at;
  if (!exchange.deeds.empty()) json["_deeds"] = exchange.deeds;
  if (!exchange.headers.empty()) json["_headers"] = exchange.headers;
  if (!exchange.mentions.empty()) json["_mentions"] = exchange.mentions;
  // HAR demands a moment; one that is not known stays recognisable as such.
  json["startedDateTime"] = exchange.at ? instant_text(*exchange.at) : "1970-01-01T00:00:00Z";
  json["time"] = 0;
  json["request"] = request_json(exchange);
  json["response"] = response_json(exchange);
  json["cache"] = Json::object();
  json["timings"] = Json{{"send", 0}, {"wait", 0}, {"receive", 0}};
  return json;
}

/// Lists of {"name", "value"} and of texts on one line, everything else one member a line.
void write_json(std::string& out, const Json& json, std::size_t indent) {
  const auto scalar = [](const Json& value) { return !value.is_structured(); };
  const bool flat = !json.is_structured() || json.empty() ||
                    (json.size() <= 3 && std::all_of(json.begin(), json.end(), scalar));
  if (flat) {
    out += json.dump();
    return;
  }
  const bool object = json.is_object();
  out += object ? "{\n" : "[\n";
  bool first = true;
  for (const auto& [key, value] : json.items()) {
    if (!first) out += ",\n";
    first = false;
    out.append(indent + 1, ' ');
    if (object) out += Json(key).dump() + ": ";
    write_json(out, value, indent + 1);
  }
  out += '\n';
  out.append(indent, ' ');
  out += object ? '}' : ']';
}

}  // namespace

std::string har_text(const Recording& recording) {
  Json log = Json::object();
  log["version"] = "1.2";
  log["creator"] =
      Json{{"name", recording.creator.empty() ? "Atrapa" : recording.creator}, {"version", "1"}};
  if (!recording.comment.empty()) log["comment"] = recording.comment;
  if (!recording.world.empty()) log["_world"] = recording.world;
  if (!recording.settings.empty()) log["_settings"] = recording.settings;
  if (!recording.config.empty()) log["_config"] = recording.config;
  Json& entries = log["entries"] = Json::array();
  for (const RecordedExchange& exchange : recording.exchanges) {
    entries.push_back(entry_json(exchange));
  }
  std::string out;
  write_json(out, Json{{"log", std::move(log)}}, 0);
  out += '\n';
  return out;
}

void write_har(const Recording& recording, const std::filesystem::path& file) {
  write_text_file(file, har_text(recording));
}

Recording recording_of(const std::deque<mocks::kit::Exchange>& exchanges, std::string world,
                       std::string origin) {
  Recording recording;
  recording.creator = "Atrapa";
  recording.world = std::move(world);
  for (const mocks::kit::Exchange& kept : exchanges) {
    if (kept.response.status == 0) {
      recording.left_out.push_back(
          fmt::format("exchange {}: it got no answer (connection refused)", kept.number));
      continue;
    }
    RecordedExchange exchange;
    exchange.at = kept.at;
    exchange.origin = origin;
    exchange.request = kept.request;
    exchange.response = kept.response;
    exchange.comment = kept.note;
    if (kept.fault) {
      // The journal holds what the fake answered, not what a planned accident left of it.
      if (!exchange.comment.empty()) exchange.comment += "; ";
      exchange.comment += fmt::format("fault: {}", mocks::kit::to_string(*kept.fault));
    }
    recording.exchanges.push_back(std::move(exchange));
  }
  redact(recording);
  return recording;
}

}  // namespace atrapa::harness
