#include "sheets/biff.h"

#include "sheets/decode.h"

namespace khien::sheets {
namespace {

/// UTF-16 code units to UTF-8, unit by unit; half a pair gives U+FFFD.
class Units {
 public:
  void add(std::uint16_t unit) {
    if (high_ != 0 && unit >= 0xDC00 && unit < 0xE000) {
      append_utf8(text_, 0x10000 + ((std::uint32_t{high_} - 0xD800) << 10) + (unit - 0xDC00));
      high_ = 0;
      return;
    }
    flush();
    if (unit >= 0xD800 && unit < 0xDC00)
      high_ = unit;
    else if (unit != 0)
      append_utf8(text_, unit >= 0xDC00 && unit < 0xE000 ? 0xFFFD : unit);
  }
  std::string finish() && {
    flush();
    return std::move(text_);
  }

 private:
  void flush() {
    if (high_ != 0) append_utf8(text_, 0xFFFD);
    high_ = 0;
  }

  std::string text_;
  std::uint16_t high_ = 0;
};

}  // namespace

std::optional<BiffRecord> BiffStream::next() {
  if (reader_.left() < 4) return std::nullopt;
  BiffRecord record;
  record.type = reader_.u16();
  record.body = reader_.take(reader_.u16());
  if (reader_.is_short()) return std::nullopt;
  return record;
}

bool BiffStrings::advance() {
  if (part_ + 1 >= parts_.size()) return false;
  reader_ = ByteReader(parts_[++part_]);
  return true;
}

std::uint64_t BiffStrings::number(std::size_t bytes) {
  while (reader_.left() == 0 && advance()) {
  }
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < bytes; ++i) out |= std::uint64_t{reader_.u8()} << (8 * i);
  return out;
}

std::uint32_t BiffStrings::u32() {
  return static_cast<std::uint32_t>(number(4));
}

bool BiffStrings::skip(std::size_t bytes) {
  while (bytes > 0) {
    const std::size_t here = std::min(bytes, reader_.left());
    reader_.skip(here);
    bytes -= here;
    if (bytes > 0 && !advance()) return false;
  }
  return true;
}

std::optional<std::string> BiffStrings::next() {
  auto left = static_cast<std::size_t>(number(2));
  auto flags = static_cast<std::uint8_t>(number(1));
  const auto runs = (flags & 8) != 0 ? static_cast<std::size_t>(number(2)) : 0;
  const auto extended = (flags & 4) != 0 ? static_cast<std::size_t>(number(4)) : 0;
  if (reader_.is_short()) return std::nullopt;
  Units units;
  while (left > 0) {
    const std::size_t width = (flags & 1) != 0 ? 2 : 1;
    if (reader_.left() < width) {
      // The characters go on in the next record, which says anew how wide they are.
      if (!advance()) return std::nullopt;
      flags = reader_.u8();
      continue;
    }
    units.add(width == 2 ? reader_.u16() : reader_.u8());
    --left;
  }
  if (!skip(4 * runs + extended)) return std::nullopt;
  return std::move(units).finish();
}

std::string biff_text(ByteReader& reader, std::size_t characters) {
  const bool wide = (reader.u8() & 1) != 0;
  Units units;
  for (; characters > 0 && !reader.is_short(); --characters) units.add(wide ? reader.u16() : reader.u8());
  return std::move(units).finish();
}

double rk_number(std::uint32_t rk) {
  const double value = (rk & 2) != 0 ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                                     : std::bit_cast<double>(std::uint64_t{rk & 0xFFFFFFFC} << 32);
  return (rk & 1) != 0 ? value / 100 : value;
}

}  // namespace khien::sheets
