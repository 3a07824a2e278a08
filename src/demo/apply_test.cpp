#include "demo/apply.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "accounts/migrations.h"
#include "accounts/names.h"
#include "accounts/scope.h"
#include "base/testing.h"
#include "credentials/login_store.h"
#include "credentials/migrations.h"
#include "demo/adopt.h"
#include "directives/migrations.h"
#include "people/former_units.h"
#include "people/rules.h"
#include "people/testing.h"

namespace khien::demo {
namespace {

using testing_support::must;

std::vector<store::Migration> all_migrations() {
  std::vector<store::Migration> out;
  for (const auto& some : {directives::migrations(), accounts::migrations(), credentials::migrations()})
    out.insert(out.end(), some.begin(), some.end());
  return out;
}

std::vector<Template> templates() {
  std::vector<Template> out;
  for (const auto& file : std::filesystem::directory_iterator(testing_support::source_dir() + "/directives")) {
    if (file.path().extension() != ".yaml") continue;
    std::ifstream in(file.path());
    out.push_back({file.path().filename().string(), std::string(std::istreambuf_iterator<char>(in), {})});
  }
  return out;
}

/// An installation of 300 people with the four directives.
class DemoWorld : public testing_support::PeopleWorld {
 public:
  DemoWorld() : PeopleWorld(all_migrations()) {
    clock.set_wall(start_of(province.today) + std::chrono::hours(9));
    follow(accounts);
    follow(credentials);
    follow(directives);
    must(apply(province, services, by));
    const accounts::NamesAt names(*accounts.snapshot(), *people->snapshot(), clock.now());
    for (const std::string& text : must(demo_directives(templates(), province.today))) {
      const auto directive = must(directives::parse_directive(text, "demo"));
      must(directives.add(by, directive, names, "demo"));
    }
    must(confirm_for_allowed(directives, credentials, by));
  }

  const credentials::Login& login(const std::string& name) { return *credentials.snapshot()->named(name); }

  policy::Decision decision(const std::string& name) {
    const Instant now = clock.now();
    const auto set = directives.policies(now);
    const auto known = accounts.snapshot();
    std::vector<policy::AccountFacts> facts;
    for (const AccountId& id : known->opened_by(login(name).id)) {
      const auto account = known->account(id).value();
      const auto directory = people->snapshot();
      const auto units = people::units_above(*directory, accounts::unit_at(account, *directory, now), now);
      const auto groups = people::groups_of(*directory, account.holder, now);
      facts.push_back({set->effective({.units = units,
                                       .system = account.system,
                                       .kind = account.kind,
                                       .groups = groups,
                                       .waived = accounts::waived_for(account, *known, now)}),
                       account.created_at, account.wanted});
    }
    const auto confirmed = directives.snapshot()->confirmations_of(login(name).holder);
    return policy::decide({login(name).password, login(name).state, facts, confirmed.read, confirmed.signed_statements,
                           confirmed.knows_of_monitoring},
                          *set, {}, now);
  }

  /// The reasons for which the password must be changed now.
  std::vector<policy::ChangeReason> reasons(const std::string& name) {
    std::vector<policy::ChangeReason> out;
    for (const auto& step : decision(name).steps)
      if (step.kind == policy::StepKind::ChangePassword) out.push_back(*step.reason);
    return out;
  }

