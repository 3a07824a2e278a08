#include <gtest/gtest.h>

#include "accounts/exception_rules.h"
#include "accounts/names.h"
#include "accounts/scope.h"
#include "accounts/testing.h"
#include "people/former_units.h"

namespace khien::accounts {
namespace {

using testing_support::day;
using testing_support::must;

class Exceptions : public testing::Test, public testing_support::AccountsWorld {
 protected:
  void SetUp() override {
    hung = add_person("Nguyễn Văn Hùng", office, "CB001");
    lan = add_person("Trần Thị Lan", engineers, "CB002");
    hungs = open(mail, "hungnv", hung);
    adopted.put(std::vector{adopt(directive, "LA", {"LA-13", "LA-14"})});
  }
  /// In force since 2025, without controls: enough to be waived.
  static policy::Directive adopt(const DirectiveId& id, const std::string& code,
                                 const std::vector<std::string>& clauses) {
    policy::Directive out;
    out.id = id;
    out.code = code;
    out.from = day("2025-01-01");
    for (const auto& clause : clauses) out.clauses.push_back({clause, {}, std::nullopt, {}});
    return out;
  }
  policy::Exception exception_for(const std::string& subject) {
    return {{},
            subject,
            {{directive, "LA-13"}},
            lan,
            "Thiết bị đo không đổi được mật khẩu",
            "Đặt trong mạng riêng",
            day("2025-06-01"),
            day("2025-12-01")};
  }
  [[nodiscard]] std::size_t waived(const AccountId& id, Instant at) {
    return waived_for(account(id), *accounts->snapshot(), at).size();
  }
  PersonId hung, lan;
  AccountId hungs;
  DirectiveId directive = DirectiveId::make(random);
  directives::Register adopted;
};

TEST_F(Exceptions, WaiveNamedClausesForOneAccountWhileTheyLast) {
  const auto id = must(accounts->add_exception(by, exception_for("account/" + hungs.text()), adopted));
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].subject, "exception/" + id.text());
  EXPECT_EQ(entries[0].clauses, std::vector{directive.text() + "/LA-13"});
  EXPECT_EQ(waived(hungs, day("2025-07-01")), 1U);
  EXPECT_EQ(waived(hungs, day("2025-12-01")), 0U) << "the end does not belong to it";
  EXPECT_EQ(waived(open(mail, "lantt", lan), day("2025-07-01")), 0U);
  must(accounts->load());
  EXPECT_EQ(waived(hungs, day("2025-07-01")), 1U);
}

TEST_F(Exceptions, OfAPersonCoverOnesOwnAccountsButNoMailboxInCustody) {
  const auto box = must(accounts->open_account(by, {.system = mail,
                                                    .kind = AccountKind::Unit,
                                                    .user_name = "vp",
                                                    .holder = hung,
                                                    .wanted = LifecycleState::Active}));
  must(accounts->add_exception(by, exception_for("person/" + hung.text()), adopted));
  sync();
  EXPECT_EQ(waived(hungs, day("2025-07-01")), 1U);
  EXPECT_EQ(waived(box, day("2025-07-01")), 0U);
}

TEST_F(Exceptions, OfALoginCoverWhatItOpens) {
  const auto login = LoginId::make(random);
  must(accounts->bind_login(by, hungs, login));
  must(accounts->add_exception(by, exception_for("login/" + login.text()), adopted));
  sync();
  EXPECT_EQ(waived(hungs, day("2025-07-01")), 1U);
}

TEST_F(Exceptions, NeedAnEndWithinAYearAnOwnerAReasonAMeasureAndClauses) {
  const std::string subject = "account/" + hungs.text();
  const auto refused = [&](auto&& spoil) {
    auto exception = exception_for(subject);
    spoil(exception);
    return !accounts->add_exception(by, exception, adopted).has_value();
  };
  EXPECT_TRUE(refused([](auto& e) { e.until = day("2026-06-02"); }));
  EXPECT_TRUE(refused([](auto& e) { e.until = e.from; }));
  EXPECT_TRUE(refused([](auto& e) { e.from = day("2025-05-31"); }));
  EXPECT_TRUE(refused([](auto& e) { e.owner = {}; }));
  EXPECT_TRUE(refused([](auto& e) { e.reason = "  "; }));
  EXPECT_TRUE(refused([](auto& e) { e.compensating_measure.clear(); }));
  EXPECT_TRUE(refused([](auto& e) { e.clauses.clear(); }));
  EXPECT_TRUE(refused([](auto& e) { e.subject = "unit/x"; }));
  EXPECT_TRUE(refused([&](auto& e) { e.subject = "account/" + AccountId::make(random).text(); }));
  EXPECT_FALSE(refused([](auto& e) { e.until = day("2026-06-01"); })) << "exactly a year is allowed";
}

