#include "base/vietnamese.h"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/characters.h"

namespace khien {
namespace {

using icu::UnicodeString;

UnicodeString decode(std::string_view text) {
  return UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string encode(const UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

const icu::Normalizer2& normalizer_nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFCInstance(status);
}

const icu::Normalizer2& normalizer_nfd() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFDInstance(status);
}

UnicodeString normalized(const icu::Normalizer2& normalizer, const UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  return normalizer.normalize(text, status);
}

bool is_space(UChar32 c) {
  return u_isUWhiteSpace(c) != 0 || c == 0x200B || c == 0x200C || c == 0x200D || c == 0xFEFF || c == 0x2060;
}

/// True of most cells and names: nothing in them could be white space but single plain spaces, and the letters beyond
/// ASCII are of the blocks that Vietnamese is written in (U+00C0–U+06FF, U+1E00–U+1EFF), which have none.
bool is_squeezed(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if (c == ' ') {
      if (i == 0 || i + 1 == text.size() || next == ' ') return false;
    } else if (c < 0x21 || c == 0x7F) {
      return false;
    } else if (c >= 0xC3 && c <= 0xDB && next >= 0x80 && next < 0xC0) {
      ++i;
    } else if (c == 0xE1 && next >= 0xB8 && next <= 0xBB && i + 2 < text.size() &&
               (static_cast<unsigned char>(text[i + 2]) & 0xC0) == 0x80) {
      i += 2;
    } else if (c >= 0x80) {
      return false;
    }
  }
  return true;
}

/// The key that one combining mark stands for on a keyboard, or 0.
struct MarkKeys {
  char16_t mark;
  char telex;
  char vni;
};
constexpr std::array<MarkKeys, 5> kTones{
    {{0x0301, 's', '1'}, {0x0300, 'f', '2'}, {0x0309, 'r', '3'}, {0x0303, 'x', '4'}, {0x0323, 'j', '5'}}};

enum class Keyboard { Telex, Vni };

/// Letters first, each with its shape key behind it; the tone key comes at the end of the word, as most people type.
std::string keystrokes(std::string_view word, Keyboard keyboard) {
  const UnicodeString text = normalized(normalizer_nfd(), decode(word));
  std::string out;
  char tone = 0;
  for (std::int32_t i = 0; i < text.length(); ++i) {
    const char16_t c = text[i];
    const bool telex_keys = keyboard == Keyboard::Telex;
    if (c == ' ') {  // the tone belongs to the word before
      if (tone != 0) out += tone;
      tone = 0;
      out += ' ';
    } else if (c == 0x0111 || c == 0x0110) {  // đ Đ
      out += c == 0x0111 ? 'd' : 'D';
      out += telex_keys ? (c == 0x0111 ? 'd' : 'D') : '9';
    } else if (c == 0x0302) {  // circumflex: the letter again
      out += telex_keys ? (out.empty() ? 'a' : out.back()) : '6';
    } else if (c == 0x0306) {  // breve
      out += telex_keys ? 'w' : '8';
    } else if (c == 0x031B) {  // horn
      out += telex_keys ? 'w' : '7';
    } else {
      bool was_tone = false;
      for (const auto& keys : kTones)
        if (keys.mark == c) {
          tone = telex_keys ? keys.telex : keys.vni;
          was_tone = true;
        }
      if (was_tone) continue;
      const UChar32 whole = text.char32At(i);
      out += encode(UnicodeString(whole));
      if (whole > 0xFFFF) ++i;
    }
  }
  if (tone != 0) out += tone;
  return out;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// `fold` for text with ill-formed bytes: folds what lies between them.
std::string fold_runs(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  std::string out;
  std::size_t run = 0;
  std::int64_t at = 0;
  while (at < size) {
    const auto start = static_cast<std::size_t>(at);
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c >= 0) continue;
    out += fold(text.substr(run, start - run));
    run = static_cast<std::size_t>(at);
    out += text.substr(start, run - start);
  }
  return out + fold(text.substr(run));
}

}  // namespace

bool is_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  std::int64_t at = 0;
  while (at < size) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) return false;
  }
  return true;
}

std::optional<std::string> nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  if (!is_utf8(text)) return std::nullopt;
  return encode(normalized(normalizer_nfc(), decode(text)));
}

