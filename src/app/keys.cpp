#include "app/keys.h"

#include <algorithm>
#include <filesystem>

#include "audit/openings.h"
#include "audit/rows.h"
#include "credentials/login_store.h"
#include "people/sealing.h"

namespace khien::app {
namespace {

using store::Purpose;

constexpr std::array<std::string_view, 1> kKinds{"key"};

class KeyFollower final : public audit::Follower {
 public:
  KeyFollower(store::Store& store, store::Keyring& keys) : store_(store), keys_(keys) {}

  Result<void> load() override { return keys_.refresh(store_); }
  Result<void> apply(std::span<const audit::Change> changes) override {
    const auto touched = audit::touched_by(changes, kKinds);
    if (!touched.everything && touched.subjects.empty()) return {};
    return load();
  }

 private:
  store::Store& store_;
  store::Keyring& keys_;
};

audit::Entry entry_of(std::string type, std::string result, const people::By& by, Instant now, const std::string& id,
                      std::vector<audit::Fact> facts) {
  if (!by.basis.empty()) facts.push_back({"basis", by.basis});
  return {.type = std::move(type),
          .at = now,
          .actor = by.actor,
          .subject = "key/" + id,
          .facts = std::move(facts),
          .result = std::move(result)};
}

std::int64_t count_uses(store::Reader& reader, Purpose purpose, const std::string& id) {
  switch (purpose) {
    case Purpose::Field:
      return people::count_sealed_under(reader, id) + audit::count_person_keys_under(reader, id);
    case Purpose::Digest:
      return people::count_marked_under(reader, id);
    case Purpose::Pepper: {
      const auto use = credentials::count_verifiers_under(reader, id);
      return use.present + use.history;
    }
    case Purpose::Log: {
      const auto tree = audit::read_tree(reader);
      return (tree && tree->key_id == id ? 1 : 0) + (audit::has_pending(reader) ? 1 : 0);
    }
    case Purpose::Token:
      return oidc::count_keys_under(reader, id);
    case Purpose::Session:
      return 0;
  }
  return 0;
}

Text words_of_uses(Purpose purpose) {
  switch (purpose) {
    case Purpose::Field:
      return {"hồ sơ và khóa nhật ký của từng người", "records and log keys of persons"};
    case Purpose::Digest:
      return {"dấu tra cứu của từng người", "look-up digests of persons"};
    case Purpose::Pepper:
      return {"giá trị kiểm tra mật khẩu, kể cả mật khẩu cũ", "verifiers of passwords, past ones too"};
    case Purpose::Log:
      return {"trạng thái nhật ký", "states of the log"};
    case Purpose::Token:
      return {"khóa ký mã truy cập", "signing keys of tokens"};
    case Purpose::Session:
      return {"phiên (không đếm)", "sessions (not counted)"};
  }
  return {};
}

std::vector<KeyUse> uses_in(store::Reader& reader, bool counted) {
  std::vector<KeyUse> out;
  for (auto& row : store::stored_keys(reader)) {
    const auto purpose = store::parse_purpose(row.purpose);
    if (!purpose) continue;
    for (auto& earlier : out)
      if (earlier.purpose == *purpose && earlier.current) {
        earlier.current = false;
        earlier.replaced_at = row.created_at;
      }
    KeyUse use{.key = std::move(row), .purpose = *purpose, .current = true, .what = words_of_uses(*purpose)};
    if (counted) use.uses = count_uses(reader, *purpose, use.key.id);
    out.push_back(std::move(use));
  }
  return out;
}

}  // namespace

Text words_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::Field:
      return {"mã hóa dữ liệu cá nhân", "encrypts personal data"};
    case Purpose::Digest:
      return {"dấu tra cứu dữ liệu cá nhân", "look-up digests of personal data"};
    case Purpose::Pepper:
      return {"kiểm tra mật khẩu", "verifies passwords"};
    case Purpose::Log:
      return {"ký nhật ký", "signs the log"};
    case Purpose::Token:
      return {"ký mã truy cập", "signs tokens"};
    case Purpose::Session:
      return {"phiên đăng nhập", "sessions"};
  }
  return {};
}

Result<std::vector<KeyUse>> list_keys(Installation& installation) {
  return installation.store().read(
      [](store::Reader& reader) -> Result<std::vector<KeyUse>> { return uses_in(reader, true); });
}

