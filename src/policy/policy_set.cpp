#include "policy/policy_set.h"

#include <algorithm>
#include <set>

namespace khien::policy {
namespace {

void set_bit(ScopeMask& mask, std::size_t bit) {
  mask[bit / 64] |= std::uint64_t{1} << (bit % 64);
}
bool has_bit(const ScopeMask& mask, std::size_t bit) {
  return ((mask[bit / 64] >> (bit % 64)) & 1) != 0;
}

template <class T>
bool meets(const std::vector<T>& wanted, std::span<const T> there) {
  return wanted.empty() ||
         std::ranges::any_of(wanted, [&](const T& one) { return std::ranges::find(there, one) != there.end(); });
}

void raise(Cutoff& cutoff, const Control& composition) {
  const auto parameters = spec_of(Kind::PasswordComposition).parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i)
    for (const Atom& atom : composition.values[i]) {
      if (parameters[i].name == "min_length") cutoff.min_length = std::max(cutoff.min_length, atom.a);
      if (parameters[i].name == "require") cutoff.classes |= static_cast<std::uint8_t>(1U << atom.a);
    }
}

bool is_waived(std::span<const ClauseIndex> waived, ClauseIndex clause) {
  return !waived.empty() && std::ranges::find(waived, clause) != waived.end();
}

bool cutoff_order(const Cutoff& a, const Cutoff& b) {
  return std::tuple(a.directive, a.date, a.min_length, a.classes) <
         std::tuple(b.directive, b.date, b.min_length, b.classes);
}

}  // namespace

ScopeMask operator&(const ScopeMask& a, const ScopeMask& b) {
  ScopeMask out(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) out[i] = a[i] & b[i];
  return out;
}

EffectivePolicy join(const EffectivePolicy& a, const EffectivePolicy& b) {
  EffectivePolicy out = a;
  out.must.add(b.must);
  out.advised.add(b.advised);
  for (const Cutoff& cutoff : b.cutoffs) {
    const auto same = std::ranges::find_if(
        out.cutoffs, [&](const Cutoff& mine) { return !cutoff_order(mine, cutoff) && !cutoff_order(cutoff, mine); });
    if (same == out.cutoffs.end())
      out.cutoffs.push_back(cutoff);
    else
      unite(same->clauses, cutoff.clauses);
  }
  std::ranges::sort(out.cutoffs, cutoff_order);
  std::vector<std::size_t> both;
  std::ranges::set_union(a.directives, b.directives, std::back_inserter(both));
  out.directives = std::move(both);
  return out;
}

std::shared_ptr<const PolicySet> PolicySet::compile(std::vector<Directive> directives, Instant at) {
  std::shared_ptr<PolicySet> set(new PolicySet);
  const auto note_change = [&](Instant when) {
    if (when > at && (!set->changes_at_ || when < *set->changes_at_)) set->changes_at_ = when;
  };
  for (Directive& directive : directives) {
    note_change(directive.from);
    if (directive.until) note_change(*directive.until);
    if (directive.in_force(at)) set->directives_.push_back(std::move(directive));
  }
  for (std::size_t i = 0; i < set->directives_.size(); ++i) set->add(set->directives_[i], i);
  set->name_clauses();
  set->finish_masks();
  return set;
}

std::size_t PolicySet::intern(const Scope& scope) {
  const auto found = std::ranges::find(scopes_, scope);
  if (found != scopes_.end()) return static_cast<std::size_t>(found - scopes_.begin());
  scopes_.push_back(scope);
  return scopes_.size() - 1;
}

void PolicySet::add(const Directive& directive, std::size_t index) {
  Scope scope = directive.scope;
  if (scope.units.empty() && !directive.adopted_by.is_nil()) scope.units.push_back(directive.adopted_by);
  const std::size_t own = intern(scope);
  bool says_carry_out = false;
  for (const Clause& clause : directive.clauses) {
    const auto clause_index = static_cast<ClauseIndex>(clauses_.size());
    clauses_.push_back({index, clause.id, clause.words});
    const std::size_t narrow = clause.scope ? intern(*clause.scope) : own;
    for (const Control& control : clause.controls) {
      says_carry_out |= control.kind == Kind::DirectiveCarryOut;
      rules_.push_back({own, narrow, clause_index, control});
    }
  }
  if (says_carry_out) return;
  const auto implied = static_cast<ClauseIndex>(clauses_.size());
  clauses_.push_back(
      {index, directive.code + "-*", {"Tổ chức thực hiện toàn bộ văn bản", "The whole letter is carried out"}});
  rules_.push_back({own, own, implied, *make_control(Kind::DirectiveCarryOut, Force::Must, {})});
}

void PolicySet::name_clauses() {
  std::map<std::string_view, std::size_t> uses;
  for (const ClauseInfo& clause : clauses_) ++uses[clause.id];
  for (ClauseInfo& clause : clauses_)
    clause.name = uses[clause.id] == 1 ? clause.id : directives_[clause.directive].code + "/" + clause.id;
}

void PolicySet::finish_masks() {
  const std::size_t words = (scopes_.size() + 63) / 64;
  kind_masks_.fill(ScopeMask(words));
  other_system_mask_.assign(words, 0);
  for (const Scope& scope : scopes_)
    for (const SystemId& system : scope.systems) system_masks_.try_emplace(system, ScopeMask(words));
  for (std::size_t s = 0; s < scopes_.size(); ++s) {
    const Scope& scope = scopes_[s];
    for (std::size_t k = 0; k < kAccountKindCount; ++k) {
      const std::array kind{static_cast<AccountKind>(k)};
      if (meets<AccountKind>(scope.kinds, kind)) set_bit(kind_masks_[k], s);
    }
    if (scope.systems.empty()) set_bit(other_system_mask_, s);
    for (auto& [system, mask] : system_masks_) {
      const std::array one{system};
      if (meets<SystemId>(scope.systems, one)) set_bit(mask, s);
    }
  }
}

