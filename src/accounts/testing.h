// What tests of accounts and of the subjects above share: the installation of people/testing.h with a register on top.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "accounts/migrations.h"
#include "accounts/service.h"
#include "people/testing.h"

namespace khien::testing_support {

/// A province with one department (`SYT`) of two offices (`VP`, `KT`), and two systems: `mail` behind the gate, `tthc`
/// with a sign-in page of its own.
class AccountsWorld : public PeopleWorld {
 public:
  explicit AccountsWorld(std::vector<store::Migration> further = {}) : PeopleWorld(with_ours(std::move(further))) {
    accounts = std::make_unique<accounts::Accounts>(*store, log, *people, *keys, clock, random);
    follow(*accounts);
    province = add_unit("TINH", "Tỉnh Thử Nghiệm", {});
    health = add_unit("SYT", "Sở Y tế", province);
    office = add_unit("VP", "Văn phòng Sở Y tế", health);
    engineers = add_unit("KT", "Phòng Kỹ thuật", health);
    mail = must(accounts->add_system(by, {{}, "mail", "Thư điện tử công vụ", province, "", true, true}));
    tthc = must(accounts->add_system(by, {{}, "tthc", "Hệ thống Một cửa", province, "Công ty A", false, false}));
    sync();
  }

  UnitId add_unit(const std::string& code, const std::string& name, const UnitId& parent) {
    people::UnitVersion version{{day("2020-01-01"), {}}, code, name, parent, people::Tree::State, ""};
    const UnitId id = must(people->add_unit(by, version));
    sync();
    return id;
  }

  /// With a main posting in the unit since 2024.
  PersonId add_person(const std::string& name, const UnitId& unit, const std::string& staff_code = {},
                      const people::PrivateFacts& secret = {}) {
    const auto id = must(people->add_person(by, {name, "", staff_code, people::Category::CivilServant, secret}));
    must(people->post(by, {{}, id, unit, "Chuyên viên", true, {day("2024-01-01"), {}}}));
    sync();
    return id;
  }

  AccountId open(const SystemId& system, const std::string& user_name, const PersonId& holder,
                 accounts::LifecycleState state = accounts::LifecycleState::Active) {
    accounts::NewAccount wanted{.system = system, .user_name = user_name, .holder = holder, .wanted = state};
    const auto id = must(accounts->open_account(by, wanted));
    sync();
    return id;
  }

  accounts::Account account(const AccountId& id) { return accounts->snapshot()->account(id).value(); }

  std::unique_ptr<accounts::Accounts> accounts;
  UnitId province, health, office, engineers;
  SystemId mail, tthc;

 private:
  static std::vector<store::Migration> with_ours(std::vector<store::Migration> further) {
    const auto ours = accounts::migrations();
    further.insert(further.begin(), ours.begin(), ours.end());
    return further;
  }
};

}  // namespace khien::testing_support
