#include "audit/feed.h"

#include <map>

#include "audit/testing.h"

namespace khien::audit {
namespace {

constexpr std::array<std::string_view, 2> kKinds{"thing", "things"};
using Things = std::map<std::string, std::int64_t>;

/// A table of numbers that follows the log, and counts what it reads.
class Counting final : public Followed<Things> {
 public:
  explicit Counting(store::Store& store) : Followed(store, kKinds) {}

  int all = 0;
  std::vector<std::string> single;
  bool fails_all = false;
  bool fails_single = false;

 private:
  Result<Things> read_all(store::Reader& reader) override {
    static constexpr store::Sql kAll{"select id, value from thing", "ti"};
    ++all;
    if (fails_all) return Failure(Error::internal("no table today"));
    Things things;
    reader.each(kAll, [&](const store::Row& row) { things[row.string(0)] = row.integer(1); });
    return things;
  }
  Result<void> read_anew(store::Reader& reader, Things& things, const Subject& subject) override {
    static constexpr store::Sql kOne{"select value from thing where id = :1", "i"};
    const std::string id(subject.id);
    single.push_back(id);
    things.erase(id);
    reader.first(kOne, [&](const store::Row& row) { things[id] = row.integer(0); }, id);
    if (fails_single) return Failure(Error::internal("no row today"));
    return {};
  }
};

class Feed : public testing_support::Installation {
 protected:
  void SetUp() override {
    Installation::SetUp();
    change_schema("create table thing (id text not null primary key, value bigint not null)");
    things_.emplace(*store_);
  }
  void TearDown() override {
    things_.reset();
    Installation::TearDown();
  }

  /// Writes the row, with an entry about it.
  Result<void> put(const std::string& id, int value) {
    static constexpr store::Sql kPut{"insert or replace into thing (id, value) values (:1, :2)"};
    return store_->write([&](store::Transaction& tx) -> Result<void> {
      tx.execute(kPut, id, value);
      Entry entry = some_entry(value);
      entry.subject = "thing/" + id;
      log_->record(tx, entry);
      return {};
    });
  }

  static Change change(std::string subject) { return {0, "thing.changed", std::move(subject)}; }

  std::optional<Counting> things_;
};

TEST_F(Feed, WhoeverWasAnsweredSeesHisChangeAndOnlyWhatIsNamedIsReadAnew) {
  ASSERT_TRUE(put("old", 1));
  ASSERT_TRUE(things_->load());
  follow(*log_, {&*things_});
  const auto before = things_->snapshot();
  ASSERT_TRUE(put("a", 2));
  EXPECT_EQ(*things_->snapshot(), (Things{{"old", 1}, {"a", 2}}));
  ASSERT_TRUE(put("a", 3));
  EXPECT_EQ(*things_->snapshot(), (Things{{"old", 1}, {"a", 3}}));
  ASSERT_TRUE(record(1));  // about a login
  EXPECT_EQ(*before, (Things{{"old", 1}}));
  EXPECT_EQ(things_->all, 1);
  EXPECT_EQ(things_->single, (std::vector<std::string>{"a", "a"}));
}

TEST_F(Feed, AStarOrThousandsOfSubjectsAreOneReadingOfEverything) {
  ASSERT_TRUE(things_->load());
  ASSERT_TRUE(put("a", 2));
  ASSERT_TRUE(things_->apply(std::array{change("thing/b"), change("things/*")}));
  EXPECT_EQ(*things_->snapshot(), (Things{{"a", 2}}));
  std::vector<Change> many;
  for (int i = 0; i < 6000; ++i) many.push_back(change("thing/" + std::to_string(i)));
  ASSERT_TRUE(things_->apply(many));
  EXPECT_EQ(things_->all, 3);
  EXPECT_TRUE(things_->single.empty());
}

TEST_F(Feed, EverySubjectIsReadOnceAndOthersArePassedOver) {
  const std::array changes{change("thing/b"), change("thing/a"), change("thing/b"),
                           change("thing"),   change("login/a"), change("thinglike/a")};
  const Touched touched = touched_by(changes, kKinds);
  EXPECT_EQ(touched.subjects, (std::vector<Subject>{{"thing", "a"}, {"thing", "b"}}));
  EXPECT_FALSE(touched.everything);
}

TEST_F(Feed, WhatCannotBeReadAloneIsReadWithEverythingElse) {
  ASSERT_TRUE(things_->load());
  ASSERT_TRUE(put("a", 2));
  things_->fails_single = true;
  ASSERT_TRUE(things_->apply(std::array{change("thing/a")}));
  EXPECT_EQ(*things_->snapshot(), (Things{{"a", 2}}));
  EXPECT_EQ(things_->all, 2);
}

TEST_F(Feed, AfterAFailureTheOldValueStaysAndTheNextCallReadsEverything) {
  ASSERT_TRUE(put("a", 1));
  ASSERT_TRUE(things_->load());
  ASSERT_TRUE(put("a", 2));
  things_->fails_single = true;
  things_->fails_all = true;
  EXPECT_FALSE(things_->apply(std::array{change("thing/a")}));
  EXPECT_EQ(*things_->snapshot(), (Things{{"a", 1}}));
  things_->fails_all = false;
  ASSERT_TRUE(things_->apply(std::array{change("login/a")}));
  EXPECT_EQ(*things_->snapshot(), (Things{{"a", 2}}));
}

TEST_F(Feed, BeforeTheFirstLoadAChangeReadsEverything) {
  ASSERT_TRUE(put("a", 1));
  ASSERT_TRUE(things_->apply(std::array{change("login/a")}));
  EXPECT_EQ(*things_->snapshot(), (Things{{"a", 1}}));
}

TEST_F(Feed, LoadingSeveralGivesTheErrorOfTheFirstAndLoadsTheOthersAllTheSame) {
  ASSERT_TRUE(put("a", 1));
  Counting broken(*store_);
  broken.fails_all = true;
  const std::array<Follower*, 2> both{&broken, &*things_};
  const auto loaded = load(both);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().detail(), "no table today");
  EXPECT_EQ(*things_->snapshot(), (Things{{"a", 1}}));
  broken.fails_all = false;
  EXPECT_TRUE(load(both));
}

TEST_F(Feed, AFollowerThatFailsEndsTheProcessBeforeTheWriterIsAnswered) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        ASSERT_TRUE(things_->load());
        follow(*log_, {&*things_});
        things_->fails_single = true;
        things_->fails_all = true;
        static_cast<void>(put("a", 2));
        std::_Exit(0);  // answered: what must not be
      },
      "could not follow the log.*no table today");
}

}  // namespace
}  // namespace khien::audit