std::string fold(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  if (!is_utf8(text)) return fold_runs(text);
  UnicodeString decomposed = normalized(normalizer_nfd(), decode(text)).toLower(icu::Locale::getRoot());
  UnicodeString out;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    // Old converters write the Icelandic eth for the Vietnamese letter that looks the same.
    out.append(c == 0x0111 || c == 0x00F0 ? UChar32{'d'} : c);
  }
  return encode(out);
}

std::string lower(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  return encode(normalized(normalizer_nfc(), decode(text).toLower(icu::Locale::getRoot())));
}
std::string upper(std::string_view text) {
  return encode(normalized(normalizer_nfc(), decode(text).toUpper(icu::Locale::getRoot())));
}

std::string squeeze(std::string_view text) {
  if (is_squeezed(text)) return std::string(text);
  const UnicodeString in = decode(text);
  UnicodeString out;
  bool pending = false;
  for (std::int32_t i = 0; i < in.length(); i = in.moveIndex32(i, 1)) {
    const UChar32 c = in.char32At(i);
    if (is_space(c)) {
      pending = !out.isEmpty();
      continue;
    }
    if (pending) out.append(UChar32{' '});
    pending = false;
    out.append(c);
  }
  return encode(out);
}

bool is_plain(std::string_view text) {
  return std::ranges::none_of(code_points(text), steers);
}

std::optional<std::string> clean_words(std::string_view text, std::size_t most) {
  if (!is_utf8(text)) return std::nullopt;
  const auto clean = nfc(squeeze(text));
  if (!clean || clean->empty() || length(*clean) > most || !is_plain(*clean)) return std::nullopt;
  return clean;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  const std::string clean = squeeze(text);
  for (std::size_t at = 0; at < clean.size();) {
    const auto end = std::min(clean.find(' ', at), clean.size());
    out.push_back(clean.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::size_t length(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  std::int64_t at = 0;
  std::size_t count = 0;
  while (at < size) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    ++count;
  }
  return count;
}

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

std::string telex(std::string_view word) {
  return keystrokes(word, Keyboard::Telex);
}
std::string vni(std::string_view word) {
  return keystrokes(word, Keyboard::Vni);
}

bool is_same_spelling(std::string_view a, std::string_view b) {
  // The letters as well, because "Hoaf" has the keys of "Hoà".
  return a == b || (telex(a) == telex(b) && fold(a) == fold(b));
}

std::string name_sort_key(std::string_view full_name) {
  static const std::unique_ptr<icu::Collator> collator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale("vi"), status));
    if (U_SUCCESS(status)) made->setStrength(icu::Collator::TERTIARY);
    return made;
  }();
  auto parts = words(full_name);
  if (parts.empty()) return {};
  std::vector<std::string> order;
  order.push_back(parts.back());
  if (parts.size() > 1) order.push_back(parts.front());
  std::string middle;
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) middle += (middle.empty() ? "" : " ") + parts[i];
  if (!middle.empty()) order.push_back(middle);
  std::string key;
  for (const auto& part : order) {
    const UnicodeString text = decode(part);
    std::array<std::uint8_t, 256> buffer{};
    const std::int32_t needed = collator->getSortKey(text, buffer.data(), buffer.size());
    if (needed <= static_cast<std::int32_t>(buffer.size())) {
      key.append(reinterpret_cast<const char*>(buffer.data()), static_cast<std::size_t>(needed));
    } else {
      std::vector<std::uint8_t> large(static_cast<std::size_t>(needed));
      collator->getSortKey(text, large.data(), needed);
      key.append(reinterpret_cast<const char*>(large.data()), large.size());
    }
    // An ICU sort key ends in a zero byte, which sorts below every other: a shorter part comes first.
  }
  return key;
}

std::string user_name_of(std::string_view full_name) {
  const auto parts = words(fold(full_name));
  if (parts.empty()) return {};
  std::string out;
  for (const char c : parts.back())
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i)
    if (parts[i][0] >= 'a' && parts[i][0] <= 'z') out += parts[i][0];
  if (out.find_first_not_of("0123456789") == std::string::npos) out.clear();
  return out;
}

}  // namespace khien
