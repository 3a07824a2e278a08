#include "audit/show.h"

#include "audit/testing.h"

namespace khien::audit {
namespace {

using testing_support::noon;

const NameOf nobody = [](std::string_view, Instant) { return std::nullopt; };

struct Show : testing_support::Installation {
  std::vector<ShownEntry> shown(const EntryQuery& query, const store::Keyring* keyring = nullptr) {
    std::vector<ShownEntry> out;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) {
      return each_shown(reader, query, keyring, [&](const ShownEntry& entry) { out.push_back(entry); });
    }));
    return out;
  }
  template <class Read>
  void must_read(Read&& read) {
    ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Result<void> {
      read(reader);
      return {};
    }));
  }
};

TEST_F(Show, FindsByNumberTimeTypeAndSubject) {
  record_many(1500);
  ASSERT_TRUE(record_personal(3));
  EXPECT_EQ(shown({}).size(), 1501U);
  EXPECT_EQ(shown({.from_leaf = 10, .to_leaf = 20}).front().leaf, 10U);
  EXPECT_EQ(shown({.from_leaf = 10, .to_leaf = 20}).size(), 10U);
  EXPECT_EQ(shown({.limit = 3}).size(), 3U);
  EXPECT_EQ(shown({.type_prefix = "person."}).at(0).leaf, 1500U);
  EXPECT_EQ(shown({.from_leaf = 1400, .type_prefix = "password."}).size(), 100U);
  EXPECT_EQ(shown({.subjects = {"login/1"}}).size(), 215U);
  EXPECT_EQ(shown({.from_leaf = 700, .subjects = {"login/1"}}).size(), 115U);
  EXPECT_TRUE(shown({.subjects = {"login/"}}).empty());
  EXPECT_EQ(shown({.subjects = {"login/1", "login/2"}, .limit = 250}).size(), 250U);
  EXPECT_EQ(shown({.subjects = {"login/1", "login/2"}}).size(), 429U);
  EXPECT_EQ(shown({.from = noon() + std::chrono::seconds(5), .to = noon() + std::chrono::seconds(7)}).size(), 2U);
}

TEST_F(Show, ALineForMachinesHoldsTheExactBytes) {
  ASSERT_TRUE(record(1));
  const auto entry = shown({}).at(0);
  EXPECT_EQ(json_line(entry), "{\"leaf\":0,\"entry\":" + *encode(some_entry(1), {}) + "}");
}

TEST_F(Show, PersonalFactsAppearOnlyToWhoBringsTheKeysAndOnlyUntilTheyAreErased) {
  ASSERT_TRUE(record_personal(1));
  EXPECT_TRUE(shown({}).at(0).personal.empty());
  const auto opened = shown({}, keyring_.get()).at(0);
  ASSERT_EQ(opened.personal.size(), 2U);
  EXPECT_EQ(opened.personal[0].value, "Trần Thị 1");
  EXPECT_TRUE(json_line(opened).ends_with(R"(,"personal":{"name":"Trần Thị 1","identity_number":"001"}})"));
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    log_->erase_person(tx, person(1), Actor::clock(), noon());
    return {};
  }));
  EXPECT_TRUE(shown({}, keyring_.get()).at(0).personal.empty());
}

TEST_F(Show, ALineForPersonsSpeaksTheirLanguageAndMovesNoCursor) {
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    Entry entry = some_entry(0);
    entry.facts = {{"user", "a\x1b[2Jb"}};
    log_->record(tx, entry);
    return {};
  }));
  const auto entry = shown({}).at(0);
  EXPECT_EQ(human_line(entry, Language::English, nobody),
            "0  2023-11-15T05:13:20+07:00  password.changed  changed  login/0  clock  §123/UBND#2  user=a\\u001b[2Jb");
  EXPECT_NE(human_line(entry, Language::Vietnamese, nobody).find("đến hạn"), std::string::npos);
}

