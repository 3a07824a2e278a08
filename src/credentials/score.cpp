#include "credentials/score.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

namespace khien::credentials {

double Score::at(Instant now, const Throttle& throttle) const {
  const auto passed = std::max(now - last, std::chrono::microseconds{0});
  return double{value} *
         std::exp2(-static_cast<double>(passed.count()) / static_cast<double>(throttle.half_life.count()));
}

Instant Score::next(const Throttle& throttle, double extra) const {
  const double over = double{value} - throttle.free - extra;
  if (over <= 0) return last;
  const double delay = static_cast<double>(throttle.first.count()) * std::exp2(std::min(over - 1, 60.0));
  return last + std::min(throttle.longest, std::chrono::microseconds{std::llround(std::min(delay, 1e15))});
}

void Score::charge(Instant now, const Throttle& throttle) {
  value = static_cast<float>(at(now, throttle) + 1);
  last = now;
}

void Score::give_back(Instant now, const Throttle& throttle) {
  value = static_cast<float>(std::max(0.0, at(now, throttle) - 1));
  last = now;
}

ScoreTable::ScoreTable(std::size_t entries, const Throttle& throttle) : throttle_(throttle), entries_(entries) {
  if (!std::has_single_bit(entries) || entries < kWays) throw std::logic_error("a power of two, at least eight");
}

Score* ScoreTable::find(std::uint64_t key) {
  Entry* const set = set_of(key);
  Entry* const found = std::find_if(set, set + kWays, [&](const Entry& each) { return each.key == key; });
  return found == set + kWays ? nullptr : &found->score;
}

Score& ScoreTable::at(std::uint64_t key, Instant now) {
  if (Score* const known = find(key); known != nullptr) return *known;
  Entry* const set = set_of(key);
  Entry* const lowest = std::min_element(set, set + kWays, [&](const Entry& a, const Entry& b) {
    return a.score.at(now, throttle_) < b.score.at(now, throttle_);
  });
  const double inherited = std::min(lowest->score.at(now, throttle_), throttle_.free);
  *lowest = {key, {.value = static_cast<float>(inherited), .last = now}};
  return lowest->score;
}

}  // namespace khien::credentials
