#pragma once

#include <span>
#include <string>

namespace SQLite {
class Database;
}

namespace atrapa::core {

/// The version that migrate() ends at.
int newest_schema_version();

/// Brings a database of any earlier version (0: an empty one) to the newest, in one transaction.
/// Throws SQLite::Exception.
void migrate(SQLite::Database& db);

/// Literals that make the books empty again, to be run in one transaction.
std::span<const char* const> clearing_statements();

/// The bytes of an empty, migrated database; made once in the life of the program.
const std::string& empty_books();

}  // namespace atrapa::core
