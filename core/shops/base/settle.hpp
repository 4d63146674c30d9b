#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/shops/base/error.hpp"

namespace atrapa::core::base {

/// What became of a call that makes something new and was sent once: the id it answered, or that
/// nobody knows. Refusals, and calls that cannot have arrived, stay errors.
BaseResult<Creation> created(BaseResult<nlohmann::json> answer, std::string_view method,
                             const char* id);

/// What a look-up says that found those ids. One that was not known before is what was made;
/// several leave it unknown, as does none where the look-up did not see everything.
Creation settled(std::vector<std::string> found, const std::vector<std::string>& known,
                 bool saw_all = true);

}  // namespace atrapa::core::base