TEST_F(Show, ALineForPersonsNamesWhatIsKnownWhereverItStandsAndMovesNoCursor) {
  const std::string known = person(1).text();
  const std::string other = person(2).text();
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    Entry entry = some_entry(0);
    entry.subject = "login/" + known;
    entry.actor = {Actor::Kind::Login, known};
    entry.clauses = {};
    entry.facts = {{"user", known + "," + other + " " + known + "/LA-13  x" + known}};
    log_->record(tx, entry);
    return {};
  }));
  const NameOf names = [&](std::string_view id, Instant at) -> std::optional<std::string> {
    EXPECT_EQ(iso(at), "2023-11-15T05:13:20+07:00");
    return id == known ? std::optional<std::string>("an\x1bnv") : std::nullopt;
  };
  EXPECT_EQ(human_line(shown({}).at(0), Language::English, names),
            "0  2023-11-15T05:13:20+07:00  password.changed  changed  login/an\\u001bnv  login an\\u001bnv  "
            "user=an\\u001bnv," +
                other + " an\\u001bnv/LA-13  x" + known);
  EXPECT_TRUE(json_line(shown({}).at(0)).contains(known)) << "machines get the ids";
}

TEST_F(Show, WhatNamesAnIdIsAboutItAndWhatOnlyHoldsItsLettersIsNot) {
  const auto id = [](unsigned char n) { return person(n).text(); };
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    const auto put = [&](auto&& change) {
      Entry entry = some_entry(100);
      change(entry);
      log_->record(tx, entry);
    };
    put([&](Entry& e) { e.actor = Actor::person(person(1)); });
    put([&](Entry& e) { e.subject = "person/" + id(1); });
    put([&](Entry& e) { e.person = person(1), e.personal = {{"name", "Lan"}}; });
    put([&](Entry& e) { e.facts = {{"of", "person/" + id(1)}}; });
    put([&](Entry& e) { e.facts = {{"named_users", id(2) + " " + id(1)}}; });
    put([&](Entry& e) { e.clauses = {id(1) + "/LA-13"}; });
    put([&](Entry& e) { e.facts = {{"reason", "x" + id(1)}}; });
    put([&](Entry& e) { e.facts = {{"holder", id(2)}}; });
    return {};
  }));
  EXPECT_EQ(shown({.about = {id(1)}}).size(), 6U);
  EXPECT_EQ(shown({.about = {id(2)}}).size(), 2U);
  EXPECT_EQ(shown({.about = {id(1), id(2)}}).size(), 7U);
  EXPECT_EQ(shown({.subjects = {"person/" + id(1)}, .about = {id(1)}}).size(), 1U);
  EntryQuery newest{.about = {id(1)}, .limit = 2};
  must_read([&](store::Reader& reader) { newest.from_leaf = first_of_newest(reader, newest); });
  EXPECT_EQ(newest.from_leaf, 4U) << "the entry in between is not about it";
}

TEST_F(Show, ALineInVietnameseSaysWhatTheCodesMean) {
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    Entry entry = some_entry(0);
    entry.facts = {{"was.holder", "x"}, {"reason", "y"}, {"rule_classes", "3"}};
    log_->record(tx, entry);
    return {};
  }));
  const std::string line = human_line(shown({}).at(0), Language::Vietnamese, nobody);
  EXPECT_NE(line.find("  password.changed (đổi mật khẩu)  đã thay đổi  "), std::string::npos) << line;
  EXPECT_NE(line.find("  người giữ trước đó=x  lý do=y  rule_classes=3"), std::string::npos) << line;
}

TEST_F(Show, AnEntryThatCannotBeReadIsAnError) {
  record_many(3);
  tamper("update audit_entry set bytes = '{}' where leaf = 1");
  const auto outcome =
      store_->read([&](store::Reader& reader) { return each_shown(reader, {}, nullptr, [](const ShownEntry&) {}); });
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().text().en.find("number 1"), std::string::npos);
}

}  // namespace
}  // namespace khien::audit