  Province province = make_province(300, 5, *parse_date("2026-11-16"));
  credentials::HashingPool pool{{}, clock};
  accounts::Accounts accounts{*store, log, *people, *keys, clock, random};
  credentials::Credentials credentials{*store, log, *keys, pool, {.memory_kib = 64}, clock, random};
  directives::Directives directives{*store, log, *people, clock, random};
  Services services{*people, accounts, credentials, *keys, random};
};

DemoWorld& world() {
  static const auto made = std::make_unique<DemoWorld>();
  return *made;
}

using policy::ChangeReason;
using policy::Verdict;

TEST(ApplyDemo, SnapshotsHoldWhatTheProvinceSays) {
  auto& at = world();
  const Province& province = at.province;
  EXPECT_EQ(at.people->snapshot()->units().size(), province.units.size());
  EXPECT_EQ(at.people->snapshot()->people().size(), province.people.size());
  EXPECT_EQ(at.accounts.snapshot()->account_count(), province.accounts.size());
  EXPECT_EQ(at.accounts.snapshot()->systems().size(), province.systems.size());
  EXPECT_EQ(at.credentials.snapshot()->all().size(), province.logins.size());
  for (const Account& account : province.accounts) {
    if (account.wanted == policy::LifecycleState::Closed) continue;
    const auto known = at.accounts.snapshot();
    const auto system = known->system_coded(province.systems[account.system].code)->id;
    const auto written = known->account(known->account_named(system, account.user_name).value()).value();
    EXPECT_EQ(written.wanted, account.wanted);
    EXPECT_EQ(written.kind, account.kind);
    EXPECT_EQ(written.created_at, account.created_at);
    EXPECT_EQ(written.holder.is_nil(), account.holder == kNone);
    if (account.holder != kNone) {
      EXPECT_EQ(at.people->snapshot()->person(written.holder)->person.name,
                province.people[account.holder].details.name);
    }
  }
}

TEST(ApplyDemo, LoginsHaveTheFactsOfTheProvince) {
  for (const Login& login : world().province.logins) EXPECT_EQ(world().login(login.user_name).password, login.password);
}

TEST(ApplyDemo, PostingsAndTheDeskGroupAreInTheDirectory) {
  auto& at = world();
  const auto directory = at.people->snapshot();
  const Instant now = at.clock.now();
  directory->groups().for_each([](const GroupId&, const people::Group& group) { EXPECT_EQ(group.code, "mot-cua"); });
  std::size_t at_desks = 0, wanted = 0, postings = 0, wanted_postings = 0;
  for (const Person& person : at.province.people) {
    wanted += person.at_a_desk && person.at_a_desk->contains(now) ? 1 : 0;
    wanted_postings += person.postings.size();
  }
  directory->people().for_each([&](const PersonId& id, const people::PersonRecord& record) {
    at_desks += people::groups_of(*directory, id, now).size();
    postings += record.postings.size();
  });
  EXPECT_GT(at_desks, 3U);
  EXPECT_EQ(at_desks, wanted);
  EXPECT_EQ(postings, wanted_postings);
  EXPECT_TRUE(people::stranded_postings(*directory, now).empty());
}

TEST(ApplyDemo, KnownPasswordsOpenTheirOwnLoginAndNoOther) {
  auto& at = world();
  for (const KnownLogin& known : at.province.known) {
    EXPECT_TRUE(must(at.credentials.check(&at.login(known.user_name), known.user_name, Secret(known.password), 1)));
    EXPECT_EQ(at.login(known.user_name).password, known.facts);
  }
  const std::string& other = at.province.known[1].password;
  EXPECT_FALSE(must(at.credentials.check(&at.login("annv"), "annv", Secret(other), 1)));
}

TEST(ApplyDemo, TheGateAnswersEachKnownLoginAsItsDescriptionSays) {
  auto& at = world();
  EXPECT_EQ(at.decision("annv").verdict, Verdict::Allowed);
  EXPECT_EQ(at.decision("giangvt").verdict, Verdict::Allowed);
  EXPECT_EQ(at.decision("quantri").verdict, Verdict::Allowed);
  EXPECT_EQ(at.reasons("binhtt"), std::vector{ChangeReason::Issued});
  EXPECT_EQ(at.reasons("cuonglv"), std::vector{ChangeReason::Expired});
  EXPECT_EQ(at.reasons("hoant"), std::vector{ChangeReason::Suspected});
  EXPECT_EQ(at.decision("dungpt").verdict, Verdict::Refused);
  EXPECT_EQ(at.decision("dungpt").refusal.reason, policy::RefusalReason::Cutoff);
}

TEST(ApplyDemo, TheOfficerOfTheDeskIsToldOfTheMonthlyChangeBeforeItFires) {
  const auto notices = world().decision("giangvt").notices;
  ASSERT_FALSE(notices.empty());
  EXPECT_EQ(notices.front().reason, ChangeReason::Expired);
  EXPECT_TRUE(world().decision("annv").notices.empty());
}

TEST(ApplyDemo, IsRefusedWhereSomethingIsKnownAlready) {
  auto& at = world();
  const auto again = apply(at.province, at.services, at.by);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().kind(), ErrorKind::Conflict);
  EXPECT_EQ(at.people->snapshot()->people().size(), at.province.people.size());
}

TEST(DemoDirectives, AreAdoptedByTheTreeThatTheyBindWithACutoffOfThreeDaysAgo) {
  const Date today = *parse_date("2026-11-16");
  std::size_t cutoffs = 0;
  for (const std::string& text : must(demo_directives(templates(), today))) {
    const auto directive = must(directives::parse_directive(text, "demo"));
    EXPECT_EQ(directive.adopted_by, directive.code == "VB" ? "tinhuy" : "tinh");
    EXPECT_EQ(directive.from, directive.code == "LA" ? parse_date("2026-10-17") : parse_date("2026-07-16"));
    for (const auto& clause : directive.clauses)
      for (const auto& control : clause.controls)
        if (control.kind == policy::Kind::PasswordCutoff) {
          EXPECT_EQ(std::get<std::string>(policy::raw_of(control).at("date")), "2026-11-13");
          ++cutoffs;
        }
  }
  EXPECT_EQ(cutoffs, 2U);
}

}  // namespace
}  // namespace khien::demo
