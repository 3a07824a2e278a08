// The records and strings of a BIFF8 stream ([MS-XLS] 2.1.4, 2.5): what an old Excel workbook is written in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sheets/byte_reader.h"

namespace khien::sheets {

struct BiffRecord {
  std::uint16_t type = 0;
  ByteView body;
};

class BiffStream {
 public:
  explicit BiffStream(ByteView bytes) : reader_(bytes) {}

  /// The next record; nullopt at the end and at one that is cut short.
  std::optional<BiffRecord> next();

 private:
  ByteReader reader_;
};

/// Reads strings that go on over several records (SST and its CONTINUEs).
class BiffStrings {
 public:
  explicit BiffStrings(std::vector<ByteView> parts) : parts_(std::move(parts)), reader_(parts_.front()) {}

  std::uint32_t u32();
  /// A XLUnicodeRichExtendedString as UTF-8; nullopt once the data end. Phonetic and rich data are left out.
  std::optional<std::string> next();

 private:
  bool advance();
  std::uint64_t number(std::size_t bytes);
  bool skip(std::size_t bytes);

  std::vector<ByteView> parts_;
  std::size_t part_ = 0;
  ByteReader reader_;
};

/// The characters of a string of one record: a byte of flags, then one or two bytes each.
std::string biff_text(ByteReader& reader, std::size_t characters);

/// The number that an RK holds ([MS-XLS] 2.5.217).
double rk_number(std::uint32_t rk);

}  // namespace khien::sheets