TEST_F(Exceptions, EndEarlierButNeverLaterAndKeepWhatWasKnown) {
  const auto id = must(accounts->add_exception(by, exception_for("account/" + hungs.text()), adopted));
  sync();
  const auto before = clock.now();
  clock.advance(std::chrono::hours(24 * 30));
  EXPECT_FALSE(accounts->end_exception(by, id, day("2026-01-01")));
  EXPECT_FALSE(accounts->end_exception(by, id, before)) << "the past is not rewritten";
  must(accounts->end_exception(by, id, clock.now()));
  sync();
  EXPECT_EQ(waived(hungs, clock.now()), 0U);
  EXPECT_EQ(waived(hungs, before), 1U);
  const auto then = must(accounts->as_known_at(before));
  EXPECT_EQ(then.exception(id)->until, day("2025-12-01"));
}

TEST_F(Exceptions, WaiveOnlyClausesOfDirectivesThatAreHereAndHaveNotEnded) {
  auto exception = exception_for("account/" + hungs.text());
  exception.clauses = {{directive, "LA-99"}};
  EXPECT_EQ(accounts->add_exception(by, exception, adopted).error().kind(), ErrorKind::NotFound);
  exception.clauses = {{DirectiveId::make(random), "LA-13"}};
  EXPECT_EQ(accounts->add_exception(by, exception, adopted).error().kind(), ErrorKind::NotFound);
  auto ended = adopt(directive, "LA", {"LA-13"});
  ended.until = exception.from;
  adopted.put(std::vector{ended});
  exception.clauses = {{directive, "LA-13"}};
  EXPECT_EQ(accounts->add_exception(by, exception, adopted).error().kind(), ErrorKind::Refused);
  EXPECT_TRUE(sync().empty()) << "nothing was recorded";
}

TEST_F(Exceptions, NamesOfClausesAreFoundOrAnsweredWithTheNearest) {
  using Found = std::vector<std::pair<DirectiveId, std::string>>;
  const auto at = day("2025-06-01");
  const auto found = [&](std::vector<std::string> names) { return find_clauses(names, adopted, at); };
  EXPECT_EQ(must(found({"LA-14", "LA/LA-13", " LA-14 "})), (Found{{directive, "LA-14"}, {directive, "LA-13"}}));
  const auto unknown = found({"LA-31", "*", "LA-*"});
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().text().en.find("clause \"LA-31\". Nearest: LA-13, LA-14."), std::string::npos);
  EXPECT_NE(unknown.error().text().en.find("clause \"LA-*\""), std::string::npos) << "no name stands for all clauses";

  auto coming = adopt(DirectiveId::make(random), "LB", {"LA-13"});
  coming.from = day("2025-09-01");
  adopted.put(std::vector{adopt(directive, "LA", {"LA-13"}), coming});
  EXPECT_EQ(found({"LA-13"}).error().kind(), ErrorKind::Conflict);
  EXPECT_NE(found({"LA-13"}).error().text().vi.find("LA/LA-13, LB/LA-13"), std::string::npos);
  EXPECT_EQ(must(found({"LB/LA-13"})), (Found{{coming.id, "LA-13"}}));
}

class Scopes : public Exceptions {};

TEST_F(Scopes, AnAccountIsWhereItsHolderWorksAtThatInstant) {
  must(people->transfer(by, hung, engineers, "Chuyên viên", day("2025-09-01")));
  sync();
  const auto at = [&](Instant when) { return unit_at(account(hungs), *people->snapshot(), when); };
  EXPECT_EQ(at(day("2025-08-31")), office);
  EXPECT_EQ(at(day("2025-09-01")), engineers);
  EXPECT_EQ(at(day("2023-01-01")), office) << "before any posting: where it was issued";
}

TEST_F(Scopes, AMailboxStaysWithItsUnitWhoeverKeepsIt) {
  const auto box = must(accounts->open_account(by, {.system = mail,
                                                    .kind = AccountKind::Unit,
                                                    .user_name = "vp",
                                                    .holder = lan,
                                                    .unit = office,
                                                    .wanted = LifecycleState::Active}));
  sync();
  EXPECT_EQ(unit_at(account(box), *people->snapshot(), clock.now()), office);
}

TEST_F(Scopes, AfterASplitTheDirectivesOfEverySuccessorBind) {
  const auto first = add_unit("VP1", "Văn phòng 1", province);
  const auto second = add_unit("VP2", "Văn phòng 2", health);
  must(people->split_unit(by, office, {first, second}, day("2025-07-01")));
  sync();
  const auto units = people::units_above(*people->snapshot(), office, day("2025-08-01"));
  for (const auto& unit : {first, second, health, province})
    EXPECT_EQ(std::ranges::count(units, unit), 1) << "each once";
  EXPECT_EQ(std::ranges::count(units, office), 0);
}

