#include "signin/session.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "signin/sealed.h"

namespace khien::signin {
namespace {

constexpr std::array kMigrations{
    store::Migration{"session", 1,
                     "create table session ("
                     " id text not null primary key, digest text not null unique, login text not null,"
                     " signed_in_at bigint not null, last_seen_at bigint not null, ends_at bigint not null,"
                     " idle text not null, address text not null);\n"
                     "create index session_login on session (login);\n"},
    store::Migration{"session", 2,
                     "alter table session add column epoch bigint not null default 0;\n"
                     "alter table session add column password_set_at bigint;\n"}};

constexpr store::Sql kLoad{
    "select id, digest, login, signed_in_at, last_seen_at, ends_at, idle, address, epoch, password_set_at from session",
    "tttiiittii"};
constexpr store::Sql kInsert{
    "insert into session (id, digest, login, signed_in_at, last_seen_at, ends_at, idle, address, epoch,"
    " password_set_at) values (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10)"};
constexpr store::Sql kSeen{"update session set last_seen_at = :1 where id = :2"};
constexpr store::Sql kGoOn{"update session set password_set_at = :1 where id = :2"};
constexpr store::Sql kDelete{"delete from session where id = :1"};
constexpr store::Sql kEraseAll{"delete from session"};
constexpr store::Sql kErase{"delete from session where login = :1"};

}  // namespace

std::int64_t erase_all_sessions(store::Transaction& tx) {
  return tx.execute(kEraseAll);
}

std::int64_t erase_sessions(store::Transaction& tx, const LoginId& login) {
  return tx.execute(kErase, login);
}

std::span<const store::Migration> session_migrations() {
  return kMigrations;
}

std::string Sessions::digest_of(std::string_view cookie) const {
  return base64url(keyed_digest(keys_.current(store::Purpose::Session).bytes, {bytes_of("session"), bytes_of(cookie)}));
}

bool Sessions::is_live(const Held& held) const {
  const Instant steady = steady_.now();
  return held.session.is_live(clock_.now()) && steady < held.ends && steady < add(held.seen, held.session.idle);
}

/// Which of its two ends came first.
std::string_view Sessions::why_over(const Held& held) {
  return add(held.seen, held.session.idle) <= held.ends ? "idle" : "lifetime";
}

Result<void> Sessions::load() {
  const Instant now = clock_.now();
  const Instant steady = steady_.now();
  std::vector<Held> all;
  std::vector<std::pair<Session, std::string_view>> over;
  TRY(store_.read([&](store::Reader& reader) -> Result<void> {
    all.clear();
    over.clear();
    reader.each(kLoad, [&](const store::Row& row) {
      Held held;
      held.session = {row.id<SessionId>(0), row.id<LoginId>(2), row.instant(3),
                      row.instant(4),       row.instant(5),     parse_period(row.text(6)).value_or(Period{}),
                      row.string(7),        row.integer(8),     row.maybe_instant(9)};
      held.digest = row.string(1);
      held.seen = steady - std::max(now - held.session.last_seen_at, std::chrono::microseconds{0});
      held.ends = steady + (held.session.ends_at - now);
      if (!is_live(held))
        over.emplace_back(held.session, why_over(held));
      else if (held.session.last_seen_at > add(now, kClockSlack))
        over.emplace_back(held.session, "clock set back");
      else
        all.push_back(std::move(held));
    });
    return {};
  }));
  if (!over.empty())
    TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
      for (const auto& [session, reason] : over)
        record_end(tx, {session, audit::Actor::clock(), std::string(reason), now});
      return {};
    }));
  std::ranges::sort(all, {}, [](const Held& held) { return held.session.signed_in_at; });
  const std::lock_guard lock(mutex_);
  for (auto& held : all) hold(std::move(held));
  return {};
}

void Sessions::hold(Held held) {
  by_digest_[held.digest] = held.session.id;
  by_login_[held.session.login].push_back(held.session.id);
  held_[held.session.id] = std::move(held);
}

std::vector<Session> Sessions::over_the_most(const LoginId& login) const {
  std::vector<Session> out;
  const std::lock_guard lock(mutex_);
  const auto own = by_login_.find(login);
  if (own == by_login_.end()) return out;
  for (std::size_t i = 0; i + kMostOfALogin <= own->second.size(); ++i)
    out.push_back(held_.at(own->second[i]).session);  // so that with one more there are the most
  return out;
}

Result<Secret> Sessions::start(const NewSession& wanted) {
  std::array<unsigned char, 32> bytes{};
  random_.fill(bytes);
  Secret cookie{base64url(bytes)};
  const Instant now = clock_.now();
  Held held;
  held.session = {SessionId::make(random_),  wanted.login, wanted.signed_in_at, now,
                  add(now, wanted.lifetime), wanted.idle,  wanted.address,      wanted.epoch,
                  wanted.password_set_at};
  held.digest = digest_of(cookie.reveal());
  held.seen = steady_.now();
  held.ends = add(held.seen, wanted.lifetime);
  audit::Entry entry = wanted.entry;
  entry.subject = "session/" + held.session.id.text();
  const auto ending = over_the_most(wanted.login);
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    const Session& session = held.session;
    tx.execute(kInsert, session.id, held.digest, session.login, session.signed_in_at, session.last_seen_at,
               session.ends_at, iso(session.idle), session.address, session.epoch, session.password_set_at);
    if (wanted.also) wanted.also(tx);
    recorder_.record(tx, entry);
    for (const Session& each : ending) record_end(tx, {each, wanted.entry.actor, "too many sessions", now});
    return {};
  }));
  const std::lock_guard lock(mutex_);
  for (const Session& each : ending) forget(each.id);
  hold(std::move(held));
  return cookie;
}

