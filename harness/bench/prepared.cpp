#include "harness/bench/prepared.hpp"

#include "harness/world/world.hpp"
#include "mocks/kit/world_error.hpp"
#include "mocks/shoper/shoper.hpp"

namespace atrapa::harness {
namespace {

std::string text_at(const Json& json, const std::string& pointer) {
  const Json::json_pointer at(pointer);
  if (!json.contains(at) || !json.at(at).is_string()) {
    throw mocks::kit::WorldError("/shoper" + pointer,
                                 "a bench needs a text here, in the world \"empty\"");
  }
  return json.at(at).get<std::string>();
}

Prepared prepare() {
  const World world = parse_world(embedded_world("empty"), "world \"empty\"");
  Prepared ready{.now = world.now,
                 .account = text_at(world.shoper, "/0/account"),
                 .access = {.url = "http://" + text_at(world.shoper, "/0/host"),
                            .login = text_at(world.shoper, "/0/credentials/users/0/login"),
                            .password = text_at(world.shoper, "/0/credentials/users/0/password")},
                 .shoper = mocks::shoper::make_shoper()};
  ready.shoper->restore(world.shoper);
  return ready;
}

}  // namespace

const Prepared& prepared() {
  thread_local const Prepared ready = prepare();
  return ready;
}

}  // namespace atrapa::harness
