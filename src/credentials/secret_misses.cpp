#include "credentials/secret_misses.h"

namespace khien::credentials {

bool SecretMissLimit::before_check(PersonId holder, Instant now) {
  if (!taken_.contains(holder) && taken_.size() >= options_.max_holders) forget_old(now);
  if (!taken_.contains(holder) && taken_.size() >= options_.max_holders) return false;
  auto& own = taken_[holder];
  while (!own.empty() && own.front() + options_.window <= now) own.pop_front();
  if (own.size() >= options_.misses) return false;
  own.push_back(now);
  return true;
}

void SecretMissLimit::after_check(PersonId holder, bool missed, Instant now) {
  const auto own = taken_.find(holder);
  if (own == taken_.end() || missed) return;
  // The newest goes: with several checks under way a miss may be dated as early as the first of them began.
  if (!own->second.empty()) own->second.pop_back();
  while (!own->second.empty() && own->second.front() + options_.window <= now) own->second.pop_front();
  if (own->second.empty()) taken_.erase(own);
}

void SecretMissLimit::forget_old(Instant now) {
  std::erase_if(taken_,
                [&](const auto& each) { return each.second.empty() || each.second.back() + options_.window <= now; });
}

}  // namespace khien::credentials
