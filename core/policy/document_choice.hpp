#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/domain/document.hpp"
#include "core/policy/base_switches.hpp"

namespace atrapa::core {

/// What an order says about the document that is wanted for it.
struct DocumentWish {
  std::string word;                   ///< Extra field 1, byte for byte.
  std::optional<bool> wants_invoice;  ///< What the buyer ticked.
};

/// The document that extra field 1 asks for: "faktura" or "paragon" (EBIURO-NEW-01). Nothing where
/// the order has to wait for a choice by hand (EBIURO-NEW-02).
std::optional<DocumentKind> wanted_document(const DocumentWish& wish,
                                            const EbiuroSwitches& switches);

/// What an automatic choice looks at.
struct ChoiceFacts {
  DocumentKind usual = DocumentKind::Receipt;  ///< The default kind of the settings.
  bool automatic = false;
  std::string nip;  ///< "" for none.
  std::optional<bool> wants_invoice;
  std::string warehouse_country = "PL";
  std::string buyer_country;  ///< ISO 2; "" where unknown.
};

/// The default kind; with the automatic choice an invoice also where the buyer is abroad as seen
/// from the warehouse [doc names default kind and both countries], has a NIP or ticked it
/// [inferred] (FIRMINO-ORD-03, -04).
DocumentKind chosen_document(const ChoiceFacts& facts);

}  // namespace atrapa::core
