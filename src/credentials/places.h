// From where each login signed in lately: its networks and its trusted devices.
#pragma once

#include <cstdint>
#include <list>
#include <unordered_map>
#include <vector>

#include "credentials/score.h"

namespace khien::credentials {

/// Only a right password or a device's own cookie puts a place in, so an outsider can push none out. A login that goes
/// over its number loses its own least recent place; over the total, the least recent of all goes.
class Places {
 public:
  struct Limits {
    std::chrono::microseconds trust;
    std::size_t per_login;
    std::size_t total;
  };

  explicit Places(const Limits& limits) : limits_(limits) {}

  /// The score kept for that place; nullptr if it is none, or no longer.
  Score* find(std::uint64_t login, std::uint64_t place, Instant now);
  /// Puts the place in, or renews it. A new one starts with that score. `site` is that of a network, 0 for a device.
  Score& renew(std::uint64_t login, std::uint64_t place, std::uint64_t site, Instant now, const Score& start);
  /// Makes room for that many more at once; only a matter of speed.
  void expect(std::size_t places);
  /// How many logins have this network as a place; of a site, how many places are there.
  [[nodiscard]] std::size_t logins_at(std::uint64_t network_or_site) const;

  [[nodiscard]] std::size_t size() const { return by_key_.size(); }
  [[nodiscard]] std::size_t memory() const;

 private:
  struct Key {
    std::uint64_t login;
    std::uint64_t place;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    // Both parts are keyed digests already.
    std::size_t operator()(const Key& key) const { return key.login ^ (key.place * 0x9E3779B97F4A7C15ULL); }
  };
  struct Place {
    Key key;
    std::uint64_t site;  ///< 0: a device
    Instant renewed;
    Score score;
  };
  using Recent = std::list<Place>;

  void forget_login_at(std::uint64_t network_or_site);
  void erase(Recent::iterator place);
  void make_room(std::uint64_t login, Instant now);

  Limits limits_;
  Recent recent_;  // most recently renewed first
  std::unordered_map<Key, Recent::iterator, KeyHash> by_key_;
  std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> of_login_;  // its places, least recent first
  std::unordered_map<std::uint64_t, std::size_t> logins_at_;
};

}  // namespace khien::credentials
