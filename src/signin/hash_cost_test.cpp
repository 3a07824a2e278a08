// What must go on when the configured cost of Argon2 changes: comparing with every password of the holder, and telling
// nobody which names exist.
#include <gtest/gtest.h>

#include <map>

#include "signin/testing.h"

namespace khien::signin {
namespace {

using std::chrono::seconds;
using testing_support::must;
using Next = Progress::Next;

constexpr std::uint64_t kOld = 8;  ///< KiB, one pass: the cost of the world
constexpr std::uint64_t kNew = 16;

class HashCost : public testing::Test, protected testing_support::SignInWorld {
 protected:
  void restart_at(std::uint64_t kib) {
    cost.memory_kib = static_cast<std::uint32_t>(kib);
    restart();
  }
  /// KiB × passes that something hashes.
  template <class Act>
  std::uint64_t work_of(Act&& act) {
    const std::uint64_t before = pool->figures().work;
    act();
    return pool->figures().work - before;
  }
  std::uint64_t work_of_check(const std::string& name, std::string_view password = "sai-mat-khau") {
    return work_of([&] {
      const auto logins = credentials->snapshot();
      must(credentials->check(logins->named(name), name, Secret(std::string(password)), 0));
    });
  }
  Result<credentials::ChangeOutcome> change(std::string_view fresh) {
    credentials::PasswordChange wanted;
    wanted.login = *credentials->snapshot()->find(login);
    wanted.fresh = Secret(std::string(fresh));
    wanted.rule.history = 24;
    wanted.rule.distinct = true;
    const auto logins = credentials->snapshot();
    for (const auto& other : logins->of_holder(holder))
      if (other != login) wanted.others.push_back(other);
    wanted.actor = by.actor;
    return credentials->change(wanted);
  }
  /// The login of the world with one past password; another of its holder.
  void give_a_past_and_another_login() {
    set_password(add_login("an.nv2", holder, {}), kOther);
    set_password(login, kPast);
    clock.advance(seconds{1});
    set_password(login, kPassword);
  }
  std::map<std::uint64_t, int> works_of_unknown_names(int number) {
    std::map<std::uint64_t, int> out;
    for (int i = 0; i < number; ++i) ++out[work_of_check("khong-ai-" + std::to_string(i))];
    return out;
  }
  void add_logins(int number) {
    for (int i = 0; i < number; ++i) {
      const std::string name = "can-bo-" + std::to_string(people_++);
      set_password(add_login(name, add_person("Trần Thị Bình", office), {}), kPassword);
    }
  }

  static constexpr std::string_view kPast = "Cu-rich.ngay-xua9";
  static constexpr std::string_view kOther = "Cua-ten.thu2-day";

 private:
  int people_ = 0;
};

TEST_F(HashCost, HistoryAndDistinctRefuseAlsoAfterItsChange) {
  know_monitoring(holder);
  adopt("LS", {"password.history, force: must, params: {last: 5}", "password.distinct, force: must, params: {}"});
  give_a_past_and_another_login();
  restart_at(kNew);
  const auto session = sign_in->session_of(signed_in());
  const auto answer = [&](std::string_view fresh) {
    return must(sign_in->change_password(*session, Secret(std::string(kPassword)), Secret(std::string(fresh)), kHere));
  };
  for (const auto taken : {kPast, kOther, kPassword}) EXPECT_EQ(answer(taken).problems.size(), 1U) << taken;
  EXPECT_EQ(answer(kFresh).next, Next::Done);
}

TEST_F(HashCost, ThePresentPasswordIsRefusedAlsoBeforeItIsRenewed) {
  restart_at(kNew);
  EXPECT_EQ(must(change(kPassword)).problems.size(), 1U);
}

TEST_F(HashCost, OneHashIsEnoughWhereEveryPasswordHasTheSame) {
  give_a_past_and_another_login();
  EXPECT_EQ(work_of([&] { EXPECT_EQ(must(change(kOther)).problems.size(), 1U); }), kOld);
  EXPECT_EQ(work_of([&] { EXPECT_TRUE(must(change(kFresh)).problems.empty()); }), kOld);
}

TEST_F(HashCost, AChangeHashesOnceForEachAndTheWorkDoesNotTellWhatWasMet) {
  give_a_past_and_another_login();
  restart_at(kNew);
  set_password(add_login("an.nv3", holder, {}), "Cua-ten.thu3-day");
  for (const auto fresh : {kPast, kOther, std::string_view("Cua-ten.thu3-day"), kFresh})
    EXPECT_EQ(work_of([&] { must(change(fresh)); }), kOld + kNew) << fresh;
}

TEST_F(HashCost, AChangeThatCannotBeComparedWithEverythingIsRefused) {
  constexpr std::uint64_t kMost = 8;
  std::uint64_t kib = kOld;
  for (std::uint64_t costs = 1; costs < kMost; ++costs) {
    restart_at(++kib);
    set_password(login, "Lan-thu." + std::string(1, static_cast<char>('a' + costs)) + "kx72Qz");
  }
  EXPECT_EQ(must(change(kPassword)).problems.size(), 1U) << "the oldest of as many as are compared";
  restart_at(++kib);
  const auto logged = entries.size();
  const auto refused = change(kFresh);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Refused);
  EXPECT_EQ(entries.size(), logged) << "it was changed";
}

TEST_F(HashCost, OfANameThatIsNobodysIsTodaysWhereNobodyHasAPassword) {
  must(credentials->set_state(by, login, policy::LifecycleState::Closed));
  must(store->write(
      [&](store::Transaction& tx) { return credentials->erase_passwords_in(tx, by, holder, clock.now()); }));
  restart_at(kNew);
  EXPECT_EQ(work_of_check("khong-ai"), kNew);
}

TEST_F(HashCost, OfANameThatIsNobodysIsTheOldOneWhileEveryPasswordIsOld) {
  add_logins(20);
  add_login("chua-co", add_person("Lê Văn Chín", office), {});
  restart_at(kNew);
  EXPECT_EQ(work_of_check("an.nv"), kOld);
  EXPECT_EQ(work_of_check("chua-co"), kOld) << "a login without a password";
  EXPECT_EQ(works_of_unknown_names(50), (std::map<std::uint64_t, int>{{kOld, 50}}));
}

TEST_F(HashCost, OfNamesThatAreNobodysIsOldAndNewInTheSharesOfThePasswords) {
  add_logins(39);
  restart_at(kNew);
  add_logins(40);
  auto works = works_of_unknown_names(200);
  EXPECT_EQ(works.size(), 2U);
  EXPECT_NEAR(works[kOld], 100, 40);
  for (int i = 0; i < 20; ++i) {
    const std::string name = "khong-ai-" + std::to_string(i);
    EXPECT_EQ(work_of_check(name), work_of_check(name)) << name;
  }
  restart();
  EXPECT_EQ(works_of_unknown_names(200), works) << "a restart draws anew";
}

TEST_F(HashCost, OfANameThatIsNobodysBecomesNewWhenThePasswordThatItStandsInForDoes) {
  restart_at(kNew);
  EXPECT_EQ(work_of_check("khong-ai"), kOld);
  EXPECT_EQ(work_of_check("an.nv", kPassword), kOld + kNew) << "right, and renewed";
  EXPECT_EQ(work_of_check("an.nv"), kNew);
  EXPECT_EQ(work_of_check("khong-ai"), kNew);
}

}  // namespace
}  // namespace khien::signin
