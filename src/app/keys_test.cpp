#include "app/keys.h"

#include <gtest/gtest.h>

#include "app/testing.h"
#include "audit/verify.h"

namespace khien::app {
namespace {

using store::Purpose;
using testing_support::must;

class KeysTest : public testing::Test, protected testing_support::AppWorld {
 protected:
  void SetUp() override {
    must(initialise());
    opened = must(open(Installation::Mode::Change));
  }
  void reopen() {
    opened.reset();
    opened = must(open(Installation::Mode::Change));
  }
  PersonId add_person(int number) {
    people::PersonDetails details;
    details.name = "Nguyễn Văn An";
    details.secret.identity_number = "0010900" + std::to_string(10000 + number);
    details.secret.birth_date = parse_date("1990-01-02");
    details.secret.phone = "0901234567";
    return must(opened->people().add_person(by, details));
  }
  std::int64_t uses_of(const std::string& id) {
    for (const auto& use : must(list_keys(*opened)))
      if (use.key.id == id) return use.uses;
    return -1;
  }
  audit::Report verify(std::vector<audit::VerifierKey> keys) {
    return must(opened->store().read([&](store::Reader& reader) {
      return audit::verify(reader, {.keys = std::move(keys), .keyring = &opened->keys()});
    }));
  }

  std::unique_ptr<Installation> opened;
};

TEST_F(KeysTest, PersonalDataStaysReadableThroughARotationAndMovesInBoundedBatches) {
  const auto first = add_person(1);
  for (int i = 2; i <= 500; ++i) add_person(i);
  const std::string old_field = opened->keys().current(Purpose::Field).id;
  const std::string old_digest = opened->keys().current(Purpose::Digest).id;
  must(rotate_key(*opened, by, Purpose::Field));
  must(rotate_key(*opened, by, Purpose::Digest));
  EXPECT_NE(opened->keys().current(Purpose::Field).id, old_field);
  EXPECT_EQ(must(opened->people().private_facts(first)).identity_number, "001090010001");
  EXPECT_EQ(must(opened->people().find_person_by_identity("001090010001")), first);
  EXPECT_EQ(uses_of(old_digest), 500);
  // The number of somebody whose mark is still under the old key is taken.
  people::PersonDetails twice;
  twice.name = "Trần Thị Bình";
  twice.secret.identity_number = "001090010001";
  EXPECT_FALSE(opened->people().add_person(by, twice));

  KeyRenewal interrupted(*opened);
  EXPECT_TRUE(must(interrupted.step()));
  EXPECT_EQ(uses_of(old_digest), 500 - static_cast<std::int64_t>(KeyRenewal::kBatch));
  reopen();  // a killed process: another one goes on with what is left
  KeyRenewal renewal(*opened);
  while (must(renewal.step())) {
  }
  EXPECT_EQ(uses_of(old_field), 0);
  EXPECT_EQ(uses_of(old_digest), 0);
  EXPECT_EQ(must(opened->people().private_facts(first)).phone, "0901234567");
  EXPECT_EQ(must(opened->people().find_person_by_identity("001090010001")), first);

  EXPECT_FALSE(remove_key(*opened, by, old_field)) << "a write may still be under way";
  clock.advance(kKeyKeptAfterReplacing);
  must(remove_key(*opened, by, old_field));
  must(remove_key(*opened, by, old_digest));
  reopen();
  EXPECT_EQ(must(opened->people().private_facts(first)).identity_number, "001090010001");
  EXPECT_TRUE(verify({opened->log().verifier_key()}).passed());
}

TEST_F(KeysTest, AKeyThatIsCurrentOrUsedIsNotRemoved) {
  add_person(1);
  const std::string old_field = opened->keys().current(Purpose::Field).id;
  EXPECT_FALSE(remove_key(*opened, by, old_field));
  must(rotate_key(*opened, by, Purpose::Field));
  clock.advance(kKeyKeptAfterReplacing);
  EXPECT_FALSE(remove_key(*opened, by, old_field)) << "rows use it";
  EXPECT_FALSE(remove_key(*opened, by, "AAAAAAAAAAAAAAAAAAAAAA"));
  EXPECT_FALSE(rotate_key(*opened, by, Purpose::Session));
}

TEST_F(KeysTest, WhoHoldsTheOldKeyOfTheLogChecksWhatTheNewOneSigns) {
  add_person(1);
  const auto old_key = opened->log().verifier_key();
  must(opened->log().sign_checkpoint(clock.now()));
  const Secret old_seed = opened->keys().current(Purpose::Log).bytes;
  must(rotate_key(*opened, by, Purpose::Log));
  clock.advance(std::chrono::hours(2));
  add_person(2);
  must(opened->log().sign_checkpoint(clock.now()));
  const auto new_key = opened->log().verifier_key();
  ASSERT_NE(old_key, new_key);
  for (const auto& held : {old_key, new_key}) {
    const auto report = verify({held});
    EXPECT_TRUE(report.passed()) << report.wrong->text.en;
    EXPECT_EQ(report.checkpoints, 3U);  // both, and the handover
  }
  reopen();
  add_person(3);
  EXPECT_TRUE(verify({old_key}).passed());

  // Who stole the old key signs no history after the handover.
  const audit::Checkpoint forged{.origin = old_key.name, .head = opened->log().head()};
  const auto report = must(opened->store().read([&](store::Reader& reader) {
    return audit::verify(reader, {.keys = {new_key},
                                  .keyring = &opened->keys(),
                                  .against = {{"forged", audit::sign_checkpoint(forged, old_key.name, old_seed)}}});
  }));
  ASSERT_FALSE(report.passed());
  EXPECT_NE(report.wrong->text.en.find("replaced"), std::string::npos) << report.wrong->text.en;
}

TEST_F(KeysTest, ANewRootKeyOpensAndTheOldOneIsNamed) {
  const auto person = add_person(1);
  const std::string fresh = (temporary.path() / "new-root.key").string();
  const std::string old_id = opened->keys().root_id();
  const std::string new_id = must(rewrap_keys(*opened, by, fresh));
  must(rotate_key(*opened, by, Purpose::Field));  // under the new one, without a restart
  opened.reset();
  const auto refused = open(Installation::Mode::Change);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text().en.find(old_id), std::string::npos);
  EXPECT_NE(refused.error().text().en.find(new_id), std::string::npos);
  variables["KHIEN_ROOT_KEY_FILE"] = fresh;
  opened = must(open(Installation::Mode::Change));
  EXPECT_EQ(must(opened->people().private_facts(person)).phone, "0901234567");
  EXPECT_FALSE(rewrap_keys(*opened, by, fresh)) << "it is in use";
}

TEST_F(KeysTest, TokenKeysAreSealedAnewAndOldOnesStayPublished) {
  must(opened->token_keys().start());
  const std::string before = opened->token_keys().current()->jwks(clock.now());
  const std::string old_key = opened->keys().current(Purpose::Token).id;
  must(rotate_key(*opened, by, Purpose::Token));
  EXPECT_EQ(uses_of(old_key), 0);
  const std::string after = opened->token_keys().current()->jwks(clock.now());
  EXPECT_GT(after.size(), before.size() * 3 / 2);
  EXPECT_NE(after.find(before.substr(9, 60)), std::string::npos) << "the old ones are still shown";
  reopen();
  EXPECT_EQ(opened->token_keys().current()->jwks(clock.now()), after);
}

TEST_F(KeysTest, EveryRotationIsAnEntry) {
  const auto size = opened->log().head().size;
  for (const auto purpose : {Purpose::Field, Purpose::Digest, Purpose::Pepper, Purpose::Log})
    must(rotate_key(*opened, by, purpose));
  EXPECT_EQ(opened->log().head().size, size + 4);
}

}  // namespace
}  // namespace khien::app
