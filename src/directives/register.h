// All directives and confirmations as an immutable value: the snapshot of this subject.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "base/persistent_map.h"
#include "directives/cutoffs.h"
#include "policy/directive.h"
#include "policy/policy_set.h"

namespace khien::directives {

/// What a person can confirm.
enum class Confirmation : std::uint8_t {
  Read,        ///< the directive was shown and read (directive.disseminate)
  Signed,      ///< the statement of responsibility (account.accountability)
  Monitoring,  ///< sign-ins are monitored; the directive is nil
};
std::string_view code_of(Confirmation what);

struct Confirmations {
  std::vector<DirectiveId> read;
  std::vector<DirectiveId> signed_statements;
  bool knows_of_monitoring = false;
};

class Register {
 public:
  [[nodiscard]] const std::vector<policy::Directive>& directives() const { return *directives_; }
  /// nullptr if there is none.
  [[nodiscard]] const policy::Directive* directive(const DirectiveId& id) const;
  /// By its short code, among those not ended at `at`: the one in force, otherwise the next to begin; nullptr if there
  /// is none.
  [[nodiscard]] const policy::Directive* coded(std::string_view code, Instant at) const;
  [[nodiscard]] const Confirmations& confirmations_of(const PersonId& person) const;

  [[nodiscard]] const CutoffBook& cutoffs() const { return cutoffs_; }
  [[nodiscard]] CutoffBook& cutoffs() { return cutoffs_; }

  void put(std::vector<policy::Directive> directives);
  void put(const PersonId& person, Confirmations confirmations);
  void put(const std::map<PersonId, Confirmations>& all);

 private:
  std::shared_ptr<const std::vector<policy::Directive>> directives_ =
      std::make_shared<const std::vector<policy::Directive>>();
  PersistentMap<PersonId, Confirmations> confirmations_;
  CutoffBook cutoffs_;
};

}  // namespace khien::directives
