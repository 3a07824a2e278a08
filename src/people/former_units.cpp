#include "people/former_units.h"

#include <algorithm>
#include <optional>

#include "people/rules.h"

namespace khien::people {
namespace {

constexpr std::chrono::microseconds kTick{1};
/// Reorganisations that are followed one after the other, as deep as a tree may be.
constexpr std::size_t kMostSteps = kMostUnitDepth;

/// When a unit that does not exist at that instant ended before it; nullopt if it exists or had not begun.
std::optional<Instant> end_before(const Directory& directory, const UnitId& unit, Instant at) {
  const UnitVersion* last = UnitTree(directory, at).last_version(unit);
  return last == nullptr || last->valid.end() > at ? std::nullopt : last->valid.to;
}

void add_once(std::vector<UnitId>& units, const UnitId& unit) {
  if (std::ranges::find(units, unit) == units.end()) units.push_back(unit);
}

void add_places(const Directory& directory, const UnitId& unit, Instant at, std::size_t steps,
                std::vector<UnitId>& places) {
  const bool lives = UnitTree(directory, at).version(unit) != nullptr;
  if (!lives && !end_before(directory, unit, at)) return;
  bool has_successor = false;
  if (!lives && steps < kMostSteps)
    for (const auto& succession : directory.successions_of(unit)) {
      if (succession.at > at) continue;
      has_successor = true;
      add_places(directory, succession.successor, at, steps + 1, places);
    }
  if (!has_successor) add_once(places, unit);
}

/// What stands in the place of a unit: itself while it exists, and if it ended and nothing took its place.
std::vector<UnitId> places_of(const Directory& directory, const UnitId& unit, Instant at) {
  std::vector<UnitId> places;
  add_places(directory, unit, at, 0, places);
  return places;
}

void add_above(const Directory& directory, const UnitId& unit, Instant at, std::size_t steps,
               std::vector<UnitId>& units) {
  for (const auto& place : places_of(directory, unit, at)) {
    add_once(units, place);
    const auto ended = end_before(directory, place, at);
    const auto parent = UnitTree(directory, ended ? *ended - kTick : at).parent(place);
    if (parent && steps < kMostSteps) add_above(directory, *parent, at, steps + 1, units);
  }
}

bool is_below(const Directory& directory, const UnitId& unit, const UnitId& top, Instant at) {
  const auto above = units_above(directory, unit, at);
  return std::ranges::find(above, top) != above.end();
}

/// True if the unit is within what took the place of a former one.
bool is_within_places(const Directory& directory, const UnitId& unit, const UnitId& former, Instant at) {
  return std::ranges::any_of(places_of(directory, former, at),
                             [&](const UnitId& place) { return is_below(directory, unit, place, at); });
}

}  // namespace

std::vector<UnitId> units_above(const Directory& directory, const UnitId& unit, Instant at) {
  std::vector<UnitId> units;
  add_above(directory, unit, at, 0, units);
  return units;
}

FormerUnits::FormerUnits(const Directory& directory, std::span<const UnitId> asked, Instant at)
    : directory_(directory), at_(at) {
  const UnitTree tree(directory, at);
  for (const auto& unit : asked) {
    const bool has_successor = std::ranges::any_of(
        directory.successions_of(unit), [&](const UnitSuccession& succession) { return succession.at <= at; });
    if (!has_successor || tree.version(unit) != nullptr) continue;
    if (const auto ended = end_before(directory, unit, at)) former_.push_back({unit, *ended});
  }
  if (former_.empty()) return;
  directory.units().for_each([&](const UnitId& old, const Unit&) {
    for (const auto& succession : directory.successions_of(old))
      if (succession.at <= at) into_[succession.successor].push_back(succession);
  });
}

bool FormerUnits::comes_from(const UnitId& unit, const Former& former, std::size_t steps) const {
  const Instant then = former.ended - kTick;
  if (is_below(directory_, unit, former.unit, then)) return true;
  const auto found = into_.find(unit);
  const std::span<const UnitSuccession> into =
      found == into_.end() ? std::span<const UnitSuccession>{} : std::span(found->second);
  if (is_new_since(unit, former, into)) return true;
  return steps < kMostSteps && std::ranges::any_of(
                                   into,
                                   [&](const UnitSuccession& succession) {
                                     return succession.at >= former.ended &&
                                            comes_from(succession.old, former, steps + 1);
                                   });
}

bool FormerUnits::is_new_since(const UnitId& unit, const Former& former, std::span<const UnitSuccession> into) const {
  const Unit* known = directory_.unit(unit);
  if (known == nullptr || known->versions.empty()) return false;
  const Instant began = known->versions.front().valid.from;
  if (began < former.ended) return false;
  if (std::ranges::any_of(into, [&](const UnitSuccession& succession) { return succession.at <= began; })) return false;
  // What is gone again belonged where it was at its end.
  const auto ended = end_before(directory_, unit, at_);
  return is_within_places(directory_, unit, former.unit, ended ? *ended - kTick : at_);
}

std::vector<UnitId> FormerUnits::speaking_for(const UnitId& unit) const {
  std::vector<UnitId> out;
  if (former_.empty()) return out;
  const auto places = places_of(directory_, unit, at_);
  for (const Former& former : former_)
    if (std::ranges::any_of(places, [&](const UnitId& place) {
          return is_within_places(directory_, place, former.unit, at_) && comes_from(place, former, 0);
        }))
      out.push_back(former.unit);
  return out;
}

}  // namespace khien::people
