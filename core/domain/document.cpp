#include "core/domain/document.hpp"

namespace atrapa::core {

std::string_view to_string(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::Order: return "order";
    case DocumentKind::Invoice: return "invoice";
    case DocumentKind::Receipt: return "receipt";
    case DocumentKind::Correction: return "correction";
    case DocumentKind::GoodsIssue: return "goods_issue";
  }
  return "";
}

std::string_view to_string(SeriesReset reset) {
  switch (reset) {
    case SeriesReset::Never: return "never";
    case SeriesReset::Year: return "year";
    case SeriesReset::Month: return "month";
  }
  return "";
}

std::string_view to_string(Delivery::State state) {
  switch (state) {
    case Delivery::State::Pending: return "pending";
    case Delivery::State::Issued: return "issued";
    case Delivery::State::Sent: return "sent";
    case Delivery::State::Failed: return "failed";
  }
  return "";
}

}  // namespace atrapa::core