std::vector<UnitId> PolicySet::scope_units() const {
  std::set<UnitId> units;
  for (const Scope& scope : scopes_) units.insert(scope.units.begin(), scope.units.end());
  return {units.begin(), units.end()};
}

ScopeMask PolicySet::unit_mask(std::span<const UnitId> unit_and_above) const {
  ScopeMask mask(other_system_mask_.size());
  for (std::size_t s = 0; s < scopes_.size(); ++s)
    if (meets(scopes_[s].units, unit_and_above)) set_bit(mask, s);
  return mask;
}

ScopeMask PolicySet::group_mask(std::span<const GroupId> groups) const {
  ScopeMask mask(other_system_mask_.size());
  for (std::size_t s = 0; s < scopes_.size(); ++s)
    if (meets(scopes_[s].groups, groups)) set_bit(mask, s);
  return mask;
}

const ScopeMask& PolicySet::system_mask(const SystemId& system) const {
  const auto found = system_masks_.find(system);
  return found == system_masks_.end() ? other_system_mask_ : found->second;
}

bool PolicySet::applies(const Rule& rule, const ScopeMask& mask) const {
  return has_bit(mask, rule.scope) && has_bit(mask, rule.clause_scope);
}

void PolicySet::add_cutoffs(EffectivePolicy& policy, const ScopeMask& mask, std::span<const ClauseIndex> waived) const {
  const auto of_kind = [&](Kind kind, auto&& use) {
    for (const Rule& rule : rules_)
      if (rule.control.kind == kind && rule.control.force == Force::Must && applies(rule, mask) &&
          !is_waived(waived, rule.clause))
        use(rule);
  };
  of_kind(Kind::PasswordCutoff, [&](const Rule& rule) {
    for (const Atom& atom : rule.control.values.front()) {
      const Date date = policy::date_of(atom);
      const std::size_t directive = clauses_[rule.clause].directive;
      const auto same = std::ranges::find_if(
          policy.cutoffs, [&](const Cutoff& known) { return known.date == date && known.directive == directive; });
      if (same != policy.cutoffs.end()) {
        unite(same->clauses, std::array{rule.clause});
        continue;
      }
      policy.cutoffs.push_back({date, directive, {rule.clause}});
    }
  });
  if (policy.cutoffs.empty()) return;
  of_kind(Kind::PasswordComposition, [&](const Rule& rule) {
    for (Cutoff& cutoff : policy.cutoffs)
      if (cutoff.directive == clauses_[rule.clause].directive) raise(cutoff, rule.control);
  });
  std::ranges::sort(policy.cutoffs, cutoff_order);
}

EffectivePolicy PolicySet::join_for(const ScopeMask& mask, std::span<const ClauseIndex> waived) const {
  EffectivePolicy policy;
  std::vector<const Rule*> only_advised;
  for (const Rule& rule : rules_) {
    if (!applies(rule, mask) || is_waived(waived, rule.clause)) continue;
    if (rule.control.force == Force::Must)
      policy.must.add(rule.control, rule.clause);
    else
      only_advised.push_back(&rule);
    const std::size_t directive = clauses_[rule.clause].directive;
    if (policy.directives.empty() || policy.directives.back() != directive) policy.directives.push_back(directive);
  }
  // The order in which a join takes its parts does not matter, and most of what is asked is ordered.
  policy.advised = policy.must;
  for (const Rule* rule : only_advised) policy.advised.add(rule->control, rule->clause);
  add_cutoffs(policy, mask, waived);
  return policy;
}

std::shared_ptr<const EffectivePolicy> PolicySet::shared(const ScopeMask& mask) const {
  {
    const std::shared_lock lock(mutex_);
    const auto found = known_.find(mask);
    if (found != known_.end()) return found->second;
  }
  auto made = std::make_shared<const EffectivePolicy>(join_for(mask, {}));
  const std::unique_lock lock(mutex_);
  return known_.try_emplace(mask, std::move(made)).first->second;
}

ClauseSet PolicySet::indices_of(std::span<const std::pair<DirectiveId, std::string>> waived) const {
  ClauseSet out;
  for (ClauseIndex c = 0; c < clauses_.size(); ++c)
    for (const auto& [directive, clause] : waived)
      if (clauses_[c].id == clause && directive_of(c).id == directive) unite(out, std::array{c});
  return out;
}

std::shared_ptr<const EffectivePolicy> PolicySet::effective(const Subject& subject) const {
  const ScopeMask mask =
      unit_mask(subject.units) & group_mask(subject.groups) & system_mask(subject.system) & kind_mask(subject.kind);
  const ClauseSet waived = indices_of(subject.waived);
  return waived.empty() ? shared(mask) : std::make_shared<const EffectivePolicy>(join_for(mask, waived));
}

std::size_t PolicySet::MaskHash::operator()(const ScopeMask& mask) const noexcept {
  std::uint64_t hash = 0x9E3779B97F4A7C15U;
  for (const std::uint64_t word : mask) hash = (hash ^ word) * 0xD6E8FEB86659FD93U, hash ^= hash >> 32;
  return hash;
}

}  // namespace khien::policy
