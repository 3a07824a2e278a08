#include "app/restore.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "app/erasure.h"
#include "audit/generation.h"
#include "audit/notes.h"
#include "audit/rows.h"
#include "audit/verify.h"
#include "people/entries.h"
#include "protocols/oidc/clients.h"
#include "signin/session.h"
#include "store/tables.h"

namespace khien::app {
namespace {

constexpr store::Sql kId{"select id from installation where only_row = 1", "t"};
constexpr std::size_t kMostKept = std::size_t{64} << 20;

Error cannot(const std::string& path) {
  return Error::unavailable(Text::format("Không ghi được {0}.", "Cannot write {0}.", path), std::strerror(errno));
}

/// What stands where the backup is to go.
struct Known {
  bool folder = false;        ///< there is one, with something in it
  bool installation = false;  ///< with a database
  bool readable = false;      ///< the fields below are known
  std::string id;
  std::uint64_t generation = 0;
  std::uint64_t entries = 0;
  std::vector<std::pair<std::uint64_t, std::string>> erasures;  ///< leaf, person id
};

Known look_at(const Folder& folder) {
  Known out;
  std::error_code failed;
  out.folder = std::filesystem::exists(folder.path, failed) && !std::filesystem::is_empty(folder.path, failed);
  out.installation = std::filesystem::exists(folder.database(), failed);
  if (!out.installation) return out;
  const auto store = store::open_sqlite({.path = folder.database(), .read_only = true});
  if (!store) return out;
  const auto read = (*store)->read([&](store::Reader& reader) -> Result<bool> {
    reader.first(kId, [&](const store::Row& row) { out.id = row.string(0); });
    out.generation = audit::generation(reader);
    out.entries = audit::count_entries(reader);
    audit::each_erasure(reader, [&](const audit::EntryRow& row) {
      if (row.subject.starts_with("person/")) out.erasures.emplace_back(row.leaf, std::string(row.subject.substr(7)));
    });
    return true;
  });
  out.readable = read && !out.id.empty();
  return out;
}

/// A folder beside the one that is wanted; gone unless it was put in its place.
class WorkFolder {
 public:
  static Result<WorkFolder> create(const Folder& wanted, Random& random) {
    WorkFolder out;
    out.folder_.path = wanted.path.string() + ".restoring-" + Id<struct WorkTag>::make(random).text();
    if (mkdir(out.folder_.path.c_str(), 0700) != 0) {
      auto error = cannot(out.folder_.path.string());
      out.folder_.path.clear();
      return Failure(std::move(error));
    }
    return out;
  }
  WorkFolder(WorkFolder&& other) noexcept { std::swap(folder_, other.folder_); }
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder() {
    std::error_code ignored;
    if (!folder_.path.empty()) std::filesystem::remove_all(folder_.path, ignored);
  }
  [[nodiscard]] const Folder& folder() const { return folder_; }

  /// In one step: whoever looks sees the old folder or the new one. Where the old one is then.
  Result<std::string> put_in_place_of(const Folder& wanted, bool replaces, Instant now) {
    const std::string from = folder_.path.string();
    const std::string to = wanted.path.string();
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), replaces ? RENAME_EXCHANGE : RENAME_NOREPLACE) != 0)
      return Failure(cannot(to));
    folder_.path.clear();
    if (!replaces) return std::string();
    const std::string old =
        to + fmt::format(".before-restore-{:%Y%m%dT%H%M%SZ}", std::chrono::floor<std::chrono::seconds>(now));
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, old.c_str(), RENAME_NOREPLACE) != 0) return from;
    return old;
  }

 private:
  WorkFolder() = default;
  Folder folder_;
};

Error of_another(const std::string& backup, const std::string& here) {
  return Error::refused(Text::format("Bản sao lưu của hệ thống khác ({0}); thư mục này là của hệ thống {1}.",
                                     "The backup is of another installation ({0}); this folder is of {1}.", backup,
                                     here));
}

