#pragma once

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

/// The bytes of an empty, migrated database; made once in the life of the program.
const std::string& empty_books();

}  // namespace atrapa::core
