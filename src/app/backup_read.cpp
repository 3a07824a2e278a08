#include <boost/json.hpp>

#include "app/backup.h"
#include "app/child.h"

namespace khien::app {
namespace {

namespace json = boost::json;

constexpr const char* kAge = "/usr/bin/age";
constexpr std::size_t kMostManifest = std::size_t{1} << 20;

Failure damaged(std::string detail) {
  return Failure(Error::invalid({"Bản sao lưu bị hỏng, thiếu, hoặc không phải bản sao lưu của Khiên.",
                                 "The backup is damaged, incomplete, or no backup of Khiên."},
                                std::move(detail)));
}

Result<json::array> parse_line(std::string_view line) {
  boost::system::error_code failed;
  auto value = json::parse(line, failed);
  if (failed || !value.is_array()) return damaged("a row is no JSON list");
  return std::move(value.get_array());
}

/// Files of a backup in their only order: manifest, configuration, rows, end.
class BackupFiles {
 public:
  explicit BackupFiles(BackupContent& content) : content_(content) {}

  Result<void> take(const std::string& name, const std::string& text) {
    if (end_) return damaged("a file behind the end");
    if (name == "end.json") return take_end(text);
    digest_.add(name, text);
    if (!manifest_) {
      if (name != "manifest.json" || text.size() > kMostManifest) return damaged("no manifest at the beginning");
      manifest_ = TRY(parse_manifest(text));
      return content_.manifest(*manifest_);
    }
    if (name == "khien.yaml") return content_.config(text);
    const std::size_t slash = name.rfind('/');
    if (!name.starts_with("rows/") || slash <= 5) return damaged("a file of another name");
    return take_rows(name.substr(5, slash - 5), text);
  }

  Result<BackupRead> finish() {
    if (!end_) return damaged("the end is missing");
    return BackupRead{std::move(*manifest_), std::move(*end_)};
  }

 private:
  Result<void> take_rows(const std::string& table, std::string_view text) {
    std::vector<std::string> columns;
    std::vector<std::vector<store::Value>> rows;
    while (!text.empty()) {
      const auto stop = text.find('\n');
      if (stop == std::string_view::npos) return damaged("a line without an end");
      const auto line = TRY(parse_line(text.substr(0, stop)));
      text.remove_prefix(stop + 1);
      if (columns.empty()) {
        for (const auto& name : line) {
          if (!name.is_string()) return damaged("a column without a name");
          columns.emplace_back(name.get_string());
        }
        if (columns.empty()) return damaged("no columns");
        continue;
      }
      if (line.size() != columns.size()) return damaged("a row of another length");
      auto& row = rows.emplace_back();
      for (const auto& cell : line) {
        if (cell.is_null())
          row.emplace_back();
        else if (cell.is_int64())
          row.emplace_back(cell.get_int64());
        else if (cell.is_string())
          row.emplace_back(std::string(cell.get_string()));
        else
          return damaged("a cell of another kind");
      }
    }
    rows_[table] += rows.size();
    return content_.rows(table, columns, rows);
  }

  Result<void> take_end(const std::string& text) {
    if (!manifest_ || text.size() > kMostManifest) return damaged("an end without a beginning");
    end_ = TRY(parse_end(text));
    if (end_->digest != digest_.value()) return damaged("the digest is another");
    if (end_->rows != rows_) return damaged("another number of rows");
    return {};
  }

  BackupContent& content_;
  ContentDigest digest_;
  std::map<std::string, std::uint64_t> rows_;
  std::optional<BackupManifest> manifest_;
  std::optional<BackupEnd> end_;
};

class Nothing final : public BackupContent {
  Result<void> manifest(const BackupManifest&) override { return {}; }
  Result<void> config(const std::string&) override { return {}; }
  Result<void> rows(const std::string&, const std::vector<std::string>&,
                    const std::vector<std::vector<store::Value>>&) override {
    return {};
  }
};

}  // namespace

Result<BackupRead> read_backup(const std::string& file, const std::string& identity, BackupContent& content) {
  for (const auto& path : {file, identity})
    if (!std::filesystem::is_regular_file(path))
      return Failure(Error::not_found({"Không có tệp " + path + ".", "There is no file " + path + "."}));
  // A path that begins with a hyphen must not be read as an option.
  const auto plain = [](const std::string& path) { return std::filesystem::absolute(path).string(); };
  Child age = TRY(Child::start({kAge, "--decrypt", "--identity", plain(identity), plain(file)}, Child::Talk::Hear));
  BackupFiles files(content);
  const auto read =
      read_archive([&](std::span<char> into) { return age.read(into); },
                   [&](const std::string& name, const std::string& text) { return files.take(name, text); });
  if (!read) {
    // Cut off, or for another recipient: what age says of it comes first, but not over what we refused ourselves.
    if (read.error().kind() == ErrorKind::Invalid)
      if (const auto ended = age.finish(); !ended)
        return damaged(read.error().detail() + "; " + ended.error().detail());
    return Failure(read.error());
  }
  if (const auto ended = age.finish(); !ended) return damaged(ended.error().detail());
  return files.finish();
}

Result<BackupRead> check_backup(const std::string& file, const std::string& identity) {
  Nothing nothing;
  return read_backup(file, identity, nothing);
}

}  // namespace khien::app