Result<std::string> rotate_key(Installation& installation, const people::By& by, Purpose purpose) {
  if (purpose == Purpose::Session)
    return Failure(
        Error::refused({"Khóa phiên không thay riêng được: thay nó là kết thúc mọi phiên đăng nhập. Khôi "
                        "phục từ bản sao lưu thì khóa này tự được thay.",
                        "The session key is not rotated by itself: that would end every session. A restore "
                        "replaces it."}));
  const Instant now = installation.clock.now();
  const store::NewKey made = installation.keys().make(purpose, installation.random);
  const std::string old_id = installation.keys().current(purpose).id;
  const auto add = [&](store::Transaction& tx) -> Result<void> {
    store::Keyring::insert(tx, made, now);
    auto entry = entry_of("key.rotated", "created", by, now, made.key.id,
                          {{"purpose", std::string(store::name_of(purpose))}, {"replaces", old_id}});
    if (purpose == Purpose::Log) entry.facts.push_back({"public_key", base64(ed25519_public(made.key.bytes))});
    installation.recorder().record(tx, entry);
    return {};
  };
  if (purpose == Purpose::Log)
    TRY(installation.log().hand_over(made.key, now, add));
  else if (purpose == Purpose::Token)
    TRY(installation.token_keys().rotate(by.actor, made.key, add));
  else
    TRY(installation.store().write(add));
  return made.key.id;
}

Result<void> remove_key(Installation& installation, const people::By& by, const std::string& id) {
  const Instant now = installation.clock.now();
  return installation.store().write([&](store::Transaction& tx) -> Result<void> {
    const auto keys = uses_in(tx, false);
    const auto found = std::ranges::find(keys, id, [](const KeyUse& use) { return use.key.id; });
    if (found == keys.end())
      return Failure(Error::not_found({"Không có khóa mang mã số này.", "There is no key of that id."}));
    if (found->current)
      return Failure(Error::refused({"Đây là khóa đang dùng; hãy thay khóa trước: khien key rotate.",
                                     "This is the current key; rotate it first: khien key rotate."}));
    if (now < *found->replaced_at + kKeyKeptAfterReplacing)
      return Failure(Error::refused(
          {"Khóa này được thay chưa đầy một giờ; hãy đợi.", "The key was replaced less than an hour ago; wait."}));
    if (const auto uses = count_uses(tx, found->purpose, id); uses != 0)
      return Failure(
          Error::refused(Text::format("Còn {0} dòng dùng khóa này ({1}).", "{0} rows still use this key ({2}).", uses,
                                      found->what.vi, found->what.en)));
    store::Keyring::remove(tx, id);
    installation.recorder().record(tx, entry_of("key.removed", "removed", by, now, id,
                                                {{"purpose", std::string(store::name_of(found->purpose))}}));
    return {};
  });
}

Result<std::string> rewrap_keys(Installation& installation, const people::By& by, const std::string& new_root_file) {
  if (!std::filesystem::exists(new_root_file)) TRY(write_root_key(new_root_file, installation.random));
  const Secret fresh = TRY(read_root_key(new_root_file));
  const Secret old_root = installation.keys().root();
  const std::string old_id = store::root_key_id(old_root);
  const std::string new_id = store::root_key_id(fresh);
  if (old_root.equals(fresh.reveal()))
    return Failure(Error::conflict({"Đây chính là khóa gốc đang dùng.", "This is the root key in use."}));
  const Instant now = installation.clock.now();
  TRY(installation.store().write([&](store::Transaction& tx) -> Result<void> {
    TRY(store::Keyring::rewrap(tx, old_root, fresh, installation.random));
    installation.recorder().record(
        tx, entry_of("key.rewrapped", "changed", by, now, "root", {{"to", new_id}, {"from", old_id}}));
    return {};
  }));
  installation.keys().use_root(fresh);
  return new_id;
}

std::string KeyRenewal::current_keys() const {
  return installation_.keys().current(Purpose::Field).id + installation_.keys().current(Purpose::Digest).id;
}

Result<bool> KeyRenewal::step() {
  const std::string keys = current_keys();
  if (done_with_ == keys) return false;
  const auto people = TRY(installation_.people().renew_keys(person_, kBatch));
  person_ = people.last;
  if (people.done != 0) return true;
  const auto log = TRY(
      audit::renew_person_keys(installation_.store(), installation_.keys(), installation_.random, person_key_, kBatch));
  person_key_ = log.last;
  if (log.done != 0) return true;
  // A key may have been replaced, or a write begun before may have ended, behind where this was: the next call looks.
  const bool from_the_start = person_ == PersonId{} && person_key_ == PersonId{};
  person_ = {};
  person_key_ = {};
  if (from_the_start) done_with_ = keys;
  return !from_the_start;
}

Result<void> KeyRenewal::work_for(std::chrono::milliseconds most) {
  const auto end = installation_.clock.monotonic() + most;
  while (TRY(step()))
    if (installation_.clock.monotonic() >= end) break;
  return {};
}

std::unique_ptr<audit::Follower> follow_keys(store::Store& store, store::Keyring& keys) {
  return std::make_unique<KeyFollower>(store, keys);
}

}  // namespace khien::app
