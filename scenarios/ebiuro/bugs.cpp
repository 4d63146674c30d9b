#include <iterator>

#include "scenarios/ebiuro/group.hpp"
#include "scenarios/ebiuro/spoiled.hpp"

namespace atrapa::scenarios::ebiuro {

std::vector<Bug> bugs() {
  std::vector<Bug> all;
  for (std::vector<Bug> some :
       {call_bugs(), form_bugs(), document_bugs(), content_bugs(), product_bugs()}) {
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace atrapa::scenarios::ebiuro
