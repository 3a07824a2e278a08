#include "app/installation.h"

#include <sys/stat.h>
#include <unistd.h>

#include <iterator>
#include <stdexcept>
#include <thread>

#include "accounts/migrations.h"
#include "app/checkpoint_export.h"
#include "app/clock_guard.h"
#include "app/keys.h"
#include "app/readiness.h"
#include "audit/schema.h"
#include "base/digest.h"
#include "credentials/migrations.h"
#include "directives/migrations.h"
#include "people/migrations.h"
#include "protocols/oidc/migrations.h"
#include "signin/recent_places.h"
#include "signin/session.h"
#include "store/own_schema.h"

namespace khien::app {
namespace {

constexpr std::array kInstallationMigrations{
    store::Migration{"installation", 1,
                     "create table installation (only_row bigint not null primary key, id text not null,"
                     " created_at bigint not null);\n"}};
constexpr store::Sql kInsertId{"insert into installation (only_row, id, created_at) values (1, :1, :2)"};
constexpr store::Sql kId{"select id from installation where only_row = 1", "t"};

/// For an installation that is opened for reading.
class NoRecorder final : public audit::Recorder {
 public:
  void record(store::Transaction&, const audit::Entry&) override {
    throw std::logic_error("this installation is open for reading only");
  }
  void erase_person(store::Transaction&, const PersonId&, const audit::Actor&, Instant,
                    std::vector<audit::Fact>) override {
    throw std::logic_error("this installation is open for reading only");
  }
};

Error not_there(const Folder& folder) {
  return Error::not_found(
      {"Chưa có hệ thống Khiên ở " + folder.path.string() + "; hãy chạy «khien init --data …» trước.",
       "There is no installation at " + folder.path.string() + "; run \"khien init --data …\" first."});
}

}  // namespace

std::string root_key_path(const Folder& folder, const Config& config) {
  return config.root_key_file.empty() ? folder.root_key() : config.root_key_file;
}

bool is_installed(const Folder& folder) {
  return std::filesystem::exists(folder.database());
}

Result<void> check_files(const Folder& folder, const Config& config) {
  const bool installed = is_installed(folder);
  if (!installed && !std::filesystem::exists(folder.config())) return Failure(not_there(folder));
  std::vector<Error> problems;
  const auto check = [&](std::string_view key, const auto& read) {
    if (read) return;
    const auto place = config.places.find(key);
    problems.push_back(place == config.places.end() ? read.error() : Error(read.error()).at(place->second));
  };
  if (installed) check("root_key_file", read_root_key(root_key_path(folder, config)));
  if (!config.certificate_file.empty()) {
    check("certificate_file", read_file(config.certificate_file));
    check("key_file", read_file(config.key_file));
  }
  if (!problems.empty()) return Failure(combine(problems));
  return {};
}

std::vector<store::Migration> all_migrations() {
  std::vector<store::Migration> all;
  for (const auto part : {std::span<const store::Migration>(kInstallationMigrations), store::keyring_migrations(),
                          audit::migrations(), people::migrations(), directives::migrations(), accounts::migrations(),
                          credentials::migrations(), signin::session_migrations(), signin::place_migrations(),
                          oidc::migrations(), readiness_migrations(), clock_migrations(), export_migrations()})
    std::ranges::copy(part, std::back_inserter(all));
  return all;
}

namespace {

bool others_may_write(const struct stat& found) {
  return (found.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

/// What is in a folder that others may write to was perhaps put there by them: a link in place of the key, a setting.
Result<void> require_own(const Folder& folder) {
  struct stat found{};
  if (stat(folder.path.c_str(), &found) != 0) return {};  // the next step says why
  const bool open_to_others = others_may_write(found) && !std::filesystem::is_empty(folder.path);
  if (found.st_uid == geteuid() && !open_to_others) return {};
  return Failure(
      Error::refused({"Thư mục " + folder.path.string() +
                          " thuộc người khác, hoặc người khác ghi được và đã có tệp; hãy chọn thư mục riêng.",
                      "The folder " + folder.path.string() +
                          " belongs to somebody else, or others may write to it and it has files; "
                          "choose one of your own."}));
}

/// The same of one that is there already. Root may work in the folder of the server's user.
Result<void> require_guarded(const Folder& folder) {
  struct stat found{};
  if (stat(folder.path.c_str(), &found) != 0) return {};
  const bool of_another = found.st_uid != geteuid() && found.st_uid != 0 && geteuid() != 0;
  if (!others_may_write(found) && !of_another) return {};
  return Failure(Error::refused(
      {"Người khác ghi được vào thư mục " + folder.path.string() +
           ", nên cấu hình, khóa và dữ liệu trong đó có thể đã bị thay; hãy kiểm tra rồi đặt lại quyền: "
           "chmod 700.",
       "Others may write to the folder " + folder.path.string() +
           ": its settings, keys and data may have been replaced. Look, then set its mode: chmod 700."}));
}

}  // namespace

Result<void> initialise(const Folder& folder, const Environment& environment, const Clock& clock, Random& random) {
  std::error_code failed;
  std::filesystem::create_directories(folder.path, failed);
  if (failed)
    return Failure(Error::unavailable({"Không tạo được thư mục " + folder.path.string() + ".",
                                       "Cannot create the folder " + folder.path.string() + "."},
                                      failed.message()));
  TRY(require_own(folder));
  std::filesystem::permissions(folder.path, std::filesystem::perms::owner_all, failed);
  if (std::filesystem::exists(folder.database()))
    return Failure(Error::conflict({"Đã có hệ thống Khiên ở " + folder.path.string() + ".",
                                    "There is an installation at " + folder.path.string() + " already."}));
  const FolderLock lock = TRY(FolderLock::take(folder));
  if (!std::filesystem::exists(folder.config())) TRY(write_file(folder.config(), config_template(), false));
  const Config config = TRY(read_config(folder.config(), environment));
  TRY(write_root_key(root_key_path(folder, config), random));
  const Secret root = TRY(read_root_key(root_key_path(folder, config)));
  const auto store = TRY(store::open_sqlite({.path = folder.database()}));
  TRY(store->migrate(all_migrations(), clock.now()));
  TRY(store::Keyring::create_missing(*store, root, random, clock.now()));
  const std::string id = Id<struct InstallationTag>::make(random).text();
  return store->write([&](store::Transaction& tx) -> Result<void> {
    tx.execute(kInsertId, id, clock.now());
    return {};
  });
}

Installation::Installation(Folder where, Config settings, const Clock& time, Random& randomness)
    : folder(std::move(where)), config(std::move(settings)), clock(time), random(randomness) {}

Installation::~Installation() {
  if (log_) static_cast<void>(log_->stop(clock.now()));
  pool_.reset();
  log_.reset();
  store_.reset();
}

Result<std::unique_ptr<Installation>> Installation::open(const Folder& folder, Mode mode,
                                                         const Environment& environment, const Clock& clock,
                                                         Random& random) {
  if (!std::filesystem::exists(folder.database())) return Failure(not_there(folder));
  TRY(require_guarded(folder));
  Config config = TRY(read_config(folder.config(), environment));
  std::unique_ptr<Installation> out(new Installation(folder, std::move(config), clock, random));
  TRY(out->start(mode));
  return out;
}

Result<void> Installation::start(Mode mode) {
  const bool reading = mode == Mode::Read;
  if (!reading) lock_.emplace(TRY(FolderLock::take(folder)));
  store_ = TRY(store::open_sqlite({.path = folder.database(), .read_only = reading}));
  if (reading)
    TRY(store_->check_schema(all_migrations()));
  else
    TRY(store_->migrate(all_migrations(), clock.now()));
  TRY(store::require_own_schema(*store_, all_migrations()));
  const Secret root = TRY(read_root_key(root_key_path(folder, config)));
  if (!reading) TRY(store::Keyring::create_missing(*store_, root, random, clock.now()));
  keys_ = TRY(store::Keyring::load(*store_, root));
  id_ = TRY(store_->read([](store::Reader& reader) -> Result<std::string> {
    std::string id;
    reader.first(kId, [&](const store::Row& row) { id = row.string(0); });
    return id;
  }));
  if (reading)
    no_log_ = std::make_unique<NoRecorder>();
  else
    log_ = TRY(audit::Log::open(*store_, *keys_, random, id_));
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  pool_ = std::make_unique<credentials::HashingPool>(
      credentials::HashingPoolOptions{
          .threads = config.hashing_threads == 0 ? cores : static_cast<unsigned>(config.hashing_threads),
          .queue = static_cast<std::size_t>(config.hashing_queue)},
      clock);
  const credentials::Argon2Parameters argon2{.memory_kib = static_cast<std::uint32_t>(config.argon2_memory_kib),
                                             .passes = static_cast<std::uint32_t>(config.argon2_passes)};
  people_ = std::make_unique<people::People>(*store_, recorder(), *keys_, clock, random);
  requests_ = std::make_unique<people::Requests>(*store_, recorder(), *keys_, clock, random);
  directives_ = std::make_unique<directives::Directives>(*store_, recorder(), *people_, clock, random);
  accounts_ = std::make_unique<accounts::Accounts>(*store_, recorder(), *people_, *keys_, clock, random);
  credentials_ = std::make_unique<credentials::Credentials>(*store_, recorder(), *keys_, *pool_, argon2, clock, random);
  policy::DecisionSettings settings;
  settings.reading_grace = config.reading_grace;
  settings.signing_grace = config.signing_grace;
  settings.notice = config.notice;
  settings.change_at_gate_after_cutoff = config.after_cutoff == "gate";
  standings_ = std::make_unique<signin::Standings>(*people_, *accounts_, *directives_, *credentials_, settings, clock);
  clients_ = std::make_unique<oidc::Clients>(*store_, recorder(), clock, random);
  token_keys_ = std::make_unique<oidc::Keys>(*store_, recorder(), *keys_, clock, random);
  key_follower_ = follow_keys(*store_, *keys_);
  // Keys first: what the others read may be under a new one.
  const std::vector<audit::Follower*> followers{key_follower_.get(), token_keys_.get(), people_.get(),
                                                directives_.get(),   accounts_.get(),   credentials_.get(),
                                                clients_.get()};
  TRY(audit::load(followers));
  standings_->trust_clock_until(TRY(doubted_since(*this)));
  if (!reading) audit::follow(*log_, followers);
  return {};
}

audit::Log& Installation::log() {
  if (!log_) throw std::logic_error("this installation is open for reading only");
  return *log_;
}

audit::Recorder& Installation::recorder() {
  if (log_) return *log_;
  return *no_log_;
}

}  // namespace khien::app
