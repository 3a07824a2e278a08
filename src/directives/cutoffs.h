// What is on record about single cutoffs: put off, confirmed by two persons, and what logins were granted after one.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/persistent_map.h"
#include "base/time.h"
#include "policy/facts.h"

namespace khien::directives {

/// A cutoff date of one directive.
using CutoffKey = std::pair<DirectiveId, Date>;

/// Put off for a unit and those below it (nil: for everybody) until a time, or until somebody confirms it. Of one
/// cutoff and unit the newest holds; of several units that a holder is in, the latest time.
struct CutoffDelay {
  CutoffKey cutoff;
  UnitId unit{};
  std::optional<Instant> until{};
  std::string reason;
  Instant recorded{};

  bool operator==(const CutoffDelay&) const = default;
};

/// As an immutable value: part of the register. Cheap to copy.
class CutoffBook {
 public:
  [[nodiscard]] const std::vector<CutoffDelay>& delays() const { return *delays_; }
  /// How many logins were shown to whoever confirmed it; nullopt if nobody did.
  [[nodiscard]] std::optional<std::int64_t> confirmed(const CutoffKey& cutoff) const;
  [[nodiscard]] const policy::CutoffLeave& leave_of(const LoginId& login) const;

  void put(std::vector<CutoffDelay> delays);
  void put_confirmed(std::map<CutoffKey, std::int64_t> confirmed);
  void put(const LoginId& login, const policy::CutoffLeave& leave);

 private:
  std::shared_ptr<const std::vector<CutoffDelay>> delays_ = std::make_shared<const std::vector<CutoffDelay>>();
  std::shared_ptr<const std::map<CutoffKey, std::int64_t>> confirmed_ =
      std::make_shared<const std::map<CutoffKey, std::int64_t>>();
  PersistentMap<LoginId, policy::CutoffLeave> leaves_;
};

}  // namespace khien::directives
