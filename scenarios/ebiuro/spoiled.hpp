#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/subject/passing.hpp"
#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::ebiuro {

using harness::Json;

/// The right program with something between it and the world; wrong ones replace what they spoil.
using Spoiled = harness::PassingSubject;

/// A bug that puts a T around the right program.
template <typename T>
Bug around(std::string name, std::string about, std::vector<std::string> caught_by) {
  return {.name = std::move(name),
          .about = std::move(about),
          .caught_by = std::move(caught_by),
          .wrap = [](std::unique_ptr<harness::Subject> inner) -> std::unique_ptr<harness::Subject> {
            return std::make_unique<T>(std::move(inner));
          }};
}

std::vector<Bug> call_bugs();      ///< What calls may do.
std::vector<Bug> form_bugs();      ///< Forms, and the life of integrations.
std::vector<Bug> document_bugs();  ///< Orders and their documents.
std::vector<Bug> content_bugs();   ///< What orders, documents and buyers hold.
std::vector<Bug> product_bugs();   ///< Products and stock.

}  // namespace atrapa::scenarios::ebiuro
