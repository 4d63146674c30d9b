#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "core/shops/http_transport.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/doctor_checks.hpp"
#include "harness/cli/serving.hpp"
#include "harness/cli/worlds.hpp"
#include "harness/report/json_lines.hpp"

namespace atrapa::harness::cli {

namespace {

constexpr int kDefaultPort = 8080;

struct DoctorArguments {
  std::optional<int> port;
  std::string url;
  Credentials credentials;
  bool json = false;
};

core::HttpTransport patient_transport() {
  using Limit = core::Duration;
  return core::HttpTransport(
      {.connect = Limit{5'000}, .read = Limit{5'000}, .write = Limit{5'000}});
}

/// A fake of our own on free ports: the loopback, and an account of each platform that lets us in.
std::vector<Checkup> check_own_fakes(Machine& machine, core::Transport& transport) {
  const World world = load_world("demo");
  ServingOptions options{.platforms = select_platforms({}), .port = 0, .token = {}};
  std::vector<Checkup> checkups;
  try {
    const Serving serving(world, options, machine);
    checkups.push_back(check_reached(serving.gateway(), transport));
    for (const Serving::Place& place : serving.places()) {
      const Json accounts = place.platform->accounts(world);
      if (accounts.empty()) continue;
      const Json flat = place.platform->credentials(accounts.front());
      const Credentials credentials{.login = flat.value("login", ""),
                                    .password = flat.value("password", ""),
                                    .token = flat.value("token", "")};
      if (!credentials.empty()) {
        checkups.push_back(check_credentials(place.url, credentials, transport));
        checkups.back().what += fmt::format(" ({}, a fake of doctor's own)", place.platform->name);
      }
    }
    checkups.push_back(check_clock(machine, serving.gateway(), transport));
  } catch (const std::runtime_error& error) {
    checkups.push_back({"reached", Health::Problem,
                        fmt::format("no fake can be started on the loopback: {}", error.what()),
                        "see that the interface lo is up and that programs may listen on it"});
  }
  return checkups;
}

std::vector<Checkup> check_given_fake(const DoctorArguments& arguments, Machine& machine,
                                      core::Transport& transport) {
  std::string url = arguments.url;
  while (url.ends_with('/')) url.pop_back();
  std::vector<Checkup> checkups{check_reached(url, transport)};
  if (checkups.front().health != Health::Ok) return checkups;
  if (arguments.credentials.empty()) {
    checkups.push_back({"token", Health::Warning, "not tried: no credentials were given",
                        "atrapa doctor --url URL --login L --password P, or --token T"});
  } else {
    checkups.push_back(check_credentials(url, arguments.credentials, transport));
  }
  checkups.push_back(check_clock(machine, url, transport));
  return checkups;
}

std::string in_words(const std::vector<Checkup>& checkups, const report::Style& style) {
  constexpr std::size_t kHealthWidth = 9;
  constexpr std::size_t kNameWidth = 11;
  constexpr std::size_t kTextIndent = kHealthWidth + kNameWidth;
  std::string out;
  for (const Checkup& checkup : checkups) {
    const std::string word = report::padded(to_string(checkup.health), kHealthWidth);
    const std::string health = checkup.health == Health::Ok        ? style.good(word)
                               : checkup.health == Health::Warning ? style.doubtful(word)
                                                                   : style.bad(word);
    const std::string text =
        report::paragraph(report::printable(checkup.what), kTextIndent, style.width);
    out += health + report::padded(checkup.name, kNameWidth) + text.substr(kTextIndent);
    if (!checkup.mend.empty()) {
      out += report::paragraph("mend: " + checkup.mend, kTextIndent, style.width);
    }
  }
  return out;
}

int doctor(const DoctorArguments& arguments, const Program& program) {
  if (!arguments.url.empty() && !core::is_callable(arguments.url)) {
    throw Failure(
        "--url: expected an address such as http://127.0.0.1:18080, without user and password");
  }
  const RealSurroundings around;
  core::HttpTransport transport = patient_transport();
  std::vector<Checkup> checkups{
      check_ports(around, arguments.port.value_or(kDefaultPort), arguments.port.has_value()),
      check_proxy(around), check_localhost(around), check_tls(arguments.url)};
  const bool plain = checkups.back().health == Health::Ok;
  if (plain) {
    const std::vector<Checkup> more = arguments.url.empty()
                                          ? check_own_fakes(program.machine, transport)
                                          : check_given_fake(arguments, program.machine, transport);
    checkups.insert(checkups.end(), more.begin(), more.end());
  }
  checkups.insert(checkups.end(),
                  {check_time_zone(around), check_temporary(around), check_locale(around)});

  std::ostream& out = program.machine.out();
  if (arguments.json) {
    for (const Checkup& checkup : checkups) {
      out << report::to_line({{"check", checkup.name},
                              {"health", to_string(checkup.health)},
                              {"what", checkup.what},
                              {"mend", checkup.mend}});
    }
  } else {
    out << in_words(checkups, program.machine.style());
  }
  const bool problem = std::any_of(checkups.begin(), checkups.end(), [](const Checkup& checkup) {
    return checkup.health == Health::Problem;
  });
  return problem ? 2 : 0;
}

}  // namespace

Command add_doctor(CLI::App& app) {
  auto arguments = std::make_shared<DoctorArguments>();
  CLI::App* command =
      app.add_subcommand("doctor", "Look for what goes wrong around a run, and say how to mend it");
  command
      ->add_option("--port", arguments->port,
                   "The first of the ports that the fakes are to have [8080]")
      ->type_name("N")
      ->check(CLI::Range(1, 65000));
  CLI::Option* url = command->add_option(
      "--url", arguments->url, "A running fake, as the connector calls it [starts one of its own]");
  url->type_name("URL");
  CLI::Option* login =
      command->add_option("--login", arguments->credentials.login, "Signs in there")->needs(url);
  command->add_option("--password", arguments->credentials.password, "Of the login")->needs(login);
  command->add_option("--token", arguments->credentials.token, "Shown there, instead of a login")
      ->needs(url)
      ->excludes(login);
  command->add_flag("--json", arguments->json, "One JSON object per check and line");
  command->footer("Exit code: 0 all is well but for warnings, 2 something has to be mended.");
  return {command, [arguments](const Program& program) { return doctor(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
