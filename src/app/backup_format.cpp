#include "app/backup_format.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <boost/json.hpp>
#include <limits>

#include "base/json_text.h"

namespace khien::app {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostFile = std::size_t{32} << 20;

Failure damaged(std::string detail) {
  return Failure(Error::invalid({"Bản sao lưu bị hỏng, thiếu, hoặc không phải bản sao lưu của Khiên.",
                                 "The backup is damaged, incomplete, or no backup of Khiên."},
                                std::move(detail)));
}

/// Fields of a JSON object by their types; the first that is missing makes the whole invalid.
class Fields {
 public:
  explicit Fields(const json::object& object) : object_(object) {}
  std::string text(std::string_view name) {
    const auto* value = object_.if_contains(name);
    if (value == nullptr || !value->is_string()) return miss<std::string>(name);
    return std::string(value->get_string());
  }
  std::uint64_t number(std::string_view name) {
    const auto* value = object_.if_contains(name);
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return miss<std::uint64_t>(name);
    return static_cast<std::uint64_t>(value->get_int64());
  }
  const json::array& list(std::string_view name) {
    static const json::array kNone;
    const auto* value = object_.if_contains(name);
    if (value != nullptr && value->is_array()) return value->get_array();
    missing_ = name;
    return kNone;
  }
  [[nodiscard]] const std::string& missing() const { return missing_; }

 private:
  template <class T>
  T miss(std::string_view name) {
    missing_ = name;
    return {};
  }
  const json::object& object_;
  std::string missing_;
};

Result<json::object> parse_object(std::string_view text) {
  boost::system::error_code failed;
  auto value = json::parse(text, failed);
  if (failed || !value.is_object()) return damaged("no JSON object");
  return std::move(value.get_object());
}

std::optional<Digest> digest_of_hex(std::string_view text) {
  const auto bytes = from_hex(text);
  Digest out{};
  if (!bytes || bytes->size() != out.size()) return std::nullopt;
  std::ranges::copy(*bytes, out.begin());
  return out;
}

std::string pairs_json(const auto& pairs, const auto& second) {
  std::string out = "[";
  for (const auto& [a, b] : pairs) out += (out.size() == 1 ? "[" : ",[") + json_text(a) + "," + second(b) + "]";
  return out + "]";
}

}  // namespace

std::string json_of(const BackupManifest& m) {
  return fmt::format(
      R"({{"format":{},"program":{},"installation":{},"made_at":{},"steps":{},"root_key":{},"keys":{},"seal_key":{},"generation":{},"entries":{},"checkpoint":{}}})"
      "\n",
      m.format, json_text(m.program), json_text(m.installation), micros_of(m.made_at),
      pairs_json(m.steps, [](std::int64_t version) { return std::to_string(version); }), json_text(m.root_key),
      pairs_json(m.keys, [](const std::string& purpose) { return json_text(purpose); }), json_text(m.seal_key),
      m.generation, m.entries, json_text(m.checkpoint));
}

Result<BackupManifest> parse_manifest(std::string_view text) {
  const auto object = TRY(parse_object(text));
  Fields fields(object);
  const auto format = fields.number("format");
  if (fields.missing().empty() && format > kBackupFormat)
    return Failure(Error::refused({"Bản sao lưu do phiên bản Khiên mới hơn làm; hãy dùng phiên bản ấy.",
                                   "The backup was made by a newer Khiên; use that version."}));
  BackupManifest out{.program = fields.text("program"),
                     .installation = fields.text("installation"),
                     .made_at = instant_of(static_cast<std::int64_t>(fields.number("made_at"))),
                     .root_key = fields.text("root_key"),
                     .seal_key = fields.text("seal_key"),
                     .generation = fields.number("generation"),
                     .entries = fields.number("entries"),
                     .checkpoint = fields.text("checkpoint")};
  const auto pair_of = [](const json::value& value) -> const json::array* {
    const auto* pair = value.if_array();
    return pair != nullptr && pair->size() == 2 && (*pair)[0].is_string() ? pair : nullptr;
  };
  for (const auto& one : fields.list("steps")) {
    const auto* pair = pair_of(one);
    if (pair == nullptr || !(*pair)[1].is_int64()) return damaged("a step of the manifest");
    out.steps.emplace_back((*pair)[0].get_string(), (*pair)[1].get_int64());
  }
  for (const auto& one : fields.list("keys")) {
    const auto* pair = pair_of(one);
    if (pair == nullptr || !(*pair)[1].is_string()) return damaged("a key of the manifest");
    out.keys.emplace_back((*pair)[0].get_string(), (*pair)[1].get_string());
  }
  if (!fields.missing().empty()) return damaged("the manifest lacks " + fields.missing());
  return out;
}

std::string json_of(const BackupEnd& end) {
  return fmt::format(R"({{"rows":{},"sha256":{},"seal":{}}})"
                     "\n",
                     pairs_json(end.rows, [](std::uint64_t rows) { return std::to_string(rows); }),
                     json_text(hex(end.digest)), json_text(hex(end.seal)));
}

Result<BackupEnd> parse_end(std::string_view text) {
  const auto object = TRY(parse_object(text));
  Fields fields(object);
  BackupEnd out;
  for (const auto& one : fields.list("rows")) {
    const auto* pair = one.if_array();
    if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string() || !(*pair)[1].is_int64())
      return damaged("a number of rows");
    out.rows[std::string((*pair)[0].get_string())] = static_cast<std::uint64_t>((*pair)[1].get_int64());
  }
  const auto digest = digest_of_hex(fields.text("sha256"));
  const auto seal = digest_of_hex(fields.text("seal"));
  if (!fields.missing().empty() || !digest || !seal) return damaged("the end of the backup");
  out.digest = *digest;
  out.seal = *seal;
  return out;
}

