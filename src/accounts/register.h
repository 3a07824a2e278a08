// Every system, account, hold and exception as an immutable value: the snapshot of this subject.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/types.h"
#include "base/persistent_map.h"

namespace khien::accounts {

/// What is on record of one system or one account.
using Holds = std::map<policy::Kind, policy::HoldRecord>;

/// Cheap to copy; a copy can be changed without touching the others. Accounts lie packed (a province has 400,000) and
/// are handed out as values.
class Register {
 public:
  /// nullptr if there is none of that id. Valid as long as this register.
  [[nodiscard]] const System* system(const SystemId& id) const { return systems_.find(id); }
  /// nullptr if no system has the code. Linear in the number of systems.
  [[nodiscard]] const System* system_coded(std::string_view code) const;
  [[nodiscard]] const PersistentMap<SystemId, System>& systems() const { return systems_; }

  [[nodiscard]] std::optional<Account> account(const AccountId& id) const;
  [[nodiscard]] bool has_account(const AccountId& id) const { return accounts_.contains(id); }
  [[nodiscard]] std::size_t account_count() const { return accounts_.size(); }
  /// The account of that name that is not closed; case does not matter.
  [[nodiscard]] std::optional<AccountId> account_named(const SystemId& system, std::string_view user_name) const;
  /// Closed ones too, each list by id.
  [[nodiscard]] const std::vector<AccountId>& opened_by(const LoginId& login) const;
  [[nodiscard]] const std::vector<AccountId>& held_by(const PersonId& holder) const;
  /// Accounts of units that the person may use without being their custodian.
  [[nodiscard]] const std::vector<AccountId>& shared_with(const PersonId& user) const;
  /// Calls `visit(const Account&)` for every account, in no order that means anything.
  template <class Visit>
  void each_account(Visit&& visit) const {
    accounts_.for_each([&](const AccountId& id, const Packed& packed) { visit(unpacked(id, packed)); });
  }

  /// How far a control holds in the system: by our gate, or by what is on record.
  [[nodiscard]] policy::HoldRecord holds(policy::Kind kind, const SystemId& system) const;
  /// How far it holds for one account: by our gate, by what is on record of the very account, or as in its system.
  [[nodiscard]] policy::HoldRecord holds(policy::Kind kind, const Account& account) const;
  /// Only what is on record; of an account nullopt where its system speaks for it.
  [[nodiscard]] policy::HoldRecord recorded_hold(policy::Kind kind, const SystemId& system) const;
  [[nodiscard]] std::optional<policy::HoldRecord> own_hold(policy::Kind kind, const AccountId& account) const;
  /// Accounts of which anything is on record.
  [[nodiscard]] const PersistentMap<AccountId, Holds>& own_holds() const { return own_holds_; }

  /// nullptr if there is none of that id.
  [[nodiscard]] const policy::Exception* exception(const ExceptionId& id) const { return exceptions_.find(id); }
  /// Past and coming ones too, by id. The subject is `account/ID`, `login/ID` or `person/ID`.
  [[nodiscard]] const std::vector<ExceptionId>& exceptions_of(const std::string& subject) const;
  [[nodiscard]] const PersistentMap<ExceptionId, policy::Exception>& exceptions() const { return exceptions_; }

  class Filling;

  /// Adds or replaces.
  void put(System system);
  void put(const Account& account);
  void put_holds(const SystemId& system, Holds holds);
  void put_holds(const AccountId& account, Holds holds);
  void put(policy::Exception exception);
  void erase(const AccountId& id);

 private:
  /// Gives each id a small number, for good. A copy shares the ids until it gives numbers itself.
  template <class IdType>
  class Numbered {
   public:
    std::uint32_t number_of(const IdType& id);
    [[nodiscard]] const IdType& id(std::uint32_t number) const { return (*ids_)[number]; }

   private:
    PersistentMap<IdType, std::uint32_t> numbers_;
    std::shared_ptr<std::vector<IdType>> ids_;  ///< changed only while nobody else holds it
  };
  struct Packed {
    LoginId login;
    PersonId holder;
    std::string user_name;
    Instant created_at;
    Instant closed_at = Instant::max();  ///< max: not closed
    Instant seen_at = Instant::max();    ///< max: never seen
    std::uint32_t unit = 0;
    std::uint32_t system : 24 = 0;
    AccountKind kind : 2 = AccountKind::Personal;
    LifecycleState wanted : 2 = LifecycleState::Active;
    ObservedState seen : 3 = ObservedState::Unknown;
  };
  using NameKey = Id<struct NameTag>;

  Packed packed(const Account& account);
  [[nodiscard]] Account unpacked(const AccountId& id, const Packed& packed) const;
  static NameKey key_of(const SystemId& system, std::string_view user_name);
  void add_to_indexes(const Account& account);
  void remove_from_indexes(const Account& account);

  PersistentMap<SystemId, System> systems_;
  PersistentMap<AccountId, Packed> accounts_;
  PersistentMap<AccountId, std::vector<PersonId>> named_users_;
  Numbered<SystemId> system_numbers_;
  Numbered<UnitId> unit_numbers_;
  PersistentMap<NameKey, AccountId> named_;
  PersistentMap<LoginId, std::vector<AccountId>> opened_;
  PersistentMap<PersonId, std::vector<AccountId>> held_;
  PersistentMap<PersonId, std::vector<AccountId>> shared_;
  PersistentMap<SystemId, Holds> holds_;
  PersistentMap<AccountId, Holds> own_holds_;  ///< only of accounts that have any
  PersistentMap<ExceptionId, policy::Exception> exceptions_;
  PersistentMap<std::string, std::vector<ExceptionId>> excepted_;
};

/// Fills a register that has no account with many at once.
class Register::Filling {
 public:
  explicit Filling(Register& empty) : register_(empty) {}
  void add(const Account& account);
  /// Once, after the last.
  void finish() &&;

 private:
  Register& register_;
  std::vector<std::pair<AccountId, Packed>> accounts_;
  std::vector<std::pair<NameKey, AccountId>> named_;
  std::vector<std::pair<LoginId, AccountId>> opened_;
  std::vector<std::pair<PersonId, AccountId>> held_;
  std::vector<std::pair<PersonId, AccountId>> shared_;
};

}  // namespace khien::accounts
