#include "base/syllables.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "base/characters.h"
#include "base/vietnamese.h"
#include "base/vietnamese_letters.h"

namespace khien {
namespace {

constexpr std::size_t kLongest = 7;  // "nghiêng"

constexpr std::array<std::string_view, 28> kInitials{"",   "b",  "c", "ch", "d",  "đ",  "g",   "gh", "gi", "h",
                                                     "k",  "kh", "l", "m",  "n",  "ng", "ngh", "nh", "p",  "ph",
                                                     "qu", "r",  "s", "t",  "th", "tr", "v",   "x"};

constexpr std::string_view kRimes =
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong "
    "op "
    "ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc ue uê uêch uên uênh uêt uêu ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych "
    "uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y ych yêm yên yêng yêt yêu ynh yt";

const std::unordered_set<std::string>& rimes() {
  static const auto all = [] {
    const auto list = words(kRimes);
    return std::unordered_set<std::string>(list.begin(), list.end());
  }();
  return all;
}

bool is_separator(unsigned char c) {
  return c < 0x80 && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

}  // namespace

bool is_syllable(std::string_view word) {
  std::u32string toneless;
  std::size_t tones = 0;
  for (char32_t c : code_points(word)) {
    if (const auto upper = kUpperVowels.find(c); upper != std::u32string_view::npos) c = kLowerVowels[upper];
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (c == U'Đ') c = U'đ';
    if (const auto at = kLowerVowels.find(c); at != std::u32string_view::npos && at % kToneCount != 0) {
      ++tones;
      c = kLowerVowels[at - at % kToneCount];
    }
    toneless += c;
  }
  if (tones > 1 || toneless.size() > kLongest) return false;
  const std::string bare = utf8_of(toneless);
  return std::ranges::any_of(kInitials, [&](std::string_view initial) {
    return bare.starts_with(initial) && rimes().contains(bare.substr(initial.size()));
  });
}

Reading& Reading::operator+=(const Reading& other) {
  words += other.words;
  syllables += other.syllables;
  return *this;
}

Reading read_words(std::string_view text) {
  Reading out;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_separator);
    const auto end = std::find_if(begin, text.end(), is_separator);
    const std::string_view word(begin, end);
    if (!is_ascii(word)) {
      ++out.words;
      if (is_syllable(word)) ++out.syllables;
    }
    at = static_cast<std::size_t>(end - text.begin());
  }
  return out;
}

}  // namespace khien
