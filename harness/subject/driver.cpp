#include "harness/subject/driver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/subject/protocol.hpp"

namespace atrapa::harness {
namespace {

constexpr std::size_t kShownText = 160;
constexpr std::size_t kShownLines = 12;

bool holds(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::string shown(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  if (text.size() > kShownText) text = text.substr(0, kShownText) + "...";
  return text;
}

std::vector<std::string> texts_of(const Json& json, const char* name) {
  std::vector<std::string> texts;
  const auto list = json.find(name);
  if (list == json.end()) return texts;
  if (!list->is_array()) {
    throw protocol::ProtocolError(fmt::format("/{}: expected a list of texts", name));
  }
  for (const Json& text : *list) {
    if (!text.is_string()) {
      throw protocol::ProtocolError(fmt::format("/{}: expected a list of texts", name));
    }
    texts.push_back(text.get<std::string>());
  }
  return texts;
}

Handshake read_handshake(const Json& json) {
  const auto text = [&](const char* name, bool required) -> std::string {
    const auto value = json.is_object() ? json.find(name) : json.end();
    if (value != json.end() && value->is_string()) return value->get<std::string>();
    if (value == json.end() && !required) return "";
    throw protocol::ProtocolError(fmt::format("/{}: expected a text", name));
  };
  const Json version = json.is_object() ? json.value("protocol", Json()) : Json();
  if (version != protocol::kVersion) {
    throw protocol::ProtocolError(
        fmt::format("/protocol: it speaks version {}, Atrapa speaks version {}", version.dump(),
                    protocol::kVersion));
  }
  Handshake handshake;
  handshake.name = text("name", true);
  handshake.version = text("version", false);
  const std::string clock = text("clock", true);
  if (clock != "virtual" && clock != "real") {
    throw protocol::ProtocolError(
        fmt::format("/clock: expected \"virtual\" or \"real\", found \"{}\"", shown(clock)));
  }
  handshake.virtual_clock = clock == "virtual";
  handshake.integrations = texts_of(json, "integrations");
  handshake.commands = texts_of(json, "commands");
  handshake.methods = texts_of(json, "methods");
  handshake.sees = texts_of(json, "sees");
  const Json commits = json.value("commits", Json(false));
  if (!commits.is_boolean()) throw protocol::ProtocolError("/commits: expected true or false");
  handshake.commits = commits.get<bool>();
  return handshake;
}

}  // namespace

std::string last_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (end > from) lines.push_back(shown(text.substr(from, end - from)));
    from = end + 1;
  }
  const std::size_t first = lines.size() > kShownLines ? lines.size() - kShownLines : 0;
  std::string out;
  for (std::size_t i = first; i < lines.size(); ++i) out += "\n    " + lines[i];
  return out;
}

bool Handshake::has_command(std::string_view command) const { return holds(commands, command); }

bool Handshake::has_method(std::string_view method) const { return holds(methods, method); }

Driver::Driver(std::unique_ptr<DriverChannel> channel, const std::string& integration)
    : channel_(std::move(channel)) {
  const Json result =
      call("initialize",
           {{"protocol", protocol::kVersion}, {"harness", "atrapa"}, {"integration", integration}});
  try {
    handshake_ = read_handshake(result);
  } catch (const protocol::ProtocolError& error) {
    refuse("initialize", error.what());
  }
}

Driver::~Driver() {
  if (broken_) return;
  try {
    static_cast<void>(call("shutdown", Json::object()));
  } catch (const std::exception&) {
    // It ends anyway.
  }
}

Json Driver::call(std::string_view method, Json params) {
  const Json request = {
      {"jsonrpc", "2.0"}, {"id", ++last_id_}, {"method", method}, {"params", std::move(params)}};
  std::string answer;
  try {
    answer =
        channel_->exchange(request.dump(-1, ' ', false, Json::error_handler_t::replace), method);
  } catch (...) {
    broken_ = true;
    throw;
  }
  return read_answer(answer, method);
}

void Driver::refuse(std::string_view method, std::string_view why) {
  broken_ = true;
  throw SubjectFailure(
      fmt::format("{} answered '{}' with what the protocol does not know: {}. See "
                  "harness/subject/PROTOCOL.md{}",
                  channel_->title(), method, why, channel_->last_words()));
}

Json Driver::read_answer(const std::string& text, std::string_view method) {
  Json answer = Json::parse(text, nullptr, false);
  if (!answer.is_object()) {
    broken_ = true;
    throw SubjectFailure(fmt::format(
        "{} wrote what is no JSON-RPC answer while '{}' was asked: \"{}\". Only answers may stand "
        "on its standard output, each on a line of its own; everything else belongs to standard "
        "error{}",
        channel_->title(), method, shown(text), channel_->last_words()));
  }
  if (answer.value("id", Json()) != last_id_) {
    broken_ = true;
    throw SubjectFailure(fmt::format(
        "{} answered request {} ('{}') with the id {}: an answer bears the id of its request, and "
        "there is one request at a time{}",
        channel_->title(), last_id_, method, answer.value("id", Json()).dump(),
        channel_->last_words()));
  }
  if (answer.contains("result")) return std::move(answer["result"]);
  const Json error = answer.value("error", Json());
  if (!error.is_object()) refuse(method, "neither `result` nor `error`");
  const std::string message =
      error.value("message", Json()).is_string() ? error["message"].get<std::string>() : "";
  if (error.value("code", Json()) == protocol::kIncapable) throw Incapable(message);
  broken_ = true;
  throw SubjectFailure(fmt::format(
      "{} answered '{}' with error {}: {}. What goes wrong in the shop or on the way belongs into "
      "the `ok` and `summary` of `run`; what it cannot do is error {}{}",
      channel_->title(), method, error.value("code", Json()).dump(), shown(message),
      protocol::kIncapable, channel_->last_words()));
}

}  // namespace atrapa::harness
