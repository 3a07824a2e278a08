#include "sheets/package.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

#include "sheets/builder.h"

namespace khien::sheets {
namespace {

constexpr std::size_t kMostParts = 10'000;
const Text kDamaged{"Tệp nén bị hỏng hoặc được đặt mật khẩu.", "The packed file is damaged or has a password."};

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

/// Only the reader that trusts the zip's directory: a streaming one would see other parts than Excel does.
Archive open_zip(ByteView bytes) {
  Archive zip(archive_read_new(), &archive_read_free);
  if (!zip || archive_read_support_format_zip_seekable(zip.get()) != ARCHIVE_OK ||
      archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    zip.reset();
  return zip;
}

std::string plain_name(std::string_view name) {
  std::string out(name.starts_with('/') || name.starts_with('\\') ? name.substr(1) : name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '\\') c = '/';
  }
  return out;
}

std::string name_of(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  return plain_name(name == nullptr ? "" : name);
}

Text too_large(std::size_t limit) {
  return Text::format("Tệp khi giải nén lớn hơn {} MiB; bị từ chối để bảo vệ máy chủ.",
                      "The file unpacks to more than {} MiB; refused to protect the server.", limit >> 20);
}

}  // namespace

Package::Package(ByteView bytes, std::string_view file_name, const Limits& limits)
    : bytes_(bytes), file_(file_name), limits_(limits) {
  const std::size_t by_ratio = std::max(limits.free_unpacked, bytes.size() * limits.ratio);
  limits_.unpacked = std::min(limits.unpacked, by_ratio);
}

Result<Package> Package::open(ByteView bytes, std::string_view file_name, const Limits& limits) {
  Package package(bytes, file_name, limits);
  const Archive zip = open_zip(bytes);
  if (!zip) return Failure(wrong_file(file_name, kDamaged, "libarchive cannot open the zip"));
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  while ((status = archive_read_next_header(zip.get(), &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN) {
    if (package.parts_.size() >= kMostParts)
      return Failure(wrong_file(file_name, {"Tệp nén có quá nhiều phần.", "The packed file has too many parts."}));
    package.parts_.push_back(name_of(entry));
  }
  if (status != ARCHIVE_EOF) return Failure(wrong_file(file_name, kDamaged, "the zip's directory is damaged"));
  return package;
}

bool Package::has(std::string_view part) const {
  return std::ranges::find(parts_, plain_name(part)) != parts_.end();
}

Result<std::size_t> Package::pull(void* zip, std::span<char> out) {
  const auto taken = archive_read_data(static_cast<archive*>(zip), out.data(), out.size());
  if (taken < 0) return Failure(wrong_file(file_, kDamaged, "a part of the zip cannot be unpacked"));
  unpacked_ += static_cast<std::size_t>(taken);
  if (unpacked_ > limits_.unpacked) return Failure(wrong_file(file_, too_large(limits_.unpacked)));
  return static_cast<std::size_t>(taken);
}

Result<void> Package::read(std::string_view part, const std::function<Result<void>(XmlReader&)>& reader) {
  const Archive zip = open_zip(bytes_);
  const std::string wanted = plain_name(part);
  archive_entry* entry = nullptr;
  while (zip) {
    const int status = archive_read_next_header(zip.get(), &entry);
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) break;
    if (name_of(entry) != wanted) continue;
    XmlReader xml([&](std::span<char> out) { return pull(zip.get(), out); }, file_, wanted);
    return reader(xml);
  }
  return Failure(
      wrong_file(file_, Text::format("Tệp XLSX thiếu phần «{}».", "The XLSX file lacks the part \"{}\".", wanted)));
}

std::string resolve_part(std::string_view folder, std::string_view target) {
  std::string path = target.starts_with('/') ? std::string() : std::string(folder) + '/';
  path += target;
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const auto step = path.substr(at, end - at);
    if (step == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!step.empty() && step != ".") {
      parts.push_back(step);
    }
    at = end + 1;
  }
  std::string out;
  for (const auto& step : parts) out += (out.empty() ? "" : "/") + step;
  return out;
}

}  // namespace khien::sheets
