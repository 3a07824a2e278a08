#include "app/backup.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/child.h"
#include "app/version.h"
#include "audit/generation.h"
#include "audit/rows.h"
#include "base/json_text.h"
#include "store/tables.h"

namespace khien::app {
namespace {

constexpr const char* kAge = "/usr/bin/age";
constexpr std::size_t kChunk = std::size_t{1} << 20;
constexpr std::size_t kSyncedAtOnce = std::size_t{4} << 20;
constexpr std::size_t kMostRecipients = 16;
/// While the snapshot lasts, what is written meanwhile cannot leave the write-ahead log. A target too slow for that
/// fails the backup, not the server. (At a lower priority the snapshot would only last longer.)
constexpr std::uintmax_t kMostWalGrowth = std::uintmax_t{192} << 20;

constexpr store::Sql kLastBackup{"select max(at) from audit_entry where type = 'backup.made'", "i"};

/// Public keys only, and nothing that the program could take for an option or a file.
Result<void> check_recipient(const std::string& recipient) {
  const bool good =
      recipient.starts_with("age1") && recipient.size() >= 20 && recipient.size() <= 2000 &&
      std::ranges::all_of(recipient, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  if (good) return {};
  return Failure(Error::invalid(Text::format("«{0}» không phải khóa công khai của age (age1…).",
                                             "“{0}” is no public key of age (age1…).", recipient.substr(0, 80))));
}

Error file_error(const std::string& path) {
  return Error::unavailable(Text::format("Không ghi được tệp sao lưu {0}.", "Cannot write the backup {0}.", path),
                            std::strerror(errno));
}

std::string file_name(const std::string& installation, Instant now) {
  return fmt::format("khien-{}-{:%Y%m%dT%H%M%SZ}.age", installation.substr(0, 8),
                     std::chrono::floor<std::chrono::seconds>(now));
}

void append_row(std::string& out, const store::Table& table, const store::Row& row) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    out += i == 0 ? '[' : ',';
    if (row.is_null(i))
      out += "null";
    else if (table.columns[i].is_integer)
      out += std::to_string(row.integer(i));
    else
      out += json_text(row.text(i));
  }
  out += "]\n";
}

std::string header_of(const store::Table& table) {
  std::string out;
  for (const auto& column : table.columns) out += (out.empty() ? "[" : ",") + json_text(column.name);
  return out + "]\n";
}

/// Stops the reading of rows from within; turned back into its error outside.
struct Stopped {
  Error error;
};

/// Everything that goes into one backup, from one snapshot of the database.
class Backup {
 public:
  Backup(Installation& installation, ArchiveWriter& archive) : installation_(installation), archive_(archive) {}

  Result<BackupManifest> write(store::Reader& reader) {
    TRY(describe(reader));
    TRY(add("manifest.json", json_of(manifest_)));
    const std::string config = installation_.folder.config();
    if (std::filesystem::exists(config)) {
      const std::string text = TRY(read_file(config, 1U << 20));
      TRY(add("khien.yaml", text));
    }
    for (const auto& table : TRY(store::tables_of(installation_.store(), reader))) TRY(write_table(reader, table));
    end_.digest = digest_.value();
    end_.seal = seal_of(installation_.keys().find(manifest_.seal_key)->bytes, end_.digest);
    TRY(archive_.add("end.json", json_of(end_), manifest_.made_at));
    TRY(archive_.finish());
    return manifest_;
  }

 private:
  Result<void> describe(store::Reader& reader) {
    manifest_.program = kVersion;
    manifest_.installation = installation_.id();
    manifest_.made_at = installation_.clock.now();
    manifest_.steps = store::applied_steps(reader);
    for (const auto& key : store::stored_keys(reader)) {
      manifest_.keys.emplace_back(key.id, key.purpose);
      manifest_.root_key = key.root_id;
      if (key.purpose == store::name_of(store::Purpose::Log)) manifest_.seal_key = key.id;
    }
    if (installation_.keys().find(manifest_.seal_key) == nullptr)
      return Failure(Error::internal("the newest key of the log is not known"));
    manifest_.generation = audit::generation(reader);
    if (const auto tree = audit::read_tree(reader)) manifest_.entries = tree->head.size;
    if (const auto checkpoint = audit::latest_checkpoint(reader)) manifest_.checkpoint = checkpoint->note;
    return {};
  }

