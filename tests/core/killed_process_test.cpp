#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/integrations/systim_shoper.hpp"
#include "paper_shop.hpp"

using namespace atrapa::core;
using namespace atrapa::core::systim_shoper;
using test::PaperShop;
using test::TestClock;

namespace {

constexpr int kOrders = 120;

void fill(PaperShop& shop) {
  for (int i = 1; i <= kOrders; ++i) {
    shop.add_order(i, "2026-03-02 09:00:30", 0, "10.00");
    shop.add_line(i, i, "K1", "10.00", "1");
  }
}

Config config() {
  Config made;
  made.shop_url = "https://shop.example";
  made.login = "jan";
  made.password = "x";
  return made;
}

/// The life of one process: opens the books, syncs, and kills itself (SIGKILL) at the given commit,
/// if it comes so far.
void live(const std::filesystem::path& file, int last_commit) {
  PaperShop shop;
  TestClock clock;
  fill(shop);
  auto ledger = Ledger::open(file);
  if (!ledger) std::_Exit(2);
  Connector connector(config(), **ledger, shop, clock);
  connector.save_configuration();
  int commits = 0;
  (*ledger)->on_commit([&](CommitPoint) {
    if (commits++ == last_commit) ::raise(SIGKILL);
  });
  std::_Exit(connector.run(Command::Orders).ok ? 0 : 3);
}

}  // namespace

TEST_CASE("A process killed by SIGKILL again and again loses no order and doubles none",
          "[systim][kill]") {
  const auto file = std::filesystem::temp_directory_path() / "atrapa-core-killed.db";
  const auto clean = [&] {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + suffix);
  };
  clean();
  {
    auto ledger = Ledger::open(file);
    REQUIRE(ledger.ok());
    ErpProduct product;
    product.id = "E1";
    product.code = "K1";
    (*ledger)->put_products(std::vector{product});
  }
  int deaths = 0;
  int status = 0;
  for (int life = 0; life < 200; ++life) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) live(file, 2 + life * 7 % 23);
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) break;
    REQUIRE(WTERMSIG(status) == SIGKILL);
    ++deaths;
  }
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(deaths >= 10);
  {
    auto ledger = Ledger::open(file);
    REQUIRE(ledger.ok());
    std::set<std::string> ids, numbers;
    for (const ErpOrder& order : (*ledger)->orders()) {
      ids.insert(order.shop_order_id);
      numbers.insert(order.number);
    }
    CHECK((*ledger)->order_count() == kOrders);
    CHECK(ids.size() == kOrders);
    CHECK(numbers.size() == kOrders);
    CHECK(numbers.contains("ZS/120/2026"));
  }
  clean();
}
