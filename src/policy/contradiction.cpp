#include "policy/contradiction.h"

#include <algorithm>

namespace khien::policy {
namespace {

template <class T>
bool meet(const std::vector<T>& a, const std::vector<T>& b) {
  return a.empty() || b.empty() ||
         std::ranges::any_of(a, [&](const T& one) { return std::ranges::find(b, one) != b.end(); });
}

/// An ordered length, where it comes from and whom it binds.
struct Bound {
  std::int64_t length;
  const Directive* directive;
  const Clause* clause;
  std::vector<Scope> scopes;  ///< all of them must hold
};

std::vector<Bound> bounds_of(const Directive& directive, std::string_view parameter) {
  std::vector<Bound> out;
  const auto parameters = spec_of(Kind::PasswordComposition).parameters;
  const auto index = static_cast<std::size_t>(find_parameter(Kind::PasswordComposition, parameter) - parameters.data());
  Scope own = directive.scope;
  if (own.units.empty()) own.units.push_back(directive.adopted_by);
  for (const Clause& clause : directive.clauses)
    for (const Control& control : clause.controls) {
      if (control.kind != Kind::PasswordComposition || control.force != Force::Must || control.values[index].empty())
        continue;
      Bound bound{control.values[index].front().a, &directive, &clause, {own}};
      if (clause.scope) bound.scopes.push_back(*clause.scope);
      out.push_back(std::move(bound));
    }
  return out;
}

std::optional<Error> compare(const std::vector<Bound>& least, const std::vector<Bound>& most,
                             const IsWithin& is_within) {
  for (const Bound& min : least)
    for (const Bound& max : most) {
      if (min.length <= max.length) continue;
      const bool apart = std::ranges::any_of(min.scopes, [&](const Scope& a) {
        return std::ranges::any_of(max.scopes, [&](const Scope& b) { return !may_overlap(a, b, is_within); });
      });
      if (apart) continue;
      return Error::conflict(Text::format(
          "Mâu thuẫn: {0} ({1}) yêu cầu ít nhất {2} ký tự, còn {3} ({4}) chỉ cho nhiều nhất {5} ký tự. Hãy sửa một "
          "trong hai.",
          "Contradiction: {0} ({1}) orders at least {2} characters, but {3} ({4}) allows at most {5}. Change one of "
          "them.",
          min.clause->id, min.directive->code, min.length, max.clause->id, max.directive->code, max.length));
    }
  return std::nullopt;
}

}  // namespace

bool may_overlap(const Scope& a, const Scope& b, const IsWithin& is_within) {
  if (!meet(a.systems, b.systems) || !meet(a.kinds, b.kinds)) return false;
  if (a.units.empty() || b.units.empty()) return true;
  return std::ranges::any_of(a.units, [&](const UnitId& one) {
    return std::ranges::any_of(b.units, [&](const UnitId& two) { return is_within(one, two) || is_within(two, one); });
  });
}

std::optional<Error> find_contradiction(const Directive& added, std::span<const Directive> others,
                                        const IsWithin& is_within) {
  const auto least = bounds_of(added, "min_length");
  const auto most = bounds_of(added, "max_length");
  if (auto error = compare(least, most, is_within)) return error;
  for (const Directive& other : others) {
    if (auto error = compare(least, bounds_of(other, "max_length"), is_within)) return error;
    if (auto error = compare(bounds_of(other, "min_length"), most, is_within)) return error;
  }
  return std::nullopt;
}

}  // namespace khien::policy
