#pragma once

#include <string_view>
#include <vector>

#include "core/domain/document.hpp"
#include "core/policy/switches.hpp"

namespace atrapa::core {

// Named choices where the pages of Symfonia eBiuro and Streamsoft Firmino are ambiguous, and where
// Polish practice knows more than one way; the first value of each is the default.

enum class DocumentTrigger {
  AutomaticOnStatus,  ///< The move to the status makes the document.
  ButtonOnly,         ///< It makes the button available.
};
enum class DocWordMatch { TrimCasefold, Exact };
/// What extra field 1 means where it holds neither word.
enum class DocWordUnknown {
  Wait,  ///< For a choice by hand.
  Receipt,
  ByWantInvoice,  ///< What the buyer ticked.
};
enum class StatusRefresh { ConfiguredStatuses, Polling };
enum class PriceGroupRole {
  PriceSource,  ///< The price that is sent is that of the group.
  Filter,       ///< Only products with a price in the group take part.
};
enum class EventWhileInactive { Drop, Queue };
enum class OrdersWithDirectionNone { Yes, No };

/// The ebiuro.* switches, at their defaults.
struct EbiuroSwitches {
  DocumentTrigger document_trigger{};
  DocWordMatch doc_word_match{};
  DocWordUnknown doc_word_unknown{};
  StatusRefresh status_refresh{};
  PriceGroupRole price_group_role{};
  EventWhileInactive event_while_inactive{};
  OrdersWithDirectionNone orders_with_direction_none{};

  bool operator==(const EbiuroSwitches&) const = default;
};

enum class ProductMatch {
  SkuOrName,   ///< A new card only where neither is equal.
  SkuAndName,  ///< A new card where either differs.
};
enum class LineMatch { Name, SkuThenName };
enum class ContractorMatch { Name, NipThenName };
/// Of the date from which orders are fetched; the limit itself is in.
enum class DateField { Confirmed, Placed };
enum class DocumentMoment { OnFulfilment, OnFetch };

/// The firmino.* switches, at their defaults.
struct FirminoSwitches {
  ProductMatch product_match{};
  LineMatch line_match{};
  ContractorMatch contractor_match{};
  DateField date_field{};
  DocumentMoment document_moment{};

  bool operator==(const FirminoSwitches&) const = default;
};

enum class NipPolicy {
  ChecksumAndPrefix,  ///< Also as the FA(3) schema has it: no first 0, no "00" behind it.
  Checksum,
  None,
};
/// The pl.* switches, at their defaults.
struct FiscalSwitches {
  NipPolicy nip_policy{};
  VatRounding vat_rounding{};

  bool operator==(const FiscalSwitches&) const = default;
};

/// All switches of a group, in the order of the specification.
const std::vector<SwitchName>& ebiuro_switch_names();
const std::vector<SwitchName>& firmino_switch_names();
const std::vector<SwitchName>& fiscal_switch_names();

/// As for SystimSwitches.
Result<Done> set_switch(EbiuroSwitches& switches, std::string_view name, std::string_view value);
Result<Done> set_switch(FirminoSwitches& switches, std::string_view name, std::string_view value);
Result<Done> set_switch(FiscalSwitches& switches, std::string_view name, std::string_view value);
std::string_view switch_value(const EbiuroSwitches& switches, std::string_view name);
std::string_view switch_value(const FirminoSwitches& switches, std::string_view name);
std::string_view switch_value(const FiscalSwitches& switches, std::string_view name);

}  // namespace atrapa::core