/// Puts rows into a database whose tables this program makes: nothing of the backup is run.
class Loader final : public BackupContent {
 public:
  Loader(const Folder& work, const Known& known, std::optional<std::string> root_id, Instant now)
      : work_(work), known_(known), root_id_(std::move(root_id)), now_(now) {}

  Result<void> manifest(const BackupManifest& manifest) override {
    if (known_.readable && manifest.installation != known_.id)
      return Failure(of_another(manifest.installation, known_.id));
    if (root_id_ && *root_id_ != manifest.root_key)
      return Failure(Error::refused(
          Text::format("Sai khóa gốc: bản sao lưu cần khóa gốc mã {0}, tệp đang dùng chứa khóa gốc mã {1}.",
                       "The wrong root key: the backup needs the root key {0}, the file in use holds {1}.",
                       manifest.root_key, *root_id_)));
    std::vector<store::Migration> steps;
    for (const auto& step : all_migrations())
      if (std::ranges::find(manifest.steps, std::pair(std::string(step.subject), std::int64_t{step.version})) !=
          manifest.steps.end())
        steps.push_back(step);
    if (steps.size() != manifest.steps.size())
      return Failure(Error::refused({"Bản sao lưu của phiên bản Khiên mới hơn; hãy dùng phiên bản ấy để khôi phục.",
                                     "The backup is of a newer Khiên; restore it with that version."}));
    store_ = TRY(store::open_sqlite({.path = work_.database()}));
    TRY(store_->migrate(steps, now_));
    return store_->write([&](store::Transaction& tx) -> Result<void> {
      for (auto& table : TRY(store::tables_of(*store_, tx))) tables_.emplace(table.name, std::move(table));
      // The newest first: what refers to another goes before it.
      const auto made = TRY(store::tables_of(*store_, tx));
      for (auto table = made.rbegin(); table != made.rend(); ++table) tx.execute(store::clearing_of(*table));
      return {};
    });
  }

  Result<void> config(const std::string& yaml) override {
    config_ = yaml;
    return {};
  }

  Result<void> rows(const std::string& name, const std::vector<std::string>& columns,
                    const std::vector<std::vector<store::Value>>& rows) override {
    const auto table = tables_.find(name);
    const bool same =
        table != tables_.end() && std::ranges::equal(table->second.columns, columns, {}, &store::Column::name);
    if (!same)
      return Failure(Error::invalid(Text::format(
          "Bản sao lưu có bảng lạ: {0}.", "The backup has a table that is not known: {0}.", name.substr(0, 60))));
    return store_->write([&](store::Transaction& tx) -> Result<void> {
      for (const auto& row : rows) tx.execute_with(store::insertion_into(table->second), row);
      return {};
    });
  }

  [[nodiscard]] std::unique_ptr<store::Store>& store() { return store_; }
  [[nodiscard]] const std::string& config_text() const { return config_; }

 private:
  const Folder& work_;
  const Known& known_;
  const std::optional<std::string> root_id_;
  const Instant now_;
  std::unique_ptr<store::Store> store_;
  std::map<std::string, store::Table> tables_;
  std::string config_;
};

/// A whole restore; its steps in the order in which they are made.
class Restore {
 public:
  Restore(const Folder& wanted, const RestoreOptions& options, const people::By& by, const Environment& environment,
          const Clock& clock, Random& random)
      : wanted_(wanted),
        options_(options),
        by_(by),
        environment_(environment),
        clock_(clock),
        random_(random),
        now_(clock.now()) {}

  Result<Restored> run() {
    if (!options_.older_because.empty()) reason_ = TRY(people::clean_reason(options_.older_because));
    known_ = look_at(wanted_);
    if (known_.folder) lock_.emplace(TRY(FolderLock::take(wanted_)));
    TRY(require_ours_or_empty());
    WorkFolder work = TRY(WorkFolder::create(wanted_, random_));
    TRY(load(work.folder()));
    TRY(check_age());
    TRY(begin_again(work.folder()));
    TRY(complete(work.folder()));
    out_.replaced = TRY(work.put_in_place_of(wanted_, known_.folder || std::filesystem::exists(wanted_.path), now_));
    return std::move(out_);
  }

