#include "scenarios/ebiuro/script.hpp"

namespace atrapa::scenarios::ebiuro {

Json setup_of(const Json& settings, const std::vector<std::string>& products,
              const std::vector<int>& statuses) {
  const Json one = {{"settings", settings}, {"products", products}, {"statuses", statuses}};
  return {{"integrations", Json::array({one})}};
}

Json step(const char* what) { return {{"do", what}}; }
Json order_step(const std::string& word, const Json& fields, const Json& lines) {
  Json all = {{"extra_field_1", word}};
  all.update(fields);
  return {{"do", "order"}, {"fields", all}, {"lines", lines}};
}
Json move_step(int status) { return {{"do", "move"}, {"status", status}}; }
Json product_step(const Json& fields) { return {{"do", "product"}, {"fields", fields}}; }
Json edit_step(const Json& fields) { return {{"do", "edit"}, {"fields", fields}}; }
Json see(const char* moment) { return {{"do", "see"}, {"as", moment}}; }
Json run_step(const char* command) { return {{"do", "run"}, {"command", command}}; }
Json call_fault(const char* kind) { return {{"do", "call fault"}, {"kind", kind}}; }
Json base_fault(const char* kind, int count) {
  return {{"do", "base fault"}, {"kind", kind}, {"count", count}};
}
Json call_step(const std::string& target, const char* method) {
  return {{"do", "call"}, {"target", target}, {"method", method}};
}
Json configure_step(const Json& settings) { return {{"do", "configure"}, {"settings", settings}}; }
Json form_step(const char* form, const Json& arguments) {
  return {{"do", "form"}, {"form", form}, {"arguments", arguments}};
}

Record record_of(RecordDraft draft) {
  Record record{.what = std::move(draft.what), .expected = std::move(draft.expected)};
  record.given["by"] = draft.by;
  if (!draft.code.empty()) record.given["code"] = draft.code;
  if (!draft.former.empty()) record.given["former"] = draft.former;
  record.given["steps"] = std::move(draft.steps);
  return record;
}

Json card_of(const std::string& code, const std::string& gross_price) {
  return {
      {"id", code}, {"code", code}, {"name", code}, {"vat", "23"}, {"gross_price", gross_price}};
}

std::string plain_amount(std::string text) {
  if (text.find('.') == text.npos) return text;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace atrapa::scenarios::ebiuro