std::optional<Session> Sessions::touch(std::string_view cookie) {
  if (cookie.size() != 43) return std::nullopt;
  const std::string digest = digest_of(cookie);
  const std::lock_guard lock(mutex_);
  const auto id = by_digest_.find(digest);
  if (id == by_digest_.end()) return std::nullopt;
  Held& held = held_.at(id->second);
  if (!is_live(held)) return std::nullopt;
  held.session.last_seen_at = std::max(held.session.last_seen_at, clock_.now());
  held.seen = steady_.now();
  held.seen_since_flush = true;
  return held.session;
}

std::optional<Session> Sessions::find(const SessionId& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(id);
  if (found == held_.end() || !is_live(found->second)) return std::nullopt;
  return found->second.session;
}

Result<void> Sessions::go_on_with(const SessionId& id, std::optional<Instant> password_set_at) {
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    tx.execute(kGoOn, password_set_at, id);
    return {};
  }));
  const std::lock_guard lock(mutex_);
  if (const auto found = held_.find(id); found != held_.end()) found->second.session.password_set_at = password_set_at;
  return {};
}

void Sessions::record_end(store::Transaction& tx, const Ended& ended) {
  if (tx.execute(kDelete, ended.session.id) == 0) return;  // somebody else ended it at the same moment
  audit::Entry entry;
  entry.type = "session.ended";
  entry.at = ended.at;
  entry.actor = ended.by;
  entry.subject = "session/" + ended.session.id.text();
  entry.facts = {
      {"login", ended.session.login.text()}, {"reason", ended.reason}, {"last_seen", iso(ended.session.last_seen_at)}};
  entry.result = "ended";
  recorder_.record(tx, entry);
}

void Sessions::forget(const SessionId& id) {
  const auto found = held_.find(id);
  if (found == held_.end()) return;
  const auto own = by_login_.find(found->second.session.login);
  std::erase(own->second, id);
  if (own->second.empty()) by_login_.erase(own);
  by_digest_.erase(found->second.digest);
  held_.erase(found);
}

Result<void> Sessions::end_these(const std::vector<Session>& ending, const audit::Actor& by, std::string_view reason) {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    for (const Session& session : ending) {
      if (!held_.contains(session.id)) continue;  // somebody else ended it at the same moment
      forget(session.id);
      ended_.push_back({session, by, std::string(reason), now});
    }
  }
  return write_ended();
}

Result<void> Sessions::write_ended() {
  std::vector<Ended> ended;
  {
    const std::lock_guard lock(mutex_);
    ended.swap(ended_);
  }
  if (ended.empty()) return {};
  auto written = store_.write([&](store::Transaction& tx) -> Result<void> {
    for (const Ended& each : ended) record_end(tx, each);
    return {};
  });
  if (written) return {};
  const std::lock_guard lock(mutex_);
  ended_.insert(ended_.end(), ended.begin(), ended.end());
  return written;
}

Result<void> Sessions::end(const SessionId& id, const audit::Actor& by, std::string_view reason) {
  std::vector<Session> ending;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = held_.find(id); found != held_.end()) ending.push_back(found->second.session);
  }
  return end_these(ending, by, reason);
}

Result<std::size_t> Sessions::end_if(const std::function<bool(const Session&)>& is_to_end, const audit::Actor& by,
                                     std::string_view reason) {
  std::vector<Session> ending;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, held] : held_)
      if (is_to_end(held.session)) ending.push_back(held.session);
  }
  TRY(end_these(ending, by, reason));
  return ending.size();
}

Result<void> Sessions::flush() {
  TRY(write_ended());
  std::vector<std::pair<SessionId, Instant>> seen;
  std::vector<std::pair<Session, std::string_view>> over;
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    for (auto& [id, held] : held_) {
      if (!is_live(held)) over.emplace_back(held.session, why_over(held));
      if (held.seen_since_flush) seen.emplace_back(id, held.session.last_seen_at);
      held.seen_since_flush = false;
    }
  }
  if (seen.empty() && over.empty()) return {};
  auto written = store_.write([&](store::Transaction& tx) -> Result<void> {
    for (const auto& [id, at] : seen) tx.execute(kSeen, at, id);
    for (const auto& [session, reason] : over)
      record_end(tx, {session, audit::Actor::clock(), std::string(reason), now});
    return {};
  });
  const std::lock_guard lock(mutex_);
  if (written) {
    for (const auto& [session, reason] : over) forget(session.id);
    return {};
  }
  for (const auto& [id, at] : seen)  // what was noted is written the next time
    if (const auto found = held_.find(id); found != held_.end()) found->second.seen_since_flush = true;
  return Failure(std::move(written).error());
}

std::size_t Sessions::live_count() const {
  const std::lock_guard lock(mutex_);
  return held_.size();
}

}  // namespace khien::signin
