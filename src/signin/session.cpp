#include "signin/session.h"

#include <array>

#include "base/digest.h"

namespace khien::signin {
namespace {

constexpr std::array kMigrations{
    store::Migration{"session", 1,
                     "create table session ("
                     " id text not null primary key, digest text not null unique, login text not null,"
                     " signed_in_at bigint not null, last_seen_at bigint not null, ends_at bigint not null,"
                     " idle text not null, address text not null);\n"
                     "create index session_login on session (login);\n"}};

constexpr store::Sql kLoad{"select id, digest, login, signed_in_at, last_seen_at, ends_at, idle, address from session",
                           "tttiiitt"};
constexpr store::Sql kInsert{
    "insert into session (id, digest, login, signed_in_at, last_seen_at, ends_at, idle, address)"
    " values (:1, :2, :3, :4, :5, :6, :7, :8)"};
constexpr store::Sql kSeen{"update session set last_seen_at = :1 where id = :2"};
constexpr store::Sql kDelete{"delete from session where id = :1"};

}  // namespace

std::span<const store::Migration> session_migrations() {
  return kMigrations;
}

std::string Sessions::digest_of(std::string_view cookie) const {
  return base64url(keyed_digest(keys_.current(store::Purpose::Session).bytes, {bytes_of("session"), bytes_of(cookie)}));
}

Result<void> Sessions::load() {
  const Instant now = clock_.now();
  std::vector<Held> all;
  TRY(store_.read([&](store::Reader& reader) -> Result<void> {
    all.clear();
    reader.each(kLoad, [&](const store::Row& row) {
      Held held;
      held.session = {row.id<SessionId>(0), row.id<LoginId>(2), row.instant(3),
                      row.instant(4),       row.instant(5),     parse_period(row.text(6)).value_or(Period{}),
                      row.string(7)};
      held.digest = row.string(1);
      if (held.session.is_live(now)) all.push_back(std::move(held));
    });
    return {};
  }));
  const std::lock_guard lock(mutex_);
  for (auto& held : all) {
    by_digest_[held.digest] = held.session.id;
    held_[held.session.id] = std::move(held);
  }
  return {};
}

Result<Secret> Sessions::start(const NewSession& wanted) {
  std::array<unsigned char, 32> bytes{};
  random_.fill(bytes);
  Secret cookie{base64url(bytes)};
  const Instant now = clock_.now();
  Held held;
  held.session = {SessionId::make(random_),  wanted.login, wanted.signed_in_at, now,
                  add(now, wanted.lifetime), wanted.idle,  wanted.address};
  held.digest = digest_of(cookie.reveal());
  audit::Entry entry = wanted.entry;
  entry.subject = "session/" + held.session.id.text();
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    const Session& session = held.session;
    tx.execute(kInsert, session.id, held.digest, session.login, session.signed_in_at, session.last_seen_at,
               session.ends_at, iso(session.idle), session.address);
    recorder_.record(tx, entry);
    return {};
  }));
  const std::lock_guard lock(mutex_);
  by_digest_[held.digest] = held.session.id;
  held_[held.session.id] = std::move(held);
  return cookie;
}

std::optional<Session> Sessions::touch(std::string_view cookie) {
  if (cookie.size() != 43) return std::nullopt;
  const std::string digest = digest_of(cookie);
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  const auto id = by_digest_.find(digest);
  if (id == by_digest_.end()) return std::nullopt;
  Held& held = held_.at(id->second);
  if (!held.session.is_live(now)) return std::nullopt;
  held.session.last_seen_at = std::max(held.session.last_seen_at, now);
  held.seen_since_flush = true;
  return held.session;
}

std::optional<Session> Sessions::find(const SessionId& id) const {
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(id);
  if (found == held_.end() || !found->second.session.is_live(now)) return std::nullopt;
  return found->second.session;
}

void Sessions::record_end(store::Transaction& tx, const Session& session, const audit::Actor& by,
                          std::string_view reason, Instant now) {
  tx.execute(kDelete, session.id);
  audit::Entry entry;
  entry.type = "session.ended";
  entry.at = now;
  entry.actor = by;
  entry.subject = "session/" + session.id.text();
  entry.facts = {{"login", session.login.text()}, {"reason", std::string(reason)}};
  entry.result = "ended";
  recorder_.record(tx, entry);
}

void Sessions::forget(const SessionId& id) {
  const auto found = held_.find(id);
  if (found == held_.end()) return;
  by_digest_.erase(found->second.digest);
  held_.erase(found);
}

Result<void> Sessions::end(const SessionId& id, const audit::Actor& by, std::string_view reason) {
  std::optional<Session> session;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = held_.find(id); found != held_.end()) session = found->second.session;
  }
  if (!session) return {};
  const Instant now = clock_.now();
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    record_end(tx, *session, by, reason, now);
    return {};
  }));
  const std::lock_guard lock(mutex_);
  forget(id);
  return {};
}

Result<std::size_t> Sessions::end_all(const LoginId& login, const audit::Actor& by, std::string_view reason,
                                      std::optional<SessionId> except) {
  std::vector<Session> ending;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, held] : held_)
      if (held.session.login == login && id != except) ending.push_back(held.session);
  }
  if (ending.empty()) return std::size_t{0};
  const Instant now = clock_.now();
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    for (const Session& session : ending) record_end(tx, session, by, reason, now);
    return {};
  }));
  const std::lock_guard lock(mutex_);
  for (const Session& session : ending) forget(session.id);
  return ending.size();
}

Result<void> Sessions::flush() {
  std::vector<std::pair<SessionId, Instant>> seen;
  std::vector<SessionId> over;
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    for (auto& [id, held] : held_) {
      if (!held.session.is_live(now)) over.push_back(id);
      if (held.seen_since_flush) seen.emplace_back(id, held.session.last_seen_at);
      held.seen_since_flush = false;
    }
  }
  if (seen.empty() && over.empty()) return {};
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    for (const auto& [id, at] : seen) tx.execute(kSeen, at, id);
    for (const auto& id : over) tx.execute(kDelete, id);
    return {};
  }));
  const std::lock_guard lock(mutex_);
  for (const auto& id : over) forget(id);
  return {};
}

std::size_t Sessions::live_count() const {
  const std::lock_guard lock(mutex_);
  return held_.size();
}

}  // namespace khien::signin
