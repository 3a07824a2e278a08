// Checkpoints leave the machine: the newest one goes to every target that is configured, at least hourly while the log
// grows. What could not be delivered is tried again and told; nobody who writes waits for it.
//
// Who owns what: run_due belongs to one thread, which may wait for a network; status reads the database only.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/config.h"
#include "base/clock.h"
#include "store/store.h"

namespace khien::app {

struct OutgoingCheckpoint {
  std::string origin;
  std::uint64_t generation = 1;
  std::uint64_t size = 0;
  Instant signed_at{};
  std::string note;
};

/// Where checkpoints go. `name` stands in the database, in messages and figures.
struct ExportTarget {
  std::string name;
  std::function<Result<void>(const OutgoingCheckpoint&)> send;
};
/// Those that the configuration names: `directory`, `mail`, `syslog`.
std::vector<ExportTarget> export_targets(const Config& config, const Clock& clock);

struct ExportStatus {
  std::string target;
  std::uint64_t generation = 0;  ///< of what was delivered last; 0 if nothing was
  std::uint64_t size = 0;
  std::optional<Instant> delivered_at;
  std::optional<Instant> failed_since;
  std::int64_t tries = 0;  ///< in vain, since then
  std::string failure;     ///< what went wrong last; for the log and the operator
};

class CheckpointExport {
 public:
  CheckpointExport(store::Store& store, const Clock& clock, std::vector<ExportTarget> targets,
                   std::chrono::seconds every);

  /// Sends what is due. A target that fails holds up no other; an error only if the database fails.
  Result<void> run_due();

  /// Of the targets with these names, also those that nothing was ever sent to.
  static Result<std::vector<ExportStatus>> status(store::Store& store, const std::vector<std::string>& targets);

 private:
  Result<void> run_one(const ExportTarget& target, const ExportStatus& before, const OutgoingCheckpoint& newest);

  store::Store& store_;
  const Clock& clock_;
  const std::vector<ExportTarget> targets_;
  const std::chrono::seconds every_;
};

std::span<const store::Migration> export_migrations();

/// A file of the note in that folder, whole under its name or not there. The folder is never made: a share that is not
/// mounted must not be taken for one.
Result<void> drop_file(const std::string& folder, const OutgoingCheckpoint& checkpoint);

struct MailSettings {
  std::string url;  ///< smtp://host[:port] or smtps://host[:port]
  std::string from;
  std::vector<std::string> to;
  std::string user;  ///< with a user TLS is required
  std::string password_file;
  std::string ca_file;  ///< empty: the system's
};
Result<void> send_mail(const MailSettings& settings, const OutgoingCheckpoint& checkpoint, Instant now);
/// The message as it is sent.
std::string mail_text(const MailSettings& settings, const OutgoingCheckpoint& checkpoint, Instant now);

/// `where` is unix:/path, udp://host:port, tcp://host:port or tls://host:port. Over the network as RFC 5424 (TCP and
/// TLS with octet counting, RFC 6587 and 5425). Syslog does not acknowledge: only what could not be sent is noticed.
Result<void> send_syslog(const std::string& where, const std::string& ca_file, const OutgoingCheckpoint& checkpoint,
                         Instant now);

/// Whether a configured value is one of these; nothing that could begin another header, option or address.
bool is_mail_address(std::string_view text);
bool is_mail_url(std::string_view text);
bool is_syslog_place(std::string_view text);

}  // namespace khien::app
