#include "audit/encode.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/vietnamese.h"

namespace khien::audit {
namespace {

PersonId some_person() {
  PersonId id;
  id.bytes.fill(7);
  return id;
}

Entry password_changed() {
  return {.type = "password.changed",
          .at = instant_of(1730000000000001),
          .actor = {Actor::Kind::Login, "AAAAAAAAAAAAAAAAAAAAAA"},
          .subject = "login/AAAAAAAAAAAAAAAAAAAAAA",
          .clauses = {"123/UBND-NC#2.a", "45"},
          .facts = {{"min_length", "8"}, {"reason", "quá hạn \"90\" ngày\n"}},
          .result = "changed",
          .person = some_person(),
          .personal = {}};
}

constexpr const char* kPasswordChanged =
    R"({"v":1,"type":"password.changed","at":1730000000000001,"actor":{"kind":"login","id":"AAAAAAAAAAAAAAAAAAAAAA"},)"
    R"("subject":"login/AAAAAAAAAAAAAAAAAAAAAA","clauses":["123/UBND-NC#2.a","45"],)"
    R"("facts":{"min_length":"8","reason":"quá hạn \"90\" ngày\n"},"result":"changed",)"
    R"("person":"BwcHBwcHBwcHBwcHBwcHBw","commitments":{"name":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}})";

TEST(Encode, HasOneWrittenForm) {
  EXPECT_EQ(*encode(password_changed(), std::array{Commitment{"name", {}}}), kPasswordChanged);
  EXPECT_EQ(*encode({}, {}),
            R"({"v":1,"type":"","at":0,"actor":{"kind":"anonymous","id":""},"subject":"","clauses":[],"facts":{},)"
            R"("result":""})");
}

TEST(Encode, NamesTheSystemUserTheSecondPersonAndTheRequestInVersionTwo) {
  Entry entry{.actor = Actor::person(some_person())};
  entry.actor.system_user = "root";
  entry.actor.approver = some_person();
  entry.actor.request.emplace();
  const std::string bytes = *encode(entry, {});
  EXPECT_EQ(bytes,
            R"({"v":2,"type":"","at":0,"actor":{"kind":"person","id":"BwcHBwcHBwcHBwcHBwcHBw","system_user":"root",)"
            R"("approver":"BwcHBwcHBwcHBwcHBwcHBw","request":"AAAAAAAAAAAAAAAAAAAAAA"},"subject":"",)"
            R"("clauses":[],"facts":{},"result":""})");
  std::string older = bytes;
  older.replace(older.find("\"v\":2"), 5, "\"v\":1");
  EXPECT_FALSE(decode(older));
  EXPECT_TRUE(decode(bytes));
}

TEST(Encode, DecodingGivesBackWhatWentIn) {
  const auto stored = decode(kPasswordChanged);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->entry.type, "password.changed");
  EXPECT_EQ(micros_of(stored->entry.at), 1730000000000001);
  EXPECT_EQ(stored->entry.actor.kind, Actor::Kind::Login);
  EXPECT_EQ(stored->entry.clauses, (std::vector<std::string>{"123/UBND-NC#2.a", "45"}));
  ASSERT_EQ(stored->entry.facts.size(), 2U);
  EXPECT_EQ(stored->entry.facts[1].value, "quá hạn \"90\" ngày\n");
  EXPECT_EQ(stored->entry.person, some_person());
  ASSERT_EQ(stored->commitments.size(), 1U);
}

TEST(Encode, RefusesWhatCannotBeReadBack) {
  Entry twice = password_changed();
  twice.facts.push_back({"reason", "x"});
  EXPECT_FALSE(encode(twice, {}));
  Entry nobody = password_changed();
  nobody.person.reset();
  EXPECT_FALSE(encode(nobody, std::array{Commitment{"name", {}}}));
  Entry not_text = password_changed();
  not_text.result = "\xff";
  EXPECT_FALSE(encode(not_text, {}));
  Entry long_one = password_changed();
  long_one.result = std::string(kMostEntryBytes, 'x');
  EXPECT_FALSE(encode(long_one, {}));
  EXPECT_FALSE(encode(password_changed(), std::array{Commitment{"a", {}}, Commitment{"a", {}}}));
}

