#include "app/clock_guard.h"

#include <array>

namespace khien::app {
namespace {

constexpr std::array kMigrations{
    store::Migration{"clock", 1,
                     "create table clock_state (only_row bigint not null primary key, seen_at bigint not null,"
                     " trusted_until bigint);\n"
                     "insert into clock_state (only_row, seen_at, trusted_until) values (1, 0, null);\n"}};
constexpr store::Sql kState{"select seen_at, trusted_until from clock_state where only_row = 1", "ii"};
constexpr store::Sql kSee{"update clock_state set seen_at = :1 where only_row = 1"};
constexpr store::Sql kTrust{"update clock_state set trusted_until = :1 where only_row = 1"};

struct State {
  Instant seen_at{};
  std::optional<Instant> trusted_until;
};

State load_state(store::Reader& reader) {
  State state;
  reader.first(kState, [&](const store::Row& row) { state = {row.instant(0), row.maybe_instant(1)}; });
  return state;
}

Result<State> state_of(Installation& installation) {
  return installation.store().read([](store::Reader& reader) -> Result<State> { return load_state(reader); });
}

constexpr std::string_view kSubject = "clock/wall";

}  // namespace

std::span<const store::Migration> clock_migrations() {
  return kMigrations;
}

ClockGuard::ClockGuard(Installation& installation)
    : installation_(installation),
      offset_(installation.clock.now().time_since_epoch() - installation.clock.monotonic()) {}

Result<void> ClockGuard::load() {
  const State state = TRY(state_of(installation_));
  const Instant now = installation_.clock.now();
  if (state.trusted_until) {
    installation_.standings().trust_clock_until(state.trusted_until);
    return {};
  }
  const bool ran = state.seen_at != Instant{};
  if (ran && (now + kTolerated < state.seen_at || state.seen_at + kLongestOff < now)) return doubt(state.seen_at, now);
  return remember(now);
}

Result<void> ClockGuard::look() {
  const Instant now = installation_.clock.now();
  const Instant steady{installation_.clock.monotonic() + offset_};
  const auto step = now - steady;
  if (step > kTolerated || step < -kTolerated) {
    offset_ += step;  // from here on by the new time
    return doubt(steady, now);
  }
  if (now - remembered_ >= std::chrono::minutes(1) || now < remembered_) return remember(now);
  return {};
}

Result<void> ClockGuard::remember(Instant now) {
  TRY(installation_.store().write([&](store::Transaction& tx) -> Result<void> {
    if (!load_state(tx).trusted_until) tx.execute(kSee, now);
    return {};
  }));
  remembered_ = now;
  return {};
}

/// At once in memory: also while nothing can be written nobody is shut out by a wrong clock.
Result<void> ClockGuard::doubt(Instant sure, Instant now) {
  const State state = TRY(state_of(installation_));
  const Instant since = state.trusted_until.value_or(sure);
  installation_.standings().trust_clock_until(since);
  return installation_.store().write([&](store::Transaction& tx) -> Result<void> {
    tx.execute(kTrust, since);
    installation_.recorder().record(tx, {.type = "clock.jumped",
                                         .at = now,
                                         .actor = audit::Actor::clock(),
                                         .subject = std::string(kSubject),
                                         .facts = {{"was", iso(sure)}, {"is", iso(now)}},
                                         .result = "doubted"});
    return {};
  });
}

Result<std::optional<Instant>> doubted_since(Installation& installation) {
  return TRY(state_of(installation)).trusted_until;
}

Result<std::optional<Instant>> last_seen(Installation& installation) {
  const State state = TRY(state_of(installation));
  return state.seen_at == Instant{} ? std::nullopt : std::optional(state.seen_at);
}

Result<void> confirm_clock(Installation& installation, const people::By& by) {
  const Instant now = installation.clock.now();
  TRY(installation.store().write([&](store::Transaction& tx) -> Result<void> {
    const State state = load_state(tx);
    if (!state.trusted_until)
      return Failure(Error::conflict({"Đồng hồ máy không bị nghi ngờ.", "The clock is not doubted."}));
    tx.execute(kTrust, std::optional<Instant>{});
    tx.execute(kSee, now);
    installation.recorder().record(tx, {.type = "clock.confirmed",
                                        .at = now,
                                        .actor = by.actor,
                                        .subject = std::string(kSubject),
                                        .facts = {{"was", iso(*state.trusted_until)}, {"is", iso(now)}},
                                        .result = "confirmed"});
    return {};
  }));
  installation.standings().trust_clock_until(std::nullopt);
  return {};
}

}  // namespace khien::app