 private:
  /// Only what an operator prepares may lie beside the database.
  Result<void> require_ours_or_empty() {
    if (!known_.folder || known_.installation) return {};
    static const std::set<std::string> kPrepared{"khien.yaml", "root.key", "khien.lock", "tls.crt", "tls.key"};
    for (const auto& entry : std::filesystem::directory_iterator(wanted_.path))
      if (!kPrepared.contains(entry.path().filename().string()))
        return Failure(Error::refused(Text::format("Thư mục {0} có tệp khác ({1}); hãy chọn thư mục trống.",
                                                   "The folder {0} has other files ({1}); choose an empty one.",
                                                   wanted_.path.string(), entry.path().filename().string())));
    return {};
  }

  /// Where the root key is to be read, as far as that is known before the configuration in the backup.
  Result<std::string> root_key_file(const std::string& config_in_backup) {
    if (!options_.root_key_file.empty()) return options_.root_key_file;
    const Config config = std::filesystem::exists(wanted_.config())
                              ? TRY(read_config(wanted_.config(), environment_))
                              : TRY(parse_config(config_in_backup, "khien.yaml", environment_));
    return root_key_path(wanted_, config);
  }

  Result<void> load(const Folder& work) {
    std::optional<std::string> root_id;
    if (!options_.root_key_file.empty()) root_id = store::root_key_id(TRY(read_root_key(options_.root_key_file)));
    Loader loader(work, known_, root_id, now_);
    const BackupRead read = TRY(read_backup(options_.file, options_.identity, loader));
    store_ = std::move(loader.store());
    config_text_ = loader.config_text();
    out_.manifest = read.manifest;
    root_file_ = TRY(root_key_file(config_text_));
    const Secret root = TRY(read_root_key(root_file_));
    TRY(store_->migrate(all_migrations(), now_));
    keys_ = TRY(store::Keyring::load(*store_, root));
    const store::Key* seal = keys_->find(read.manifest.seal_key);
    const bool sealed = seal != nullptr && seal->purpose == store::Purpose::Log &&
                        seal_of(seal->bytes, read.end.digest) == read.end.seal;
    if (!sealed)
      return Failure(Error::refused({"Bản sao lưu không mang dấu niêm phong của hệ thống này: có người đã làm giả.",
                                     "The backup does not bear the seal of this installation: it was forged."}));
    return check_content();
  }

  /// What the manifest says is what is there, and the log in it verifies, also against what was kept elsewhere.
  Result<void> check_content() {
    audit::VerifyOptions wanted;
    wanted.keyring = keys_.get();
    wanted.keys = {{audit::origin_of(out_.manifest.installation, out_.manifest.generation),
                    ed25519_public(keys_->current(store::Purpose::Log).bytes)}};
    if (!options_.checkpoints.empty()) {
      const std::string text = TRY(read_file(options_.checkpoints, kMostKept));
      for (const auto& note : audit::notes_in(text)) TRY(sort_checkpoint(note, wanted));
    }
    const auto report = TRY(store_->read([&](store::Reader& reader) -> Result<audit::Report> {
      std::string id;
      reader.first(kId, [&](const store::Row& row) { id = row.string(0); });
      const auto tree = audit::read_tree(reader);
      const auto newest = audit::latest_checkpoint(reader);
      if (id != out_.manifest.installation || (tree ? tree->head.size : 0) != out_.manifest.entries ||
          audit::generation(reader) != out_.manifest.generation ||
          (newest ? newest->note : std::string()) != out_.manifest.checkpoint)
        return Failure(Error::invalid({"Nội dung bản sao lưu không khớp bản kê của nó.",
                                       "The content of the backup is not what its manifest says."}));
      return audit::verify(reader, wanted);
    }));
    if (!report.passed()) {
      const Text found = audit::summary_of(report);
      return Failure(Error::refused({"Không khôi phục: " + found.vi, "Not restored: " + found.en}));
    }
    return {};
  }