TEST(Encode, DecodingAcceptsNoOtherWrittenForm) {
  const std::string good = *encode({.type = "a", .facts = {{"x", "1"}, {"y", "2"}}}, {});
  ASSERT_TRUE(decode(good));
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string bytes = good;
    bytes.replace(bytes.find(from), from.size(), to);
    return bytes;
  };
  for (const auto& bad : {with("\"v\":1", "\"v\":2"), with("\"at\":0", "\"at\":00"), with("\"at\":0", "\"at\":-0"),
                          with("\"at\":0", "\"at\":1e3"), with("\"a\"", "\"\\u0061\""), with("\"a\"", "\"\\/\""),
                          with("\"a\"", "\"\\u000a\""), with("\"a\"", "\"\\u001F\""), with("\"y\"", "\"x\""),
                          with(",", ", "), with("anonymous", "somebody"), with("\"a\"", "\"\n\""), good + "\n",
                          good + "}", good.substr(0, good.size() - 1), std::string(), with("\"a\"", "\"\xc0\x80\"")})
    EXPECT_FALSE(decode(bad)) << bad;
  EXPECT_TRUE(decode(with("\"a\"", "\"\\u001f\\n\"")));
}

TEST(Encode, ACommitmentDependsOnSaltNameAndValueAndOnWhereTheyMeet) {
  Salt salt{};
  const Digest digest = commit_to(salt, "name", "value");
  EXPECT_EQ(digest, sha256(*from_hex("02" + std::string(64, '0') + "00000004" + "6e616d65" + "76616c7565")));
  EXPECT_NE(digest, commit_to(salt, "namev", "alue"));
  salt[0] = 1;
  EXPECT_NE(digest, commit_to(salt, "name", "value"));
}

rc::Gen<std::string> any_text() {
  return rc::gen::map(rc::gen::container<std::string>(rc::gen::inRange('\0', '\x7f')),
                      [](std::string text) { return text + (text.size() % 2 == 0 ? "Ệ" : ""); });
}

RC_GTEST_PROP(EncodeLaws, DecodingIsTheInverseOfEncoding, ()) {
  Entry entry;
  entry.type = *any_text();
  entry.at = instant_of(*rc::gen::arbitrary<std::int64_t>());
  entry.actor = {*rc::gen::element(Actor::Kind::Person, Actor::Kind::Clock, Actor::Kind::Operator), *any_text()};
  if (*rc::gen::arbitrary<bool>()) entry.actor.system_user = *any_text();
  entry.actor.break_glass = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) entry.actor.approver = some_person();
  if (*rc::gen::arbitrary<bool>()) entry.actor.request.emplace();
  entry.subject = *any_text();
  entry.clauses = *rc::gen::container<std::vector<std::string>>(any_text());
  const auto names = *rc::gen::unique<std::vector<std::string>>(any_text());
  for (const auto& name : names) entry.facts.push_back({name, *any_text()});
  entry.result = *any_text();
  std::vector<Commitment> commitments;
  if (*rc::gen::arbitrary<bool>()) {
    entry.person = some_person();
    for (const auto& name : names) commitments.push_back({name, sha256(bytes_of(name))});
  }
  const auto bytes = encode(entry, commitments);
  RC_ASSERT(bytes.has_value());
  const auto stored = decode(*bytes);
  RC_ASSERT(stored.has_value());
  RC_ASSERT(*encode(stored->entry, stored->commitments) == *bytes);
  RC_ASSERT(stored->entry.actor == entry.actor);
  RC_ASSERT(stored->entry.clauses == entry.clauses);
  RC_ASSERT(stored->entry.result == entry.result);
  RC_ASSERT(stored->commitments.size() == commitments.size());
}

}  // namespace
}  // namespace khien::audit
