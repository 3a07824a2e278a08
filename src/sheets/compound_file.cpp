#include "sheets/compound_file.h"

#include <algorithm>

#include "sheets/byte_reader.h"

namespace khien::sheets {
namespace {

constexpr std::size_t kHeaderSize = 512;
constexpr std::size_t kListedInHeader = 109;
constexpr std::size_t kEntrySize = 128;
constexpr std::size_t kSmallShift = 6;
constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // above it: free, end of chain, tables
constexpr std::uint8_t kStream = 2;
constexpr std::uint8_t kRoot = 5;

std::vector<std::uint32_t> numbers_of(std::string_view bytes) {
  std::vector<std::uint32_t> out(bytes.size() / 4);
  ByteReader reader(bytes_of(bytes));
  for (auto& number : out) number = reader.u32();
  return out;
}

char lower_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::optional<CompoundFile> CompoundFile::open(ByteView bytes) {
  CompoundFile file(bytes);
  if (!file.read_header()) return std::nullopt;
  return file;
}

bool CompoundFile::read_header() {
  if (bytes_.size() < kHeaderSize) return false;
  ByteReader header(bytes_.first(kHeaderSize));
  header.skip(30);
  shift_ = header.u16();
  const auto small_shift = header.u16();
  header.skip(14);
  const std::uint32_t first_directory = header.u32();
  header.skip(4);
  cutoff_ = header.u32();
  const std::uint32_t first_small_table = header.u32();
  header.skip(4);
  const std::uint32_t next_list = header.u32();
  header.skip(4);
  if ((shift_ != 9 && shift_ != 12) || small_shift != kSmallShift) return false;
  std::vector<std::uint32_t> listed(kListedInHeader);
  for (auto& number : listed) number = header.u32();
  if (!read_table(next_list, std::move(listed))) return false;
  const auto directory = chain(first_directory);
  if (!directory) return false;
  read_entries(*directory);
  if (const auto table = chain(first_small_table)) next_small_ = numbers_of(*table);
  if (!entries_.empty())
    if (auto small = chain(entries_.front().first)) small_ = std::move(*small);
  return true;
}

/// The table of chains lies in sectors that are listed in the header and then in sectors of their own.
bool CompoundFile::read_table(std::uint32_t next_list, std::vector<std::uint32_t> sectors) {
  const std::size_t most = bytes_.size() >> shift_;
  for (std::size_t lists = 0; next_list < kLastSector; ++lists) {
    const ByteView list = sector(next_list);
    if (lists > most || list.empty()) return false;
    auto numbers = numbers_of(text_of(list));
    next_list = numbers.back();
    numbers.pop_back();
    sectors.insert(sectors.end(), numbers.begin(), numbers.end());
  }
  std::erase_if(sectors, [](std::uint32_t number) { return number >= kLastSector; });
  if (sectors.size() > most) return false;
  for (const auto number : sectors) {
    const auto part = numbers_of(text_of(sector(number)));
    next_.insert(next_.end(), part.begin(), part.end());
  }
  return true;
}

void CompoundFile::read_entries(std::string_view directory) {
  for (; directory.size() >= kEntrySize; directory.remove_prefix(kEntrySize)) {
    ByteReader reader(bytes_of(directory.substr(0, kEntrySize)));
    const ByteView name = reader.take(64);
    const std::size_t length = std::min<std::size_t>(reader.u16(), 64);
    Entry entry;
    for (std::size_t i = 0; i + 1 < length; i += 2)
      if (name[i] != 0 || name[i + 1] != 0) entry.name += name[i + 1] == 0 ? static_cast<char>(name[i]) : '?';
    const std::uint8_t type = reader.u8();
    entry.is_stream = type == kStream;
    reader.skip(49);
    entry.first = reader.u32();
    entry.size = reader.u32();
    // The first entry is the root, whose chain holds the small sectors.
    if (entries_.empty() && type != kRoot) entry.first = kLastSector;
    entries_.push_back(std::move(entry));
  }
}

ByteView CompoundFile::sector(std::uint32_t number) const {
  const std::uint64_t begin = (std::uint64_t{number} + 1) << shift_;
  if (begin >= bytes_.size()) return {};
  // The last sector of a file may be cut short.
  return bytes_.subspan(begin, std::min<std::size_t>(std::size_t{1} << shift_, bytes_.size() - begin));
}

std::optional<std::string> CompoundFile::chain(std::uint32_t first) const {
  std::string out;
  std::size_t steps = 0;
  for (std::uint32_t at = first; at < kLastSector; at = next_[at]) {
    const ByteView part = sector(at);
    if (part.empty() || at >= next_.size() || ++steps > (bytes_.size() >> shift_) + 1) return std::nullopt;
    out += text_of(part);
  }
  return out;
}

std::optional<std::string> CompoundFile::small_chain(std::uint32_t first) const {
  std::string out;
  for (std::uint32_t at = first; at < kLastSector; at = next_small_[at]) {
    const std::size_t begin = std::size_t{at} << kSmallShift;
    if (at >= next_small_.size() || begin >= small_.size() || out.size() > small_.size()) return std::nullopt;
    out += std::string_view(small_).substr(begin, std::size_t{1} << kSmallShift);
  }
  return out;
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
  const auto found = std::ranges::find_if(entries_, [&](const Entry& entry) {
    return entry.is_stream && std::ranges::equal(entry.name, name, {}, lower_ascii, lower_ascii);
  });
  return found == entries_.end() ? nullptr : &*found;
}

bool CompoundFile::has(std::string_view name) const {
  return find(name) != nullptr;
}

std::optional<std::string> CompoundFile::stream(std::string_view name) const {
  const Entry* entry = find(name);
  if (entry == nullptr) return std::nullopt;
  auto out = entry->size < cutoff_ ? small_chain(entry->first) : chain(entry->first);
  if (!out || out->size() < entry->size) return std::nullopt;
  out->resize(entry->size);
  return out;
}

}  // namespace khien::sheets