TEST_F(Scopes, TheCodesOfADirectiveNameUnitsSystemsAndGroups) {
  const auto group = must(people->add_group(by, "lanh-dao", "Lãnh đạo"));
  sync();
  const auto directory = people->snapshot();
  const auto known = accounts->snapshot();
  const NamesAt names(*known, *directory, clock.now());
  EXPECT_EQ(names.unit("SYT"), health);
  EXPECT_EQ(names.system("mail"), mail);
  EXPECT_EQ(names.group("lanh-dao"), group);
  EXPECT_FALSE(names.unit("KHONG"));
  EXPECT_FALSE(names.system("KHONG"));
  EXPECT_FALSE(NamesAt(*known, *directory, day("2019-01-01")).unit("SYT")) << "it did not exist then";
}

policy::Control control(policy::Kind kind, const policy::RawParameters& parameters) {
  return must(policy::make_control(kind, policy::Force::Must, parameters));
}

class StillAskedTest : public Exceptions {
 protected:
  /// Both clauses of the one directive ask for a cutoff; only the first for a length, only the second for classes.
  void SetUp() override {
    Exceptions::SetUp();
    auto la = adopt(directive, "LA", {"LA-11", "LA-12"});
    for (auto& clause : la.clauses)
      clause.controls = {control(policy::Kind::PasswordCutoff, {{"date", std::string("2025-12-15")}})};
    la.clauses[0].controls.push_back(control(policy::Kind::PasswordComposition, {{"min_length", std::int64_t{8}}}));
    la.clauses[1].controls.push_back(
        control(policy::Kind::PasswordComposition, {{"require", std::vector<std::string>{"upper"}}}));
    set = policy::PolicySet::compile({la}, day("2025-06-01"));
  }
  [[nodiscard]] std::vector<StillAsked> asked_without(const std::vector<std::string>& clauses) const {
    std::vector<std::pair<DirectiveId, std::string>> waived;
    for (const auto& clause : clauses) waived.emplace_back(directive, clause);
    return still_asked(waived, *set, *set->effective({.units = {}, .system = mail, .groups = {}, .waived = waived}));
  }
  std::shared_ptr<const policy::PolicySet> set;
};

TEST_F(StillAskedTest, IsWhatAnotherClauseGivesToTheSameParameter) {
  EXPECT_EQ(asked_without({"LA-12"}), (std::vector{StillAsked{policy::Kind::PasswordCutoff, {0}}}));
  EXPECT_EQ(asked_without({"LA-11"}), (std::vector{StillAsked{policy::Kind::PasswordCutoff, {1}}}));
  EXPECT_TRUE(asked_without({"LA-11", "LA-12"}).empty());
}

TEST_F(StillAskedTest, OfAClauseWithoutValuesIsTheKindAtAll) {
  auto lb = adopt(DirectiveId::make(random), "LB", {"LB-1", "LB-2"});
  lb.clauses[0].controls = {control(policy::Kind::PasswordComposition, {})};
  lb.clauses[1].controls = {control(policy::Kind::PasswordComposition, {{"min_length", std::int64_t{8}}})};
  set = policy::PolicySet::compile({lb}, day("2025-06-01"));
  const std::vector waived{std::pair(lb.id, std::string("LB-1"))};
  const auto policy = set->effective({.units = {}, .system = mail, .groups = {}, .waived = waived});
  EXPECT_EQ(still_asked(waived, *set, *policy), (std::vector{StillAsked{policy::Kind::PasswordComposition, {1}}}));
}

TEST_F(Exceptions, CoverAccountsAndLeaveOthersThatTheSameLoginOpens) {
  const auto login = LoginId::make(random);
  const auto second = open(mail, "hung", hung);
  const auto closed = open(mail, "hungcu", hung);
  for (const auto& id : {hungs, second, closed}) must(accounts->bind_login(by, id, login));
  must(accounts->close(by, closed));
  sync();
  const auto ids = [](const std::vector<Account>& all) {
    std::vector<AccountId> out;
    for (const auto& one : all) out.push_back(one.id);
    return out;
  };
  const auto known = accounts->snapshot();
  const auto of_account = excepted_accounts("account/" + hungs.text(), *known);
  EXPECT_EQ(ids(of_account.waived), std::vector{hungs});
  EXPECT_EQ(ids(of_account.elsewhere), std::vector{second});
  for (const std::string& subject : {"login/" + login.text(), "person/" + hung.text()}) {
    EXPECT_EQ(excepted_accounts(subject, *known).waived.size(), 2U) << subject;
    EXPECT_TRUE(excepted_accounts(subject, *known).elsewhere.empty()) << subject;
  }
}

}  // namespace
}  // namespace khien::accounts
