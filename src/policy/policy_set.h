// All directives in force at one time, compiled; the effective policy of a subject is looked up or joined from it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "policy/directive.h"
#include "policy/join.h"

namespace khien::policy {

/// A clause of a directive in force, as values refer to it.
struct ClauseInfo {
  std::size_t directive;  ///< index into PolicySet::directives()
  std::string id;
  Text words;
  std::string name{};  ///< the id; `LA/LA-13` where directives in force share it
};

/// A cutoff with what it is judged by: the composition that its own directive orders of the same subject.
struct Cutoff {
  Date date;
  std::size_t directive = 0;
  ClauseSet clauses;
  std::int64_t min_length = 0;
  std::uint8_t classes = 0;  ///< bit i: the class with code i of password.composition.require

  [[nodiscard]] Instant begins() const { return start_of(date); }
  bool operator==(const Cutoff&) const = default;
};

/// The policy of one account (or, joined, of one login) at one time. Immutable, shared by all with the same scopes.
struct EffectivePolicy {
  Demands must;     ///< enforced
  Demands advised;  ///< must and should together: shown and reported
  std::vector<Cutoff> cutoffs;
  std::vector<std::size_t> directives;  ///< those that bind the subject at all, ascending

  bool operator==(const EffectivePolicy&) const = default;
};

/// The join of two policies of the same PolicySet, for a login that opens several accounts.
EffectivePolicy join(const EffectivePolicy& a, const EffectivePolicy& b);

/// Who is asked about. `units` is the subject's unit, all above it, and former units that speak for it.
struct Subject {
  std::span<const UnitId> units;
  SystemId system;
  AccountKind kind = AccountKind::Personal;
  std::span<const GroupId> groups;
  /// Clauses waived for the subject by exceptions in force.
  std::span<const std::pair<DirectiveId, std::string>> waived;
};

/// Which scopes hold for something: one bit per distinct scope of the set.
using ScopeMask = std::vector<std::uint64_t>;

/// Immutable; safe to share between threads. Valid from compilation time until `changes_at`.
class PolicySet {
 public:
  /// Compiles the directives in force at `at`. Every directive implies directive.carry_out.
  static std::shared_ptr<const PolicySet> compile(std::vector<Directive> directives, Instant at);

  [[nodiscard]] const std::vector<Directive>& directives() const { return directives_; }
  [[nodiscard]] const std::vector<ClauseInfo>& clauses() const { return clauses_; }
  [[nodiscard]] const Directive& directive_of(ClauseIndex clause) const {
    return directives_[clauses_[clause].directive];
  }
  /// The next instant at which a directive begins or ends; absent if none is known.
  [[nodiscard]] std::optional<Instant> changes_at() const { return changes_at_; }

  /// The units that scopes name, each once.
  [[nodiscard]] std::vector<UnitId> scope_units() const;
  /// The scopes that a unit with everything above it is within: computed once per unit, then reused.
  [[nodiscard]] ScopeMask unit_mask(std::span<const UnitId> unit_and_above) const;
  [[nodiscard]] ScopeMask group_mask(std::span<const GroupId> groups) const;
  [[nodiscard]] const ScopeMask& system_mask(const SystemId& system) const;
  [[nodiscard]] const ScopeMask& kind_mask(AccountKind kind) const {
    return kind_masks_[static_cast<std::size_t>(kind)];
  }

  /// The policy for a mask that is the intersection of the four above. Looked up if it was asked before.
  [[nodiscard]] std::shared_ptr<const EffectivePolicy> shared(const ScopeMask& mask) const;
  /// All at once; for a subject with waived clauses the result is not shared.
  [[nodiscard]] std::shared_ptr<const EffectivePolicy> effective(const Subject& subject) const;
  /// The clauses of this set among those waived.
  [[nodiscard]] ClauseSet indices_of(std::span<const std::pair<DirectiveId, std::string>> waived) const;
  /// Joined anew, never looked up.
  [[nodiscard]] EffectivePolicy join_for(const ScopeMask& mask, std::span<const ClauseIndex> waived) const;

 private:
  struct Rule {
    std::size_t scope;         ///< of the directive
    std::size_t clause_scope;  ///< of the clause; equal to `scope` where it has none of its own
    ClauseIndex clause;
    Control control;
  };
  struct MaskHash {
    std::size_t operator()(const ScopeMask& mask) const noexcept;
  };

  PolicySet() = default;
  std::size_t intern(const Scope& scope);
  void add(const Directive& directive, std::size_t index);
  void name_clauses();
  void finish_masks();
  [[nodiscard]] bool applies(const Rule& rule, const ScopeMask& mask) const;
  void add_cutoffs(EffectivePolicy& policy, const ScopeMask& mask, std::span<const ClauseIndex> waived) const;

  std::vector<Directive> directives_;
  std::vector<ClauseInfo> clauses_;
  std::vector<Scope> scopes_;
  std::vector<Rule> rules_;
  std::optional<Instant> changes_at_;
  std::array<ScopeMask, kAccountKindCount> kind_masks_;
  std::unordered_map<SystemId, ScopeMask> system_masks_;
  ScopeMask other_system_mask_;

  mutable std::shared_mutex mutex_;
  mutable std::unordered_map<ScopeMask, std::shared_ptr<const EffectivePolicy>, MaskHash> known_;
};

/// Bitwise and; both have the size of one set.
ScopeMask operator&(const ScopeMask& a, const ScopeMask& b);

}  // namespace khien::policy
