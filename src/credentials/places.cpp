#include "credentials/places.h"

namespace khien::credentials {

Score* Places::find(std::uint64_t login, std::uint64_t place, Instant now) {
  const auto found = by_key_.find({login, place});
  if (found == by_key_.end() || found->second->renewed + limits_.trust <= now) return nullptr;
  return &found->second->score;
}

Score& Places::renew(std::uint64_t login, std::uint64_t place, Sort sort, Instant now, const Score& start) {
  const Key key{login, place};
  auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    make_room(login, now);
    recent_.push_front({key, sort, now, start});
    by_key_.emplace(key, recent_.begin());
    of_login_[login].push_back(place);
    if (sort == Sort::Network) ++logins_at_[place];
    return recent_.front().score;
  }
  recent_.splice(recent_.begin(), recent_, found->second);
  found->second->renewed = now;
  auto& own = of_login_[login];
  std::erase(own, place);
  own.push_back(place);
  return found->second->score;
}

std::size_t Places::logins_at(std::uint64_t network) const {
  const auto found = logins_at_.find(network);
  return found == logins_at_.end() ? 0 : found->second;
}

std::size_t Places::memory() const {
  // A list node, three hash nodes with their buckets, an element of a vector.
  return size() * (sizeof(Place) + 3 * 64 + 16);
}

void Places::erase(Recent::iterator place) {
  const Key key = place->key;
  if (place->sort == Sort::Network)
    if (const auto count = logins_at_.find(key.place); --count->second == 0) logins_at_.erase(count);
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
