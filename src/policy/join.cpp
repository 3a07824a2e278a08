#include "policy/join.h"

#include <algorithm>
#include <iterator>

namespace khien::policy {
namespace {

/// Orders two atoms of a parameter whose join keeps one of them: true if `a` is the stricter.
bool stricter_single(const Parameter& parameter, const Atom& a, const Atom& b) {
  if (parameter.join == Join::Max) return a > b;
  if (parameter.type != ParameterType::Duration) return a < b;
  const auto seconds_a = nominal_seconds(period_of(a));
  const auto seconds_b = nominal_seconds(period_of(b));
  return seconds_a != seconds_b ? seconds_a < seconds_b : a < b;
}

bool keeps_one(const Parameter& parameter) {
  return parameter.join == Join::Max || parameter.join == Join::Min;
}

void join_value(const Parameter& parameter, std::vector<Joined>& into, const Atom& atom,
                std::span<const ClauseIndex> clauses) {
  if (keeps_one(parameter) && !into.empty()) {
    Joined& kept = into.front();
    if (kept.atom == atom) {
      unite(kept.clauses, clauses);
    } else if (stricter_single(parameter, atom, kept.atom)) {
      kept.atom = atom;
      kept.clauses.assign(clauses.begin(), clauses.end());
    }
    return;
  }
  const auto at = std::ranges::lower_bound(into, atom, {}, &Joined::atom);
  if (at != into.end() && at->atom == atom) {
    unite(at->clauses, clauses);
  } else {
    into.insert(at, Joined{atom, ClauseSet(clauses.begin(), clauses.end())});
  }
}

/// The value or a stricter one is among `values`.
bool is_met(const Parameter& parameter, const std::vector<Joined>& values, const Atom& atom) {
  return std::ranges::any_of(values, [&](const Joined& value) {
    return value.atom == atom || (keeps_one(parameter) && stricter_single(parameter, value.atom, atom));
  });
}

}  // namespace

void unite(ClauseSet& into, std::span<const ClauseIndex> more) {
  for (const ClauseIndex clause : more) {
    if (into.empty() || into.back() < clause) {
      into.push_back(clause);  // directives are joined in order: the common case
      continue;
    }
    const auto at = std::ranges::lower_bound(into, clause);
    if (*at != clause) into.insert(at, clause);
  }
}

void Demands::add(const Control& control, ClauseIndex clause) {
  KindPolicy& kind = kinds_[static_cast<std::size_t>(control.kind)];
  const auto parameters = spec_of(control.kind).parameters;
  const std::span<const ClauseIndex> one(&clause, 1);
  unite(kind.clauses, one);
  kind.values.resize(parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i)
    for (const Atom& atom : control.values[i]) join_value(parameters[i], kind.values[i], atom, one);
}

void Demands::add(const Demands& other) {
  for (std::size_t k = 0; k < kKindCount; ++k) {
    const KindPolicy& theirs = other.kinds_[k];
    if (!theirs.asked()) continue;
    KindPolicy& ours = kinds_[k];
    const auto parameters = spec_of(static_cast<Kind>(k)).parameters;
    unite(ours.clauses, theirs.clauses);
    ours.values.resize(parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i)
      for (const Joined& value : theirs.values[i]) join_value(parameters[i], ours.values[i], value.atom, value.clauses);
  }
}

bool at_least_as_strict(const Demands& stricter, const Demands& looser) {
  for (const auto& spec : catalogue()) {
    const KindPolicy& less = looser.of(spec.kind);
    if (!less.asked()) continue;
    const KindPolicy& more = stricter.of(spec.kind);
    if (!more.asked()) return false;
    for (std::size_t i = 0; i < spec.parameters.size(); ++i)
      for (const Joined& value : less.values[i])
        if (!is_met(spec.parameters[i], more.values[i], value.atom)) return false;
  }
  return true;
}

}  // namespace khien::policy
