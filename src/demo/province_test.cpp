#include "demo/province.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "base/digest.h"
#include "base/encoding.h"
#include "base/vietnamese.h"
#include "credentials/guessable.h"
#include "credentials/login.h"
#include "people/timeline.h"

namespace khien::demo {
namespace {

const Date kToday = *parse_date("2026-11-16");

const Province& two_thousand() {
  static const Province kMade = make_province(2000, 7, kToday);
  return kMade;
}

TEST(Province, HasAsManyPeopleAsAskedFor) {
  for (const std::size_t people : {10U, 11U, 300U, 2000U})
    EXPECT_EQ(make_province(people, 1, kToday).people.size(), people);
  EXPECT_EQ(make_province(0, 1, kToday).people.size(), 10U);
}

TEST(Province, IsTheSameForTheSameNumberAndSeedAndAnotherForAnotherSeed) {
  const auto digest = [](std::uint64_t seed) {
    const auto text = canonical(make_province(2000, seed, kToday));
    return hex(sha256(bytes_of(text)));
  };
  EXPECT_EQ(digest(7), digest(7));
  EXPECT_NE(digest(7), digest(8));
}

TEST(Province, NamesAreNfcAndHaveTwoWordsOrMore) {
  for (const Person& person : two_thousand().people) {
    EXPECT_EQ(nfc(person.details.name), person.details.name);
    EXPECT_GE(words(person.details.name).size(), 2U) << person.details.name;
    EXPECT_TRUE(people::clean(person.details, kToday).has_value()) << person.details.name;
  }
}

TEST(Province, UserNamesAreUniqueAndAsTheGateTakesThem) {
  std::set<std::string> names;
  for (const Login& login : two_thousand().logins) {
    EXPECT_TRUE(names.insert(login.user_name).second) << login.user_name;
    EXPECT_EQ(credentials::clean_user_name(login.user_name).value_or(""), login.user_name);
  }
}

TEST(Province, UserNamesFollowTheRuleWithANumberWhereTheyMeet) {
  const auto& people = two_thousand().people;
  std::size_t numbered = 0;
  for (std::size_t i = 7; i < people.size(); ++i) {
    const std::string base = user_name_of(people[i].details.name);
    ASSERT_TRUE(people[i].user_name.starts_with(base)) << people[i].user_name;
    const std::string rest = people[i].user_name.substr(base.size());
    EXPECT_EQ(rest.find_first_not_of("0123456789"), std::string::npos);
    numbered += rest.empty() ? 0 : 1;
  }
  EXPECT_GT(numbered, 100U);
}

TEST(Province, IdentityNumbersAreUniqueHaveTwelveDigitsAndBelongToNoRealProvince) {
  std::set<std::string> numbers;
  for (const Person& person : two_thousand().people) {
    const auto& number = person.details.secret.identity_number;
    if (number.empty()) continue;
    EXPECT_EQ(number.size(), 12U);
    EXPECT_EQ(number.find_first_not_of("0123456789"), std::string::npos);
    EXPECT_TRUE(number.starts_with("099"));
    EXPECT_TRUE(numbers.insert(number).second) << number;
  }
}

TEST(Province, EveryPostingLiesWithinTheLifeOfItsUnitAndNoTwoHoldAtOnce) {
  const Province& province = two_thousand();
  for (const Person& person : province.people) {
    ASSERT_FALSE(person.postings.empty());
    EXPECT_TRUE(people::is_disjoint(person.postings));
    for (const Posting& posting : person.postings) {
      EXPECT_FALSE(posting.valid.is_empty());
      EXPECT_TRUE(people::covers(province.units[posting.unit].versions, posting.valid))
          << person.user_name << " " << province.units[posting.unit].versions.front().name;
    }
  }
}

TEST(Province, EveryAbolishedUnitHasASuccessorThatLives) {
  const Province& province = two_thousand();
  std::set<Index> succeeded;
  for (const Succession& one : province.successions) {
    succeeded.insert(one.old);
    EXPECT_NE(people::item_at(province.units[one.successor].versions, one.at), nullptr);
  }
  std::size_t abolished = 0;
  for (Index i = 0; i < province.units.size(); ++i) {
    if (!province.units[i].versions.back().valid.to) continue;
    ++abolished;
    EXPECT_TRUE(succeeded.contains(i)) << province.units[i].versions.back().name;
  }
  EXPECT_GT(abolished, 50U);
}

TEST(Province, SomeCodesAreBorneByAnotherUnitAfterTheReorganisation) {
  std::map<std::string, std::set<Index>> bearers;
  const Province& province = two_thousand();
  for (Index i = 0; i < province.units.size(); ++i)
    for (const auto& version : province.units[i].versions) bearers[version.code].insert(i);
  EXPECT_GT(std::ranges::count_if(bearers, [](const auto& one) { return one.second.size() > 1; }), 10);
}

TEST(Province, HasEveryKindOfDirtFromAThousandPeopleOn) {
  for (const std::size_t people : {1000U, 1717U, 5000U}) {
    const Dirt dirt = make_province(people, 3, kToday).dirt;
    EXPECT_GT(dirt.leavers_with_open_accounts, 0U);
    EXPECT_GT(dirt.accounts_of_nobody, 0U);
    EXPECT_GT(dirt.namesakes_in_one_unit, 0U);
    EXPECT_GT(dirt.second_accounts, 0U);
    EXPECT_GT(dirt.without_identity_number, 0U);
    EXPECT_GT(dirt.accounts_in_abolished_units, 0U);
    EXPECT_GT(dirt.names_in_capitals, 0U);
  }
}

TEST(Province, EachPersonHasThreeOrFourAccountsOnAverage) {
  const double each = static_cast<double>(two_thousand().accounts.size()) / 2000;
  EXPECT_GT(each, 2.8);
  EXPECT_LT(each, 4.2);
}

TEST(Province, EvenTheSmallestHasTheSevenKnownLoginsWithDistinctStrongPasswordsBehindTheGate) {
  const Province province = make_province(10, 1, kToday);
  std::set<std::string> names;
  std::set<std::string> passwords;
  for (const KnownLogin& known : province.known) {
    names.insert(known.user_name);
    passwords.insert(known.password);
    const Person& holder = province.people[province.logins[known.login].holder];
    const credentials::GuessContext context{.user_names = {known.user_name}, .full_name = holder.details.name};
    EXPECT_FALSE(credentials::why_guessable(known.password, context).has_value());
    std::set<std::string> systems;
    for (const Account& account : province.accounts)
      if (account.login == known.login) systems.insert(province.systems[account.system].code);
    EXPECT_TRUE(systems.contains("tthc") && systems.contains("qlvb")) << known.user_name;
  }
  EXPECT_EQ(names, (std::set<std::string>{"annv", "binhtt", "cuonglv", "dungpt", "hoant", "giangvt", "quantri"}));
  EXPECT_EQ(passwords.size(), 7U);
}

TEST(Province, PasswordsAreOfEverySort) {
  std::size_t issued = 0, unknown = 0, old = 0, suspected = 0, six = 0, closed = 0, suspended = 0;
  for (const Login& login : two_thousand().logins) {
    const auto& facts = login.password;
    issued += facts.state == policy::PasswordState::Issued ? 1 : 0;
    unknown += facts.changed_at ? 0 : 1;
    old += facts.changed_at && *facts.changed_at < add(start_of(kToday), {.months = -6}) ? 1 : 0;
    suspected += facts.suspected_at ? 1 : 0;
    six += facts.rule_min_length == 6 ? 1 : 0;
    closed += login.state == policy::LifecycleState::Closed ? 1 : 0;
    suspended += login.state == policy::LifecycleState::Suspended ? 1 : 0;
  }
  for (const std::size_t count : {issued, unknown, old, suspected, six, closed, suspended}) EXPECT_GT(count, 3U);
}

}  // namespace
}  // namespace khien::demo
