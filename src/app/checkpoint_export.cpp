#include "app/checkpoint_export.h"

#include <algorithm>
#include <array>

#include "audit/checkpoint.h"
#include "audit/rows.h"

namespace khien::app {
namespace {

constexpr std::array kMigrations{
    store::Migration{"checkpoint_export", 1,
                     "create table checkpoint_export ("
                     " target text not null primary key, generation bigint not null, size bigint not null,"
                     " delivered_at bigint, failed_since bigint, tries bigint not null, next_try bigint not null,"
                     " failure text not null);\n"}};

constexpr store::Sql kRead{
    "select generation, size, delivered_at, failed_since, tries, failure, next_try from checkpoint_export"
    " where target = :1",
    "iiiiiti"};
constexpr store::Sql kWrite{
    "insert into checkpoint_export (target, generation, size, delivered_at, failed_since, tries, next_try, failure)"
    " values (:1, :2, :3, :4, :5, :6, :7, :8) on conflict (target) do update set generation = excluded.generation,"
    " size = excluded.size, delivered_at = excluded.delivered_at, failed_since = excluded.failed_since,"
    " tries = excluded.tries, next_try = excluded.next_try, failure = excluded.failure"};

constexpr std::chrono::minutes kFirstWait{1};
constexpr std::chrono::minutes kLongestWait{30};
constexpr std::size_t kMostFailure = 500;

struct State {
  ExportStatus status;
  Instant next_try{};
};

State read_state(store::Reader& reader, const std::string& target) {
  State out{.status = {.target = target}};
  reader.first(
      kRead,
      [&](const store::Row& row) {
        out.status.generation = static_cast<std::uint64_t>(row.integer(0));
        out.status.size = static_cast<std::uint64_t>(row.integer(1));
        out.status.delivered_at = row.maybe_instant(2);
        out.status.failed_since = row.maybe_instant(3);
        out.status.tries = row.integer(4);
        out.status.failure = row.string(5);
        out.next_try = row.instant(6);
      },
      target);
  return out;
}

/// A wall clock that was set back makes everything due: better twice than not.
bool is_due(const State& state, const OutgoingCheckpoint& newest, std::chrono::seconds every, Instant now) {
  const auto& status = state.status;
  if (status.generation == newest.generation && status.size == newest.size) return false;
  if (status.failed_since) return now >= state.next_try || state.next_try - now > kLongestWait;
  return !status.delivered_at || now < *status.delivered_at || now - *status.delivered_at >= every;
}

std::chrono::minutes wait_after(std::int64_t tries) {
  std::chrono::minutes wait = kFirstWait;
  for (std::int64_t i = 1; i < tries && wait < kLongestWait; ++i) wait *= 2;
  return std::min(wait, kLongestWait);
}

}  // namespace

std::span<const store::Migration> export_migrations() {
  return kMigrations;
}

CheckpointExport::CheckpointExport(store::Store& store, const Clock& clock, std::vector<ExportTarget> targets,
                                   std::chrono::seconds every)
    : store_(store), clock_(clock), targets_(std::move(targets)), every_(every) {}

Result<void> CheckpointExport::run_due() {
  if (targets_.empty()) return {};
  const auto row = TRY(store_.read([](store::Reader& reader) -> Result<std::optional<audit::CheckpointRow>> {
    return audit::latest_checkpoint(reader);
  }));
  if (!row) return {};
  const auto parsed = TRY(audit::parse_checkpoint(row->note));
  const OutgoingCheckpoint newest{parsed.checkpoint.origin, row->generation, row->size, row->signed_at, row->note};
  for (const auto& target : targets_) {
    const State state =
        TRY(store_.read([&](store::Reader& reader) -> Result<State> { return read_state(reader, target.name); }));
    if (is_due(state, newest, every_, clock_.now())) TRY(run_one(target, state.status, newest));
  }
  return {};
}

Result<void> CheckpointExport::run_one(const ExportTarget& target, const ExportStatus& before,
                                       const OutgoingCheckpoint& newest) {
  const auto sent = target.send(newest);
  const Instant now = clock_.now();
  ExportStatus after = before;
  Instant next_try = now;
  if (sent) {
    after = {.target = target.name, .generation = newest.generation, .size = newest.size, .delivered_at = now};
  } else {
    after.failed_since = before.failed_since.value_or(now);
    after.tries = before.tries + 1;
    after.failure = sent.error().line(Language::Vietnamese);
    if (!sent.error().detail().empty()) after.failure += " (" + sent.error().detail() + ")";
    after.failure.resize(std::min(after.failure.size(), kMostFailure));
    next_try = now + wait_after(after.tries);
  }
  return store_.write([&](store::Transaction& tx) -> Result<void> {
    tx.execute(kWrite, after.target, after.generation, after.size, after.delivered_at, after.failed_since, after.tries,
               next_try, after.failure);
    return {};
  });
}

Result<std::vector<ExportStatus>> CheckpointExport::status(store::Store& store,
                                                           const std::vector<std::string>& targets) {
  return store.read([&](store::Reader& reader) -> Result<std::vector<ExportStatus>> {
    std::vector<ExportStatus> out;
    for (const auto& target : targets) out.push_back(read_state(reader, target).status);
    return out;
  });
}

std::vector<ExportTarget> export_targets(const Config& config, const Clock& clock) {
  std::vector<ExportTarget> out;
  if (!config.checkpoint_directory.empty())
    out.push_back({"directory", [folder = config.checkpoint_directory](const OutgoingCheckpoint& checkpoint) {
                     return drop_file(folder, checkpoint);
                   }});
  if (!config.checkpoint_mail_url.empty()) {
    const MailSettings settings{
        config.checkpoint_mail_url,  config.checkpoint_mail_from,          config.checkpoint_mail_to,
        config.checkpoint_mail_user, config.checkpoint_mail_password_file, config.checkpoint_ca_file};
    out.push_back({"mail", [settings, &clock](const OutgoingCheckpoint& checkpoint) {
                     return send_mail(settings, checkpoint, clock.now());
                   }});
  }
  if (!config.checkpoint_syslog.empty())
    out.push_back({"syslog", [where = config.checkpoint_syslog, ca = config.checkpoint_ca_file,
                              &clock](const OutgoingCheckpoint& checkpoint) {
                     return send_syslog(where, ca, checkpoint, clock.now());
                   }});
  return out;
}

}  // namespace khien::app
