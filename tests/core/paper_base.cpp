#include "paper_base.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace atrapa::core::test {

namespace {

int hex_digit(char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

std::string form_decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%') {
      out += static_cast<char>(hex_digit(text.at(i + 1)) * 16 + hex_digit(text.at(i + 2)));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::int64_t number_or(const Json& parameters, const char* name, std::int64_t otherwise) {
  return parameters.contains(name) ? parameters[name].get<std::int64_t>() : otherwise;
}

std::string joined_rows(const std::vector<std::string>& rows) {
  std::string out;
  for (const std::string& row : rows) out += (out.empty() ? "" : ",") + row;
  return out;
}

}  // namespace

BaseCall base_call(const HttpRequest& request) {
  BaseCall call;
  call.raw_body = request.body;
  const std::size_t split = request.body.find('&');
  if (!request.body.starts_with("method=") || split == std::string::npos ||
      request.body.find("&parameters=", split) != split) {
    throw std::logic_error("no form: " + request.body.substr(0, 100));
  }
  call.method = form_decoded(request.body.substr(7, split - 7));
  call.parameters = Json::parse(form_decoded(request.body.substr(split + 12)));
  for (const auto& [name, value] : request.headers) {
    if (name == "X-BLToken") call.token = value;
  }
  return call;
}

std::variant<HttpResponse, NoAnswer> BaseScript::send(const HttpRequest& request) {
  requests.push_back(request);
  asked.push_back(base_call(request));
  if (answers.empty()) throw std::logic_error("no further answer for " + asked.back().method);
  auto next = std::move(answers.front());
  answers.pop_front();
  return next;
}

BaseScript& BaseScript::says(std::string body, int status) {
  answers.emplace_back(HttpResponse{status, {}, std::move(body)});
  return *this;
}

BaseScript& BaseScript::says(NoAnswer why) {
  answers.emplace_back(why);
  return *this;
}

std::variant<HttpResponse, NoAnswer> PaperBase::send(const HttpRequest& request) {
  const BaseCall call = base_call(request);
  arrivals.push_back(clock_.now());
  ++calls[call.method];
  const auto recent = std::count_if(arrivals.begin(), arrivals.end(), [&](Instant at) {
    return clock_.now() - at <= std::chrono::minutes(1);
  });
  if (recent > limit) {
    ++blocks;
    return HttpResponse{200,
                        {},
                        R"({"status":"ERROR","error_code":"ERROR_BLOCKED_TOKEN",)"
                        R"("error_message":"blocked"})"};
  }
  if (before_call) before_call();
  HttpResponse response{200, {}, serve(call)};
  if (lose_answer && lose_answer()) return NoAnswer::Ambiguous;
  return response;
}

std::string PaperBase::serve(const BaseCall& call) {
  if (call.method == "getOrders") return get_orders(call.parameters);
  if (call.method == "getInvoices") return get_ids("invoices", "invoice_id", call.parameters);
  if (call.method == "getOrderReturns") return get_ids("returns", "return_id", call.parameters);
  if (call.method == "getInventoryProductsList") return get_page(call.parameters);
  if (call.method == "getJournalList") return get_journal(call.parameters);
  return R"({"status":"SUCCESS"})";
}

std::string PaperBase::get_orders(const Json& parameters) const {
  const std::int64_t confirmed_from = number_or(parameters, "date_confirmed_from", 0);
  const std::int64_t id_from = number_or(parameters, "id_from", 0);
  const bool unconfirmed = parameters.value("get_unconfirmed_orders", false);
  std::vector<PaperOrder> found;
  for (const PaperOrder& order : orders) {
    if (order.confirmed == 0 && !unconfirmed) continue;
    if (order.confirmed >= confirmed_from && order.id >= id_from) found.push_back(order);
  }
  const bool by_moment = in_order_of_moments && parameters.contains("date_confirmed_from");
  std::sort(found.begin(), found.end(), [&](const PaperOrder& a, const PaperOrder& b) {
    if (by_moment && a.confirmed != b.confirmed) return a.confirmed < b.confirmed;
    return a.id < b.id;
  });
  if (found.size() > 100) found.resize(100);
  std::vector<std::string> rows;
  for (const PaperOrder& order : found) {
    rows.push_back(fmt::format(R"({{"order_id":{},"date_confirmed":{},"confirmed":{}}})", order.id,
                               order.confirmed, order.confirmed > 0));
  }
  return R"({"status":"SUCCESS","orders":[)" + joined_rows(rows) + "]}";
}

std::string PaperBase::get_ids(const std::string& list, const std::string& id,
                               const Json& parameters) const {
  std::vector<std::string> rows;
  for (const std::int64_t row : ids) {
    if (row < number_or(parameters, "id_from", 0) || rows.size() >= 100) continue;
    rows.push_back(fmt::format(R"({{"{}":{}}})", id, row));
  }
  return fmt::format(R"({{"status":"SUCCESS","{}":[{}]}})", list, joined_rows(rows));
}

std::string PaperBase::get_page(const Json& parameters) const {
  const auto page = static_cast<std::size_t>(number_or(parameters, "page", 1));
  std::vector<std::string> rows;
  for (std::size_t i = (page - 1) * page_size; i < std::min(page * page_size, ids.size()); ++i) {
    rows.push_back(fmt::format(R"("{}":{{"id":{}}})", ids[i], ids[i]));
  }
  // PHP writes an empty map as a list.
  if (rows.empty()) return R"({"status":"SUCCESS","products":[]})";
  return R"({"status":"SUCCESS","products":{)" + joined_rows(rows) + "}}";
}

std::string PaperBase::get_journal(const Json& parameters) const {
  const std::int64_t last = number_or(parameters, "last_log_id", 0);
  std::vector<std::string> rows;
  for (const std::int64_t id : ids) {
    const bool later = inclusive_journal ? id >= last : id > last;
    if (!later || rows.size() >= journal_page) continue;
    rows.push_back(fmt::format(R"({{"log_id":{},"order_id":7,"log_type":18,"object_id":2}})", id));
  }
  return R"({"status":"SUCCESS","logs":[)" + joined_rows(rows) + "]}";
}

}  // namespace atrapa::core::test