  /// A checkpoint of more than the backup has says what is lost; the others must agree.
  Result<void> sort_checkpoint(const std::string& note, audit::VerifyOptions& wanted) {
    const auto parsed = TRY(audit::parse_checkpoint(note));
    const bool beyond = parsed.checkpoint.head.size > out_.manifest.entries;
    if (!beyond) {
      wanted.against.push_back({options_.checkpoints, note});
      return {};
    }
    const auto key = wanted.keys.front();
    if (!audit::verify_checkpoint(note, key))
      return Failure(Error::refused(
          {"Tệp điểm kiểm tra có điểm kiểm tra mới hơn bản sao lưu mà khóa trong bản sao lưu không kiểm tra được (của "
           "hệ thống khác, hoặc ký bằng khóa thay sau đó).",
           "The file has a checkpoint newer than the backup that the key in the backup cannot check (of another "
           "installation, or signed with a key of later)."}));
    if (!newer_ || parsed.checkpoint.head.size > newer_->head.size) newer_ = parsed.checkpoint;
    return {};
  }

  Result<void> check_age() {
    const bool older = (known_.readable &&
                        (known_.generation > out_.manifest.generation ||
                         (known_.generation == out_.manifest.generation && known_.entries > out_.manifest.entries))) ||
                       newer_;
    const bool unknown = known_.installation && !known_.readable;
    if (reason_.empty() && older)
      return Failure(Error::refused(Text::format(
          "Bản sao lưu (lúc {0}, {1} mục) cũ hơn dữ liệu đã biết ({2} mục). Nếu vẫn muốn khôi phục, hãy ghi lý do bằng "
          "--older-because.",
          "The backup (of {0}, {1} entries) is older than what is known ({2} entries). If it is wanted all the same, "
          "give the reason with --older-because.",
          dmy_time(out_.manifest.made_at), out_.manifest.entries, known_entries())));
    if (reason_.empty() && unknown)
      return Failure(Error::refused(
          {"Không đọc được cơ sở dữ liệu đang có trong thư mục nên không biết nó mới hơn bản sao lưu hay không. Nếu "
           "vẫn "
           "muốn khôi phục, hãy ghi lý do bằng --older-because.",
           "The database in the folder cannot be read, so whether it is newer is not known. If the backup is wanted "
           "all the same, give the reason with --older-because."}));
    return {};
  }

  [[nodiscard]] std::uint64_t known_entries() const { return std::max(known_.entries, newer_ ? newer_->head.size : 0); }

  /// A new generation under a new key, and nothing open of what was.
  Result<void> begin_again(const Folder&) {
    const store::Key old_key = keys_->current(store::Purpose::Log);
    const store::NewKey log = keys_->make(store::Purpose::Log, random_);
    const store::NewKey session = keys_->make(store::Purpose::Session, random_);
    TRY(store_->write([&](store::Transaction& tx) -> Result<void> {
      store::Keyring::insert(tx, log, now_);
      store::Keyring::insert(tx, session, now_);
      sessions_ = signin::erase_all_sessions(tx);
      codes_ = oidc::erase_all_codes(tx);
      return {};
    }));
    TRY(keys_->refresh(*store_));
    out_.generation = std::max(out_.manifest.generation, known_.generation) + 1;
    TRY(store_->write([&](store::Transaction& tx) -> Result<void> {
      return audit::begin_generation(tx, *keys_, old_key, out_.manifest.installation, out_.generation, now_);
    }));
    keys_.reset();
    store_.reset();
    return {};
  }

