#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/domain/document.hpp"
#include "core/domain/log_entry.hpp"
#include "core/domain/order.hpp"
#include "core/domain/product.hpp"
#include "core/ledger/ledger.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/transport.hpp"
#include "harness/subject/subject.hpp"

// Private to harness/subject: what the core's subjects share.
namespace atrapa::harness {

/// The core's transport over the bench's wire.
class WireTransport final : public core::Transport {
 public:
  explicit WireTransport(Wire& wire) : wire_(wire) {}

  std::variant<core::HttpResponse, core::NoAnswer> send(const core::HttpRequest& request) override;

 private:
  Wire& wire_;
};

class WireClock final : public core::Clock {
 public:
  explicit WireClock(Wire& wire) : wire_(wire) {}

  core::Instant now() override { return wire_.now(); }
  bool wait(core::Duration duration) override {
    wire_.wait(duration);
    return true;
  }

 private:
  Wire& wire_;
};

/// Books in memory, empty, that the cases of one thread use one after the other: clearing them
/// costs less than opening new ones. Or, with a directory, those that lie in it, as they are.
class Books {
 public:
  explicit Books(const std::string& directory = {});
  ~Books();
  Books(const Books&) = delete;
  Books& operator=(const Books&) = delete;

  core::Ledger& operator*() const { return *ledger_; }
  core::Ledger* operator->() const { return ledger_.get(); }

 private:
  std::unique_ptr<core::Ledger> ledger_;
  bool in_memory_;
};

core::ErpProduct to_core(const ErpProduct& product);
ErpProduct from_core(core::ErpProduct product);
ErpOrder from_core(const core::ErpOrder& order);
ErpLogEntry from_core(const core::LogEntry& entry);
ErpDocument from_core(const core::Document& document);
core::HttpRequest to_core(const mocks::kit::Request& request);

/// Of an id as texts hold it; 0 for what is none.
std::int64_t number_of(const std::string& text);

/// Products, orders, log and documents of the books.
ErpView view_of(const core::Ledger& ledger);

// The other subjects of the core, by integration.
struct CoreParts;
std::unique_ptr<Subject> ebiuro_subject(Wire& wire, const CoreParts& parts);
std::unique_ptr<Subject> firmino_subject(Wire& wire, const CoreParts& parts);
/// Firmino as a merchant would set it up on an account of Base with catalogue 307 and warehouse
/// "bl_206": configure() makes the integration by its forms, with every order, the cards as the
/// source of products and their stock sent; nothing moves before a command. It is the one of the
/// core's programs that asks Base by itself: eBiuro gets its orders by Base's calls alone.
/// "stock" sends cards first, since their products are recognised there.
std::unique_ptr<Subject> core_on_base(Wire& wire, const CoreParts& parts);

}  // namespace atrapa::harness
