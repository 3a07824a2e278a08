#include "directives/cutoffs.h"

namespace khien::directives {

std::optional<std::int64_t> CutoffBook::confirmed(const CutoffKey& cutoff) const {
  const auto found = confirmed_->find(cutoff);
  return found == confirmed_->end() ? std::nullopt : std::optional(found->second);
}

const policy::CutoffLeave& CutoffBook::leave_of(const LoginId& login) const {
  static const policy::CutoffLeave kNone;
  const auto* found = leaves_.find(login);
  return found == nullptr ? kNone : *found;
}

void CutoffBook::put(std::vector<CutoffDelay> delays) {
  delays_ = std::make_shared<const std::vector<CutoffDelay>>(std::move(delays));
}

void CutoffBook::put_confirmed(std::map<CutoffKey, std::int64_t> confirmed) {
  confirmed_ = std::make_shared<const std::map<CutoffKey, std::int64_t>>(std::move(confirmed));
}

void CutoffBook::put(const LoginId& login, const policy::CutoffLeave& leave) {
  leaves_.set(login, leave);
}

}  // namespace khien::directives
