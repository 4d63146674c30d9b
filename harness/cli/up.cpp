#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/serving.hpp"
#include "harness/cli/worlds.hpp"
#include "harness/report/json_lines.hpp"
#include "mocks/kit/url.hpp"

namespace atrapa::harness::cli {

namespace {

struct UpArguments {
  std::vector<std::string> platforms;
  std::string world = "demo";
  int port = 8080;
  std::string limits = "documented";
  std::string clock = "real";
  std::uint64_t seed = kDefaultSeed;
  std::string listen = "127.0.0.1";
  std::string token;
  bool json = false;
};

ServingOptions serving_options(const UpArguments& arguments) {
  if (!mocks::kit::is_loopback(arguments.listen) && arguments.token.empty()) {
    throw Failure(
        fmt::format("--listen {}: everybody who reaches that address could use the fakes; "
                    "add --token SECRET, which each request then has to bear in the header "
                    "X-Atrapa-Token",
                    arguments.listen));
  }
  ServingOptions options;
  options.platforms = select_platforms(arguments.platforms);
  options.address = arguments.listen == "localhost" ? "127.0.0.1" : arguments.listen;
  options.port = arguments.port;
  options.token = arguments.token;
  options.limits = arguments.limits == "documented";
  options.virtual_clock = arguments.clock == "virtual";
  options.seed = arguments.seed;
  return options;
}

Json as_json(const Serving& serving, const World& world) {
  Json served = Json::object();
  for (const Serving::Place& place : serving.places()) {
    const Json accounts = place.platform->accounts(world);
    Json all = Json::array();
    for (const Json& account : accounts) {
      all.push_back({{"account", account.value("account", "")},
                     {"credentials", place.platform->credentials(account)}});
    }
    served[place.platform->name] = {
        {"url", place.url},
        {"credentials", all.empty() ? Json::object() : all.front()["credentials"]},
        {"gateway_url", fmt::format("{}/{}", serving.gateway(), place.platform->name)},
        {"accounts", all}};
  }
  return {{"gateway", serving.gateway()}, {"platforms", served}};
}

std::string in_words(const Serving& serving, const World& world, const UpArguments& arguments,
                     const report::Style& style) {
  std::string out = fmt::format("{}: world {}, {} clock, limits {}. Ctrl-C ends it.\n\n",
                                style.bold("Atrapa is up"), report::printable(world.name),
                                arguments.clock, arguments.limits);
  for (const Serving::Place& place : serving.places()) {
    out += fmt::format("  {}  {}   also {}/{}\n", style.bold(place.platform->name), place.url,
                       serving.gateway(), place.platform->name);
  }
  out += fmt::format("\n{}\n{}\n{}\n", style.bold("What the world holds"),
                     world_contents(world, style), style.bold("Try"));
  const std::string header =
      arguments.token.empty()
          ? ""
          : " -H " + report::shell_argument("X-Atrapa-Token: " + arguments.token);
  for (const Serving::Place& place : serving.places()) {
    const Json accounts = place.platform->accounts(world);
    if (accounts.empty()) continue;
    for (const std::string& line : place.platform->first_calls(place.url, accounts.front())) {
      out += fmt::format("  {}{}\n", line, header);
    }
  }
  out += fmt::format("\n{}\n", style.bold("What people do in the shop"));
  for (const Serving::Place& place : serving.places()) {
    const std::string control =
        fmt::format("{}/_atrapa/{}", serving.gateway(), place.platform->name);
    out += fmt::format("  curl -s {}{}\n", control, header);
    const Json accounts = place.platform->accounts(world);
    if (accounts.empty()) continue;
    for (const std::string& line : place.platform->first_deeds(control, accounts.front())) {
      out += fmt::format("  {}{}\n", line, header);
    }
  }
  if (arguments.clock == "virtual") {
    out += fmt::format("  curl -s -d '{{\"advance_ms\":60000}}'{} {}/_atrapa/clock\n", header,
                       serving.gateway());
  }
  return out;
}

int up(const UpArguments& arguments, const Program& program) {
  Machine& machine = program.machine;
  ServingOptions options = serving_options(arguments);
  options.warn = [&machine](const std::string& text) {
    machine.err() << "atrapa: " << report::printable(text) << std::endl;
  };
  const World world = load_sound_world(arguments.world);
  machine.catch_end_signals();
  const Serving serving(world, options, machine);
  if (arguments.json) {
    machine.out() << report::to_line(as_json(serving, world)) << std::flush;
  } else {
    machine.out() << in_words(serving, world, arguments, machine.style()) << std::flush;
  }
  machine.wait(std::nullopt);
  return 0;
}

}  // namespace

Command add_up(CLI::App& app) {
  auto arguments = std::make_shared<UpArguments>();
  CLI::App* command = app.add_subcommand("up", "Serve the fakes over HTTP, for your own connector");
  command->footer(
      "GET /_atrapa/shoper on the gateway lists what people do in the shop (place-order, "
      "pay-order, "
      "change-status, edit-stock, install-application, ...); POST /_atrapa/shoper/OPERATION with a "
      "JSON body does it, and the shop's webhooks are sent. GET /_atrapa/shoper/deliveries lists "
      "what "
      "became of them.");
  command->add_option("PLATFORM", arguments->platforms, "Only these [all]");
  command->add_option("--world", arguments->world, "A world file, or a built-in one: demo, empty")
      ->capture_default_str();
  command
      ->add_option("--port", arguments->port,
                   "Of the gateway; the platforms follow on N+1, ... 0: any free ports")
      ->type_name("N")
      ->check(CLI::Range(0, 65000))
      ->capture_default_str();
  command->add_option("--limits", arguments->limits, "The platforms' request limits")
      ->check(CLI::IsMember({"documented", "off"}))
      ->type_name("documented|off")
      ->capture_default_str();
  command
      ->add_option("--clock", arguments->clock,
                   "virtual: stands still until POST /_atrapa/clock {\"advance_ms\":N}")
      ->check(CLI::IsMember({"real", "virtual"}))
      ->type_name("real|virtual")
      ->capture_default_str();
  add_seed(*command, arguments->seed, "Of tokens and whatever else is drawn");
  command->add_option("--listen", arguments->listen, "Another address of this machine's")
      ->type_name("ADDRESS")
      ->capture_default_str();
  command->add_option("--token", arguments->token,
                      "Each request has to bear it in the header X-Atrapa-Token");
  command->add_flag("--json", arguments->json, "One JSON object, printed once the fakes answer");
  return {command, [arguments](const Program& program) { return up(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