Digest seal_of(const Secret& log_key, const Digest& digest) {
  return keyed_digest(derive_key(log_key, "khien backup"), {digest});
}

struct ContentDigest::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

ContentDigest::ContentDigest() : state_(std::make_unique<State>()) {
  EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr);
}
ContentDigest::~ContentDigest() = default;

void ContentDigest::add(std::string_view name, std::string_view content) {
  const std::string head = fmt::format("{} {}\n", name, content.size());
  EVP_DigestUpdate(state_->context.get(), head.data(), head.size());
  EVP_DigestUpdate(state_->context.get(), content.data(), content.size());
}

Digest ContentDigest::value() const {
  const State copy;
  EVP_MD_CTX_copy_ex(copy.context.get(), state_->context.get());
  Digest out{};
  unsigned size = 0;
  EVP_DigestFinal_ex(copy.context.get(), out.data(), &size);
  return out;
}

struct ArchiveWriter::State {
  Sink sink;
  archive* handle = nullptr;
  std::optional<Error> failed{};

  static la_ssize_t write(archive* handle, void* self, const void* bytes, std::size_t size) {
    auto* state = static_cast<State*>(self);
    auto done = state->sink({static_cast<const char*>(bytes), size});
    if (done) return static_cast<la_ssize_t>(size);
    state->failed = done.error();
    archive_set_error(handle, EIO, "the sink failed");
    return -1;
  }
  [[nodiscard]] Result<void> outcome(int code) const {
    if (failed) return Failure(*failed);
    if (code == ARCHIVE_OK) return {};
    const char* said = archive_error_string(handle);
    return Failure(Error::internal(std::string("libarchive: ") + (said == nullptr ? "?" : said)));
  }
};

ArchiveWriter::ArchiveWriter(Sink sink) : state_(std::make_unique<State>(std::move(sink))) {
  state_->handle = archive_write_new();
  archive_write_set_format_ustar(state_->handle);
  archive_write_set_bytes_per_block(state_->handle, 64 * 1024);
  archive_write_open(state_->handle, state_.get(), nullptr, &State::write, nullptr);
}

ArchiveWriter::~ArchiveWriter() {
  archive_write_free(state_->handle);
}

Result<void> ArchiveWriter::add(const std::string& name, std::string_view content, Instant at) {
  const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), &archive_entry_free);
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_mtime(entry.get(), std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(), 0);
  TRY(state_->outcome(archive_write_header(state_->handle, entry.get())));
  const auto written = archive_write_data(state_->handle, content.data(), content.size());
  return state_->outcome(written == static_cast<la_ssize_t>(content.size()) ? ARCHIVE_OK : ARCHIVE_FATAL);
}

Result<void> ArchiveWriter::finish() {
  return state_->outcome(archive_write_close(state_->handle));
}

namespace {

struct Source {
  const std::function<Result<std::size_t>(std::span<char>)>& read;
  std::array<char, 256 * 1024> block{};
  std::optional<Error> failed{};

  static la_ssize_t take(archive* handle, void* self, const void** bytes) {
    auto* source = static_cast<Source*>(self);
    auto size = source->read(source->block);
    if (!size) {
      source->failed = size.error();
      archive_set_error(handle, EIO, "the source failed");
      return -1;
    }
    *bytes = source->block.data();
    return static_cast<la_ssize_t>(*size);
  }
};

}  // namespace

Result<void> read_archive(const std::function<Result<std::size_t>(std::span<char>)>& read,
                          const std::function<Result<void>(const std::string&, std::string)>& take) {
  const auto source = std::make_unique<Source>(read);
  const std::unique_ptr<archive, decltype(&archive_read_free)> handle(archive_read_new(), &archive_read_free);
  archive_read_support_format_tar(handle.get());
  const auto broken = [&]() -> Failure {
    if (source->failed) return Failure(*source->failed);
    const char* said = archive_error_string(handle.get());
    return damaged(said == nullptr ? "?" : said);
  };
  if (archive_read_open(handle.get(), source.get(), nullptr, &Source::take, nullptr) != ARCHIVE_OK) return broken();
  for (;;) {
    archive_entry* entry = nullptr;
    const int next = archive_read_next_header(handle.get(), &entry);
    if (next == ARCHIVE_EOF) break;
    if (next != ARCHIVE_OK) return broken();
    const char* path = archive_entry_pathname(entry);
    const auto size = archive_entry_size(entry);
    if (path == nullptr || archive_entry_filetype(entry) != AE_IFREG || size < 0 ||
        static_cast<std::size_t>(size) > kMostFile)
      return damaged("a file of another kind or too large");
    const std::string name(path);
    std::string content(static_cast<std::size_t>(size), '\0');
    for (std::size_t done = 0; done < content.size();) {
      const auto got = archive_read_data(handle.get(), content.data() + done, content.size() - done);
      if (got <= 0) return broken();
      done += static_cast<std::size_t>(got);
    }
    TRY(take(name, std::move(content)));
  }
  if (source->failed) return Failure(*source->failed);
  // Up to the end, so that the program that decrypts can say whether the rest is whole.
  std::array<char, 4096> rest{};
  for (;;) {
    const std::size_t size = TRY(read(rest));
    if (size == 0) return {};
    for (std::size_t i = 0; i < size; ++i)
      if (rest[i] != '\0') return damaged("bytes behind the archive");
  }
}

}  // namespace khien::app
