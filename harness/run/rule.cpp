#include "harness/run/rule.hpp"

namespace atrapa::harness {

std::string_view to_string(Level level) {
  switch (level) {
    case Level::Must: return "must";
    case Level::Should: return "should";
    case Level::May: return "may";
    case Level::Info: return "info";
  }
  return "";
}

std::string_view to_string(Provenance provenance) {
  switch (provenance) {
    case Provenance::Seed: return "seed";
    case Provenance::Doc: return "doc";
    case Provenance::Client: return "client";
    case Provenance::Inferred: return "inferred";
  }
  return "";
}

std::string Judgement::show(const std::vector<std::string>& texts) {
  return Json(texts).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace atrapa::harness
