#include "audit/log.h"

#include <stdexcept>

#include "audit/handover.h"
#include "audit/store.h"

namespace khien::audit {
namespace {

constexpr std::chrono::seconds kLeastAge{1};

}  // namespace

Log::Log(store::Store& store, const store::Keyring& keyring, Random& random, std::string installation)
    : store_(store),
      keyring_(keyring),
      random_(random),
      installation_(std::move(installation)),
      openings_(keyring, random),
      sequencer_(keyring) {}

Log::~Log() {
  store_.observe_commits(nullptr);
}

Result<std::unique_ptr<Log>> Log::open(store::Store& store, const store::Keyring& keyring, Random& random,
                                       std::string installation) {
  std::unique_ptr<Log> log(new Log(store, keyring, random, std::move(installation)));
  TRY(log->start());
  return log;
}

Result<void> Log::start() {
  const bool left_over = TRY(store_.read([&](store::Reader& reader) -> Result<bool> {
    TRY(sequencer_.load(reader));
    last_ = latest_checkpoint(reader);
    return has_pending(reader);
  }));
  head_ = sequencer_.head();
  store_.observe_commits(this);
  if (left_over) TRY(store_.write([](store::Transaction&) -> Result<void> { return {}; }));
  return {};
}

void Log::record(store::Transaction& tx, const Entry& entry) {
  if (!entry.personal.empty() && !entry.person) throw std::invalid_argument("personal facts of nobody");
  std::vector<Opening> openings(entry.personal.size());
  std::vector<Commitment> commitments;
  for (std::size_t i = 0; i < openings.size(); ++i) {
    const Fact& fact = entry.personal[i];
    random_.fill(openings[i].salt);
    openings[i].value = fact.value;
    commitments.push_back({fact.name, commit_to(openings[i].salt, fact.name, fact.value)});
  }
  auto bytes = encode(entry, commitments);
  if (!bytes) throw std::invalid_argument("entry " + entry.type + ": " + bytes.error().detail());
  const Digest leaf = leaf_hash(bytes_of(*bytes));
  for (std::size_t i = 0; i < openings.size(); ++i)
    openings_.seal_in(tx, *entry.person, leaf, entry.personal[i].name, openings[i]);
  insert_recorded(tx, sequencer_.key(), position_++, entry, *bytes, leaf);
}

void Log::erase_person(store::Transaction& tx, const PersonId& person, const Actor& by, Instant at,
                       std::vector<Fact> facts) {
  destroy_person_key(tx, person);
  record(tx, {.type = std::string(kPersonErased),
              .at = at,
              .actor = by,
              .subject = "person/" + person.text(),
              .facts = std::move(facts),
              .result = "erased",
              .person = person});
}

void Log::before_commit(store::Transaction& tx) {
  sequencer_.sequence(tx);
}

void Log::after_commit() noexcept {
  const auto changes = sequencer_.committed();
  if (changes.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    head_ = sequencer_.head();
  }
  const std::lock_guard lock(subscribing_);
  for (const auto& subscriber : subscribers_) subscriber(changes);
}

void Log::after_rollback() noexcept {
  sequencer_.rolled_back();
}

void Log::subscribe(Subscriber subscriber) {
  const std::lock_guard lock(subscribing_);
  subscribers_.push_back(std::move(subscriber));
}

Result<bool> Log::sign_checkpoint(Instant now) {
  return sign(now, kLeastAge);
}

Result<void> Log::stop(Instant now) {
  TRY(sign(now, std::chrono::microseconds::min()));
  return {};
}

Result<bool> Log::sign(Instant now, std::chrono::microseconds least_age) {
  const std::lock_guard lock(signing_);
  const TreeHead head = this->head();
  const std::uint64_t generation = sequencer_.generation();
  if (last_ && last_->generation == generation) {
    // A clock that was set back does not hold up the next checkpoint.
    if (last_->size >= head.size || (now >= last_->signed_at && now - last_->signed_at < least_age)) return false;
  } else if (head.size == 0) {
    return false;
  }
  const std::string origin = origin_of(installation_, generation);
  const store::Key& key = keyring_.current(store::Purpose::Log);
  const Checkpoint checkpoint{.origin = origin, .head = head, .extensions = {time_line(now)}};
  CheckpointRow row{.hour = std::chrono::floor<std::chrono::hours>(now).time_since_epoch().count(),
                    .generation = generation,
                    .size = head.size,
                    .signed_at = now,
                    .note = audit::sign_checkpoint(checkpoint, origin, key.bytes)};
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    // Another process may have handed over: what an old key signs from then on would be taken for a theft.
    if (!store::Keyring::is_current_in(tx, key))
      return Failure(Error{ErrorKind::Unavailable,
                           {"Khóa ký nhật ký vừa được thay; lần ký sau sẽ dùng khóa mới.",
                            "The key of the log has just been replaced; the next signature uses the new one."},
                           "the key of the log was replaced"});
    write_checkpoint(tx, row);
    return {};
  }));
  last_ = std::move(row);
  return true;
}

Result<void> Log::hand_over(const store::Key& next, Instant now,
                            const std::function<Result<void>(store::Transaction&)>& add) {
  const std::lock_guard lock(signing_);  // no checkpoint between the handover and the next key
  const TreeHead head = this->head();
  const std::string origin = origin_of(installation_, sequencer_.generation());
  const store::Key& key = keyring_.current(store::Purpose::Log);
  const std::string note = sign_handover(head, now, origin, key.bytes, origin, next.bytes);
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    if (!store::Keyring::is_current_in(tx, key))
      return Failure(Error::conflict({"Khóa ký nhật ký vừa được thay.", "The key of the log has just been replaced."}));
    TRY(add(tx));
    append_handover(tx, head.size, now, note);
    return {};
  });
}

TreeHead Log::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

std::optional<std::string> Log::latest() const {
  const std::lock_guard lock(signing_);
  return last_ ? std::optional(last_->note) : std::nullopt;
}

VerifierKey Log::verifier_key() const {
  return {.name = origin_of(installation_, sequencer_.generation()),
          .public_key = ed25519_public(keyring_.current(store::Purpose::Log).bytes)};
}

}  // namespace khien::audit