  Result<void> copy(const std::string& from, const std::string& to, bool secret) {
    if (!std::filesystem::exists(from)) return {};
    const Secret text(TRY(read_file(from, 1U << 20)));
    return write_file(to, text.reveal(), secret);
  }

  /// The other files of the folder; then the installation is opened as the server will open it, and says what happened.
  Result<void> complete(const Folder& work) {
    const bool has_config = std::filesystem::exists(wanted_.config());
    TRY(has_config ? copy(wanted_.config(), work.config(), false) : write_file(work.config(), config_text_, false));
    TRY(copy(wanted_.certificate(), work.certificate(), false));
    TRY(copy(wanted_.certificate_key(), work.certificate_key(), true));
    const Config config = TRY(read_config(work.config(), environment_));
    if (config.root_key_file.empty())
      TRY(copy(root_file_, work.root_key(), true));
    else if (config.root_key_file != root_file_)
      say({"Hãy đặt tệp khóa gốc vào " + config.root_key_file + " (cấu hình chỉ chỗ đó).",
           "Put the root key file at " + config.root_key_file + ": that is where the configuration looks."});
    const Environment with_root = [&](const std::string& name) -> std::optional<std::string> {
      if (name == "KHIEN_ROOT_KEY_FILE") return root_file_;
      return environment_(name);
    };
    const auto opened = TRY(Installation::open(work, Installation::Mode::Change, with_root, clock_, random_));
    TRY(record(*opened));
    tell_what_is_lost();
    TRY(erase_again(*opened));
    return opened->log().stop(clock_.now());
  }

  Result<void> record(Installation& opened) {
    const BackupManifest& m = out_.manifest;
    std::vector<audit::Fact> facts{{"made_at", iso(m.made_at)},
                                   {"entries", std::to_string(m.entries)},
                                   {"was.generation", std::to_string(m.generation)},
                                   {"generation", std::to_string(out_.generation)},
                                   {"sessions", std::to_string(sessions_)},
                                   {"codes", std::to_string(codes_)}};
    if (!m.checkpoint.empty()) facts.push_back({"checkpoint", m.checkpoint});
    if (known_entries() > m.entries) facts.push_back({"known_entries", std::to_string(known_entries())});
    if (newer_) facts.push_back({"known_root", base64(newer_->head.root)});
    if (!reason_.empty()) facts.push_back({"reason", reason_});
    if (!by_.basis.empty()) facts.push_back({"basis", by_.basis});
    return opened.store().write([&](store::Transaction& tx) -> Result<void> {
      opened.recorder().record(tx, {.type = "installation.restored",
                                    .at = now_,
                                    .actor = by_.actor,
                                    .subject = "installation/" + m.installation,
                                    .facts = facts,
                                    .result = "restored"});
      return {};
    });
  }

  void say(Text text) { out_.said.push_back(std::move(text)); }

  void tell_what_is_lost() {
    say(Text::format("Mất mọi việc làm từ {0} (lúc sao lưu) đến {1} (lúc khôi phục).",
                     "Everything done from {0} (the backup) to {1} (this restore) is lost.",
                     dmy_time(out_.manifest.made_at), dmy_time(now_)));
    if (known_entries() > out_.manifest.entries)
      say(Text::format("Trong đó có ít nhất {0} mục nhật ký (số {1} đến {2}), đã ghi vào nhật ký mới.",
                       "Among it at least {0} entries of the log (numbers {1} to {2}); the new log says so.",
                       known_entries() - out_.manifest.entries, out_.manifest.entries, known_entries() - 1));
    else if (options_.checkpoints.empty() && !known_.readable)
      say({"Chưa so với điểm kiểm tra lưu ở nơi khác (--checkpoint): không biết nhật ký mất bao nhiêu mục.",
           "No checkpoint kept elsewhere was given (--checkpoint): how many entries are lost is not known."});
    say(Text::format("Đã kết thúc {0} phiên đăng nhập và {1} mã đăng nhập; mọi lần đăng nhập dở dang phải làm lại.",
                     "Ended {0} sessions and {1} codes; sign-ins under way begin anew.", sessions_, codes_));
    say({"Khóa kiểm tra nhật ký đã đổi: gửi «khien audit key» cho người giữ điểm kiểm tra.",
         "The verifier key of the log is another: send `khien audit key` to whoever keeps checkpoints."});
  }