  Result<void> add(const std::string& name, std::string_view content) {
    digest_.add(name, content);
    return archive_.add(name, content, manifest_.made_at);
  }

  Result<void> write_table(store::Reader& reader, const store::Table& table) {
    const std::string header = header_of(table);
    std::string chunk = header;
    std::uint64_t number = 0;
    std::uint64_t rows = 0;
    const auto flush = [&]() -> Result<void> {
      TRY(add(fmt::format("rows/{}/{:06}.jsonl", table.name, number++), chunk));
      chunk = header;
      return require_short_wal();
    };
    try {
      reader.each(store::selection_of(table), [&](const store::Row& row) {
        append_row(chunk, table, row);
        ++rows;
        if (chunk.size() < kChunk) return;
        if (auto done = flush(); !done) throw Stopped{done.error()};
      });
    } catch (const Stopped& stopped) {
      return Failure(stopped.error);
    }
    end_.rows[table.name] = rows;
    return flush();
  }

  Result<void> require_short_wal() {
    std::error_code failed;
    const auto size = std::filesystem::file_size(installation_.folder.database() + "-wal", failed);
    if (failed || size <= wal_at_start_ + kMostWalGrowth) return {};
    return Failure(Error::unavailable(
        {"Nơi ghi bản sao lưu quá chậm so với lượng dữ liệu đang được ghi; đã dừng sao lưu để máy chủ không bị ảnh "
         "hưởng. Hãy sao lưu vào đĩa nhanh hơn hoặc lúc ít việc.",
         "The target of the backup is too slow for what is being written meanwhile; the backup was stopped so that the "
         "server does not suffer. Back up to a faster disk, or at a quiet time."},
        "the write-ahead log grew too much"));
  }

  static std::uintmax_t wal_size(const Installation& installation) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(installation.folder.database() + "-wal", failed);
    return failed ? 0 : size;
  }

  Installation& installation_;
  ArchiveWriter& archive_;
  BackupManifest manifest_;
  BackupEnd end_;
  ContentDigest digest_;
  const std::uintmax_t wal_at_start_ = wal_size(installation_);
};

/// A file under a name of its own until it is whole; gone if it never is.
class PartFile {
 public:
  static Result<PartFile> create(const std::string& final_path, Random& random) {
    PartFile out;
    out.path_ = final_path + "." + Id<struct PartTag>::make(random).text() + ".part";
    out.file_ = Descriptor(open(out.path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!out.file_) {
      auto error = file_error(out.path_);
      out.path_.clear();
      return Failure(std::move(error));
    }
    return out;
  }
  PartFile(PartFile&& other) noexcept : path_(std::exchange(other.path_, {})), file_(std::move(other.file_)) {}
  PartFile& operator=(PartFile&&) = delete;
  ~PartFile() {
    if (!path_.empty()) unlink(path_.c_str());
  }

  [[nodiscard]] int descriptor() const { return file_.get(); }
  /// Gives it its name, which must be free, and makes both durable; its size.
  Result<std::uint64_t> publish(const std::string& final_path) {
    struct stat found{};
    if (fsync(file_.get()) != 0 || fstat(file_.get(), &found) != 0 || !file_.close()) return Failure(file_error(path_));
    if (renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, final_path.c_str(), RENAME_NOREPLACE) != 0)
      return Failure(file_error(final_path));
    path_.clear();
    const std::string folder = std::filesystem::path(final_path).parent_path().string();
    const Descriptor parent(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!parent || fsync(parent.get()) != 0) {
      auto error = file_error(final_path);
      unlink(final_path.c_str());
      return Failure(std::move(error));
    }
    return static_cast<std::uint64_t>(found.st_size);
  }

