// The streams of an OLE compound file ([MS-CFB]), the box around old Office documents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"

namespace khien::sheets {

class CompoundFile {
 public:
  /// Keeps a view of `bytes`, which must outlive it. Nullopt if the box itself is damaged.
  static std::optional<CompoundFile> open(ByteView bytes);

  /// The bytes of a stream, wherever it lies, found by its ASCII name without regard to case; nullopt if there is none
  /// or its chain of sectors is broken or runs in a circle. Never longer than the file.
  [[nodiscard]] std::optional<std::string> stream(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;

 private:
  struct Entry {
    std::string name;
    bool is_stream = false;
    std::uint32_t first = 0;
    std::uint64_t size = 0;
  };

  explicit CompoundFile(ByteView bytes) : bytes_(bytes) {}
  bool read_header();
  bool read_table(std::uint32_t next_list, std::vector<std::uint32_t> sectors);
  void read_entries(std::string_view directory);
  [[nodiscard]] ByteView sector(std::uint32_t number) const;
  [[nodiscard]] std::optional<std::string> chain(std::uint32_t first) const;
  [[nodiscard]] std::optional<std::string> small_chain(std::uint32_t first) const;
  [[nodiscard]] const Entry* find(std::string_view name) const;

  ByteView bytes_;
  std::size_t shift_ = 9;
  std::uint32_t cutoff_ = 4096;
  std::vector<std::uint32_t> next_;        ///< by sector
  std::vector<std::uint32_t> next_small_;  ///< by small sector
  std::string small_;                      ///< the small sectors
  std::vector<Entry> entries_;
};

}  // namespace khien::sheets
