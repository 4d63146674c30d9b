#include "mocks/shoper/additional_fields.hpp"
#include "mocks/shoper/addresses.hpp"
#include "mocks/shoper/rows.hpp"

// users: the shop's customers, registered ones and guests.

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;
using kit::RecordWriter;

constexpr Rows kUsers = Rows::Users;
constexpr std::size_t kShortestPassword = 12;

const kit::Schema& users() { return schema_of(kUsers); }

/// Lists customers; `additional_fields` filters as for orders [doc].
///
/// `info=true` adds an `info` whose members no source names: the rows come without it, and the
/// header X-Atrapa-Not-Emulated and the journal say so.
Reply list_users(Call& call) {
  Reply reply = list_rows(
      call, call.state.table(kUsers), id_field_of(kUsers),
      [](const kit::Condition& condition) { return additional_fields_test(users(), condition); });
  for (const auto& [key, value] : call.query) {
    if (key != "info" || (value != "true" && value != "1") || !reply.ok()) continue;
    call.context.note = "users: info=true asked for, but the shape of `info` is not known";
    reply.headers.add("X-Atrapa-Not-Emulated", "users.info");
    break;
  }
  return reply;
}

/// E-mail addresses are unique; a password has at least 12 characters [live]. `own` is the user's
/// id.
void check_user(const Call& call, kit::Written& written, std::int64_t own) {
  const std::string email = kit::scalar_text(written.raw(users(), "email"));
  if (!email.empty()) {
    const std::size_t at = email.find('@');
    if (at == std::string::npos || at == 0 || at + 1 == email.size()) {
      written.problems.push_back({"email", kit::FieldFault::BadType, "a@b"});
    }
    for (const RecordPtr& other : call.state.table(kUsers).look_up("email", email)) {
      if (other->id() != own) written.problems.push_back({"email", kit::FieldFault::Taken, {}});
    }
  } else if (!written.raw(users(), "email").empty()) {
    written.problems.push_back({"email", kit::FieldFault::Missing, {}});
  }
  const std::string_view password = written.raw(users(), "password");
  if (!password.empty() && kit::scalar_text(password).size() < kShortestPassword) {
    written.problems.push_back({"password", kit::FieldFault::OutOfRange, ">= 12"});
  }
  check_reference(call, written, users(), "lang_id", Rows::Languages);
  check_references(call, written, users());
  check_additional_fields(call, written, users(), kLocateUsers);
}

/// `tags` is read as a list and written as one text [client], which becomes its only element
/// [inferred]; a password is never kept.
void write_user(const State& state, const kit::Written& written, RecordWriter& writer) {
  const std::string before(writer.raw("additional_fields"));
  kit::write_values(written.values, writer);
  const std::string tags(written.raw(users(), "tags"));
  if (tags.starts_with('"')) writer.set("tags", tags == "\"\"" ? "[]" : "[" + tags + "]");
  writer.clear(users().at("password"));
  write_additional_fields(state, written, writer, before);
}

/// Makes a registered customer; only email is required. Answers the bare id.
Reply create_user(Call& call) {
  auto body = read_body(call, users(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_user(call, written, 0);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  const std::int64_t id = call.state.table(kUsers).take_id();
  RecordWriter writer(users());
  write_user(call.state, written, writer);
  writer.set_text("date_add", call.state.local_time(call.context.now));
  writer.set_text("registered", "1");
  writer.fill();
  set_id(kUsers, writer, id);
  call.state.table(kUsers).put(writer.finish(id));
  return bare(id);
}

Reply update_user(Call& call) {
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr row = call.state.find(kUsers, id);
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, users(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_user(call, written, id);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  RecordWriter writer(users(), *row);
  write_user(call.state, written, writer);
  call.state.table(kUsers).put(writer.finish(id));
  return bare(1);
}

/// Orders of a removed customer keep its id; the address book goes with the customer [inferred].
Reply remove_user(Call& call) {
  if (!call.state.table(kUsers).erase(call.id().value_or(0))) {
    return not_found(call.language, call.settings());
  }
  remove_addresses(call.state, call.id().value_or(0));
  return bare(1);
}

constexpr std::array kUserCalls{
    Handled{"GET /webapi/rest/users", list_users},
    Handled{"GET /webapi/rest/users/{id}", get_row},
    Handled{"POST /webapi/rest/users", create_user},
    Handled{"PUT /webapi/rest/users/{id}", update_user},
    Handled{"DELETE /webapi/rest/users/{id}", remove_user},
};

}  // namespace

std::span<const Handled> user_calls() { return kUserCalls; }

}  // namespace atrapa::mocks::shoper