 private:
  PartFile() = default;
  std::string path_;
  Descriptor file_;
};

Result<BackupManifest> encrypt_to(Installation& installation, const std::vector<std::string>& recipients, int file) {
  std::vector<std::string> arguments{kAge, "--encrypt"};
  for (const auto& recipient : recipients) arguments.insert(arguments.end(), {"--recipient", recipient});
  Child age = TRY(Child::start(arguments, Child::Talk::Feed, file));
  // Written out bit by bit: half a gigabyte in one go would hold up the commits of others on the same disk.
  std::size_t unsynced = 0;
  ArchiveWriter archive([&](std::string_view bytes) -> Result<void> {
    unsynced += bytes.size();
    if (unsynced >= kSyncedAtOnce) {
      unsynced = 0;
      fdatasync(file);  // a failure is told by the last one
    }
    return age.write(bytes);
  });
  Backup backup(installation, archive);
  auto manifest = TRY(installation.store().read([&](store::Reader& reader) { return backup.write(reader); }));
  TRY(age.finish());
  return manifest;
}

Result<void> record_backup(Installation& installation, const people::By& by, const std::vector<std::string>& recipients,
                           const BackupMade& made) {
  std::vector<audit::Fact> facts{{"file", made.path},
                                 {"made_at", iso(made.manifest.made_at)},
                                 {"entries", std::to_string(made.manifest.entries)},
                                 {"generation", std::to_string(made.manifest.generation)}};
  for (std::size_t i = 0; i < recipients.size(); ++i)
    facts.push_back({i == 0 ? "recipient" : "recipient" + std::to_string(i + 1), recipients[i]});
  if (!by.basis.empty()) facts.push_back({"basis", by.basis});
  return installation.store().write([&](store::Transaction& tx) -> Result<void> {
    installation.recorder().record(tx, {.type = "backup.made",
                                        .at = installation.clock.now(),
                                        .actor = by.actor,
                                        .subject = "installation/" + installation.id(),
                                        .facts = facts,
                                        .result = "created"});
    return {};
  });
}

}  // namespace

Result<BackupMade> make_backup(Installation& installation, const people::By& by, const std::string& to,
                               const std::vector<std::string>& recipients) {
  if (recipients.empty() || recipients.size() > kMostRecipients)
    return Failure(Error::invalid({"Cần ít nhất một người nhận (khóa công khai age1…), nhiều nhất 16.",
                                   "At least one recipient is wanted (a public key age1…), at most 16."}));
  for (const auto& recipient : recipients) TRY(check_recipient(recipient));
  BackupMade made;
  std::error_code ignored;
  made.path = std::filesystem::is_directory(to, ignored)
                  ? (std::filesystem::path(to) / file_name(installation.id(), installation.clock.now())).string()
                  : to;
  if (std::filesystem::exists(std::filesystem::symlink_status(made.path, ignored)))
    return Failure(Error::conflict(Text::format("Đã có tệp {0}.", "The file {0} is there already.", made.path)));
  const auto began = installation.clock.monotonic();
  PartFile part = TRY(PartFile::create(made.path, installation.random));
  made.manifest = TRY(encrypt_to(installation, recipients, part.descriptor()));
  made.bytes = TRY(part.publish(made.path));
  if (auto recorded = record_backup(installation, by, recipients, made); !recorded) {
    unlink(made.path.c_str());
    return Failure(recorded.error());
  }
  made.took = installation.clock.monotonic() - began;
  return made;
}

Result<std::optional<Instant>> last_backup(store::Store& store) {
  return store.read([](store::Reader& reader) -> Result<std::optional<Instant>> {
    std::optional<Instant> out;
    reader.first(kLastBackup, [&](const store::Row& row) { out = row.maybe_instant(0); });
    return out;
  });
}

}  // namespace khien::app
