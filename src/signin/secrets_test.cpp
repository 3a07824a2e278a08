// What the answers to refused passwords tell of the holder's sealed numbers, to whoever knows one password.
#include <gtest/gtest.h>

#include <set>

#include <fmt/format.h>

#include "signin/testing.h"

namespace khien::signin {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing_support::must;
using Next = Progress::Next;

constexpr int kADay = 10;

std::string digits(Random& random, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += static_cast<char>('0' + random.below(10));
  return out;
}

people::PrivateFacts random_facts(Random& random) {
  return {
      parse_date(fmt::format("{}-{:02}-{:02}", 1960 + random.below(45), 1 + random.below(12), 1 + random.below(28))),
      digits(random, 12), "09" + digits(random, 8)};
}

/// What somebody types who looks for these numbers: pieces of them, near what is just strong enough, and anything else.
std::string candidate(Random& random, const people::PrivateFacts& facts) {
  const std::array<std::string, 7> pieces{facts.identity_number,
                                          facts.identity_number.substr(3),
                                          facts.identity_number.substr(6),
                                          facts.identity_number.substr(8),
                                          facts.phone.substr(4),
                                          facts.phone.substr(6),
                                          facts.birth_date->text().substr(0, 4)};
  const std::array<std::string, 6> heads{"", "kqzw", "Kq#", "Kz.w", "Xq7#", "Bvq!w"};
  std::string out = heads[random.below(heads.size())];
  if (random.below(4) == 0) out += digits(random, 4 + random.below(5));
  if (random.below(5) != 0) out += pieces[random.below(pieces.size())];
  for (std::size_t more = random.below(4); more > 0; --more) out += static_cast<char>('a' + random.below(26));
  return out;
}

struct Answer {
  bool accepted = false;
  bool judged = false;  ///< by secrets, or it would have been
  std::string words;
  bool operator==(const Answer&) const = default;
};

/// A province with one holder of such facts, and whoever knows the password.
class World : public testing_support::SignInWorld {
 public:
  explicit World(const people::PrivateFacts& facts) {
    adopt("TP",
          {"password.composition, force: must, params: {min_length: 8, require: [upper, lower, digit, special]}"});
    const PersonId known = add_person("Trần Thị Bình", office, {}, facts);
    other = add_login("binh.tt", known, {mail});
    know_monitoring(known);
    set_password(other, kPassword);
    entries.clear();
  }

  Answer ask(const std::string& fresh) {
    clock.advance(std::chrono::seconds{1});
    if (!session) session = sign_in->session_of(give("binh.tt", present).session_cookie->reveal());
    const auto out = sign_in->change_password(*session, Secret(present), Secret(fresh), kHere);
    if (!out) return {false, true, out.error().text().vi};
    if (out->next == Next::Done) present = fresh;
    Answer answer{out->next == Next::Done, out->next == Next::Done, {}};
    for (const auto& problem : out->problems) {
      answer.words += problem.text.vi;
      answer.judged |= problem.is_by_secrets;
    }
    return answer;
  }
  /// The day after, with a new session.
  void next_day() {
    clock.advance(hours{24});
    session.reset();
  }

  LoginId other;
  std::string present{kPassword};
  std::optional<Session> session;
};

TEST(SecretsOfAHolder, NoAnswerBeyondThoseOfADayDependsOnThem) {
  int told = 0;
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    SeededRandom random(seed);
    const auto facts = random_facts(random);
    const auto others = random_facts(random);
    World one(facts);
    World two(others);
    std::set<std::string> asked;
    int judged = 0;
    while (asked.size() < 55) {
      const std::string fresh = candidate(random, random.below(2) == 0 ? facts : others);
      if (!asked.insert(fresh).second) continue;
      const Answer a = one.ask(fresh);
      const Answer b = two.ask(fresh);
      ASSERT_EQ(a.judged, b.judged) << seed << " " << fresh << ": " << a.words << " / " << b.words;
      if (a.judged && ++judged <= kADay) {
        told += a == b ? 0 : 1;
        continue;
      }
      ASSERT_EQ(a, b) << seed << " " << fresh << ": " << a.words << " / " << b.words;
      EXPECT_FALSE(a.accepted);
    }
    EXPECT_GT(judged, kADay);
  }
  EXPECT_GT(told, 3) << "no candidate met the numbers at all";
}

TEST(SecretsOfAHolder, APasswordThatARuleRefusesIsNotHeldAgainstThem) {
  World world({parse_date("1985-03-15"), "048085684030", "0912345678"});
  const auto words = [&](const std::string& fresh) { return world.ask(fresh).words; };
  // Without capitals and signs: the pieces of the number that the world knows and one that it does not.
  EXPECT_EQ(words("kqzw684030"), words("kqzw684031"));
  EXPECT_EQ(words("kqzw5684030"), words("kqzw7684030"));
  EXPECT_EQ(world.ask("Kq#zw684030").judged, true);
}

TEST(SecretsOfAHolder, TheReasonDoesNotTellThatItIsTheirs) {
  World world({parse_date("1985-03-15"), "048085684030", "0912345678"});
  const Answer number = world.ask("Kq#048085684030");
  EXPECT_TRUE(number.judged && !number.accepted) << number.words;
  const Answer common = world.ask("Matkhau@123");
  EXPECT_FALSE(common.judged);
  EXPECT_EQ(number.words, common.words);
}

TEST(SecretsOfAHolder, ManyWeakOnesAreFreeAndTheFirstOfAnHourIsRecorded) {
  World world({parse_date("1985-03-15"), "048085684030", "0912345678"});
  for (int i = 0; i < 40; ++i) EXPECT_FALSE(world.ask("Matkhau@" + std::to_string(i)).judged);
  EXPECT_TRUE(world.ask("Mot-kieu.khac72").accepted) << "forty typed in vain keep nobody from a good one";
  EXPECT_EQ(world.count("password.change_refused"), 1U);
  world.ask("Kq#048085684030");
  EXPECT_EQ(world.count("password.change_refused"), 2U) << "judged by secrets: another sort";
  for (int i = 0; i < 30; ++i) world.ask("Matkhau@" + std::to_string(i));
  EXPECT_EQ(world.count("password.change_refused"), 3U) << "the limit on tries";
  world.clock.advance(minutes{61});
  EXPECT_TRUE(world.ask("Hai-kieu.khac73").accepted);
}

TEST(SecretsOfAHolder, TheDayAfterSomeMoreAnswersAreGiven) {
  World world({parse_date("1985-03-15"), "048085684030", "0912345678"});
  for (int i = 0; i < kADay; ++i) world.ask("Kq#04808568403" + std::to_string(i));
  const Answer over = world.ask("Kq#wz048085684030");
  EXPECT_TRUE(over.judged && !over.accepted);
  EXPECT_EQ(over, world.ask("Mot-kieu.khac72"));
  world.next_day();
  EXPECT_TRUE(world.ask("Mot-kieu.khac72").accepted);
}

}  // namespace
}  // namespace khien::signin
