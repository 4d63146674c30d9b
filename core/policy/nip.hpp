#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/policy/base_switches.hpp"
#include "core/result.hpp"

namespace atrapa::core {

/// The ten digits of a NIP written with dashes, spaces or the prefix PL or NIP; nothing for what is
/// none: a wrong check digit or a remainder of 10 (PL-NIP-01 [client]), a first digit of 0, "00" in
/// places 2 and 3 (PL-NIP-02 [doc]). With the policy None ten digits are enough.
std::optional<std::string> normal_nip(std::string_view text,
                                      NipPolicy policy = NipPolicy::ChecksumAndPrefix);

/// What stands on a document: the NIP's ten digits, another country's number ("DE123456789") as it
/// is, "" for a buyer without one. Refused: a number that is meant as a NIP and is none.
Result<std::string> document_nip(std::string_view text,
                                 NipPolicy policy = NipPolicy::ChecksumAndPrefix);

}  // namespace atrapa::core
