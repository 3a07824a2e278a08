#include "credentials/places.h"

#include <algorithm>

namespace khien::credentials {

Score* Places::find(std::uint64_t login, std::uint64_t place, Instant now) {
  const auto found = by_key_.find({login, place});
  if (found == by_key_.end() || found->second->renewed + limits_.trust <= now) return nullptr;
  return &found->second->score;
}

Score& Places::renew(std::uint64_t login, std::uint64_t place, std::uint64_t site, Instant now, const Score& start) {
  const Key key{login, place};
  auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    make_room(login, now);
    recent_.push_front({key, site, now, start});
    by_key_.emplace(key, recent_.begin());
    of_login_[login].push_back(place);
    if (site != 0) {
      ++logins_at_[place];
      ++logins_at_[site];
    }
    return recent_.front().score;
  }
  recent_.splice(recent_.begin(), recent_, found->second);
  found->second->renewed = now;
  auto& own = of_login_[login];
  std::erase(own, place);
  own.push_back(place);
  return found->second->score;
}

void Places::expect(std::size_t places) {
  const std::size_t more = std::min(places, limits_.total - std::min(limits_.total, size()));
  by_key_.reserve(by_key_.size() + more);
  of_login_.reserve(of_login_.size() + more / 2);
  logins_at_.reserve(logins_at_.size() + more);
}

std::size_t Places::logins_at(std::uint64_t network_or_site) const {
  const auto found = logins_at_.find(network_or_site);
  return found == logins_at_.end() ? 0 : found->second;
}

std::size_t Places::memory() const {
  // A list node, four hash nodes with their buckets, an element of a vector.
  return size() * (sizeof(Place) + 4 * 64 + 16);
}

void Places::forget_login_at(std::uint64_t network_or_site) {
  if (const auto count = logins_at_.find(network_or_site); --count->second == 0) logins_at_.erase(count);
}

void Places::erase(Recent::iterator place) {
  const Key key = place->key;
  if (place->site != 0) {
    forget_login_at(key.place);
    forget_login_at(place->site);
  }
  const auto own = of_login_.find(key.login);
  std::erase(own->second, key.place);
  if (own->second.empty()) of_login_.erase(own);
  by_key_.erase(key);
  recent_.erase(place);
}

void Places::make_room(std::uint64_t login, Instant now) {
  while (!recent_.empty() && (recent_.size() >= limits_.total || recent_.back().renewed + limits_.trust <= now))
    erase(std::prev(recent_.end()));
  const auto own = of_login_.find(login);
  if (own != of_login_.end() && own->second.size() >= limits_.per_login)
    erase(by_key_.at({login, own->second.front()}));
}

}  // namespace khien::credentials
