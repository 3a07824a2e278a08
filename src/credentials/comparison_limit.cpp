#include "credentials/comparison_limit.h"

namespace khien::credentials {

bool ComparisonLimit::take(const Counted& whose, Instant now) {
  if (!taken_.contains(whose) && taken_.size() >= options_.max_counted) forget_old(now);
  if (!taken_.contains(whose) && taken_.size() >= options_.max_counted) return false;
  auto& own = taken_[whose];
  while (!own.empty() && own.front() + options_.window <= now) own.pop_front();
  if (own.size() >= options_.times) return false;
  own.push_back(now);
  return true;
}

void ComparisonLimit::forget_old(Instant now) {
  std::erase_if(taken_,
                [&](const auto& each) { return each.second.empty() || each.second.back() + options_.window <= now; });
}

}  // namespace khien::credentials