  /// Who was erased after the backup is in it again. As far as it is known who, it is done again.
  Result<void> erase_again(Installation& opened) {
    std::set<PersonId> wanted;
    for (const auto& [leaf, id] : known_.erasures)
      if (leaf >= out_.manifest.entries)
        if (const auto person = PersonId::parse(id)) wanted.insert(*person);
    if (!options_.erasures.empty()) TRY(read_erasures(wanted));
    const bool known = known_.readable || !options_.erasures.empty();
    for (const auto& person : wanted) TRY(erase_one(opened, person));
    if (!known)
      say(
          {"Không biết ai đã được xóa dữ liệu sau lúc sao lưu: hãy xem bản lưu của «khien audit show --type "
           "person.erased --json» và xóa lại (--erasures, hoặc khien person erase).",
           "Who was erased after the backup is not known: look at what was kept of `khien audit show --type "
           "person.erased --json` and erase again (--erasures, or khien person erase)."});
    return {};
  }

  Result<void> read_erasures(std::set<PersonId>& wanted) {
    static constexpr std::string_view kSubject = "\"subject\":\"person/";
    const std::string text = TRY(read_file(options_.erasures, kMostKept));
    for (std::size_t at = text.find(kSubject); at != std::string::npos; at = text.find(kSubject, at + 1)) {
      const auto begin = at + kSubject.size();
      const auto person = PersonId::parse(std::string_view(text).substr(begin, text.find('"', begin) - begin));
      if (!person)
        return Failure(Error::invalid({"Tệp --erasures không phải kết quả của khien audit show --json.",
                                       "The file of --erasures is not what khien audit show --json printed."}));
      wanted.insert(*person);
    }
    return {};
  }

  Result<void> erase_one(Installation& opened, const PersonId& person) {
    const auto plan = plan_erasure(opened, person);
    if (!plan) return {};  // was added after the backup: not there
    const auto* record = opened.people().snapshot()->person(person);
    if (record->person.name == people::kErasedName) return {};
    if (plan->obstacles.empty()) {
      TRY(erase_person(opened, by_, person, "đã xóa trước khi khôi phục bản sao lưu"));
      say(Text::format("Đã xóa lại dữ liệu của người {0}.", "Erased the person {0} again.", person.text()));
    } else {
      say(Text::format(
          "Người {0} đã được xóa sau lúc sao lưu nhưng chưa xóa lại được (còn {1}): khien person erase {0}.",
          "The person {0} was erased after the backup and cannot be erased again yet ({2}): khien person "
          "erase {0}.",
          person.text(), plan->obstacles.front().vi, plan->obstacles.front().en));
    }
    return {};
  }

  const Folder& wanted_;
  const RestoreOptions& options_;
  const people::By& by_;
  const Environment& environment_;
  const Clock& clock_;
  Random& random_;
  const Instant now_;
  std::string reason_;
  Known known_;
  std::optional<FolderLock> lock_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Keyring> keys_;
  std::string config_text_;
  std::string root_file_;
  std::optional<audit::Checkpoint> newer_;
  std::int64_t sessions_ = 0;
  std::int64_t codes_ = 0;
  Restored out_;
};

}  // namespace

Result<Restored> restore(const Folder& folder, const RestoreOptions& options, const people::By& by,
                         const Environment& environment, const Clock& clock, Random& random) {
  Folder wanted{std::filesystem::absolute(folder.path).lexically_normal()};
  if (!wanted.path.has_filename()) wanted.path = wanted.path.parent_path();
  return Restore(wanted, options, by, environment, clock, random).run();
}

}  // namespace khien::app
