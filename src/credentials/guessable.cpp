#include "credentials/guessable.h"

#include <zxcvbn.h>

#include <algorithm>
#include <cmath>

#include "base/characters.h"
#include "base/vietnamese.h"
#include "credentials/guess_context.h"
#include "credentials/guess_patterns.h"
#include "credentials/verifier.h"

namespace khien::credentials {
namespace {

/// zxcvbn's work grows with the square of the length or worse.
constexpr std::size_t kZxcvbnHead = 100;
/// Putting one more piece behind another.
constexpr double kJoin = 1;
constexpr std::size_t kLongestBlock = 16;
/// zxcvbn would take a rare word that it is told for one of the first that are tried.
constexpr double kFrequent = 8;

struct Way {
  double bits = 0;
  GuessReason reason = GuessReason::Weak;  ///< the most telling piece on the way
};

/// The cheapest way to put the text together, and whether a decisive word is in it.
class Search {
 public:
  Search(GuessText text, const GuessWords& own) : text_(std::move(text)) {
    add_words(own);
    add_words(common_words());
    add_sequences(text_, matches_);
    add_keyboard_walks(text_, matches_);
    add_endings(text_, matches_);
    add_dates(text_, matches_);
    by_end();
    add_repeats();
    by_end();
  }

  [[nodiscard]] Way cheapest(std::size_t begin, std::size_t end) const {
    std::vector<Way> best(end - begin + 1);
    for (std::size_t at = begin + 1; at <= end; ++at) {
      Way& here = best[at - begin];
      here = best[at - begin - 1];
      here.bits += bits_of_character(text_, at - 1);
      for (auto i = first_of_end_[at]; i < first_of_end_[at + 1]; ++i) {
        const GuessMatch& match = matches_[i];
        if (match.begin < begin) continue;
        const Way& before = best[match.begin - begin];
        const double bits = before.bits + match.bits + (match.begin == begin ? 0 : kJoin);
        if (bits < here.bits) here = {bits, std::min(before.reason, match.reason)};
      }
    }
    return best.back();
  }
  [[nodiscard]] Way cheapest() const { return cheapest(0, size()); }

  [[nodiscard]] std::size_t size() const { return text_.folded.size(); }
  [[nodiscard]] const GuessText& text() const { return text_; }
  [[nodiscard]] const std::vector<GuessMatch>& matches() const { return matches_; }

 private:
  void add_words(const GuessWords& words) {
    const std::string& s = text_.folded;
    const std::string backwards(s.rbegin(), s.rend());
    for (std::size_t begin = 0; begin < s.size(); ++begin) {
      words.each_from(s, begin,
                      [&](std::size_t end, const GuessWord& word, int leets) { add_word(begin, end, word, leets, 0); });
      words.each_from(backwards, begin, [&](std::size_t end, const GuessWord& word, int leets) {
        if (word.word.size() >= 4) add_word(s.size() - end, s.size() - begin, word, leets, 2);
      });
    }
  }

  void add_word(std::size_t begin, std::size_t end, const GuessWord& word, int leets, double more) {
    // In a short word any sign would pass for a letter.
    if (leets > 0 && (end - begin < 4 || 2 * static_cast<std::size_t>(leets) > end - begin)) return;
    const double leet_bits = leets == 0 ? 0 : 0.5 + 0.5 * leets;
    double marks = 0;
    for (std::size_t i = begin; i < end; ++i) marks = text_.marked[i] ? 1 : marks;
    matches_.push_back({begin, end, word.bits + leet_bits + marks + more + bits_of_case(text_, begin, end), word.reason,
                        word.decisive && more == 0});
  }

  /// A block written again and again costs the block and how often.
  void add_repeats() {
    std::vector<GuessMatch> found;
    for (std::size_t begin = 0; begin < size(); ++begin)
      for (std::size_t block = 1; block <= kLongestBlock && begin + 2 * block <= size(); ++block) {
        std::size_t times = 1;
        while (begin + (times + 1) * block <= size() &&
               text_.folded.compare(begin, block, text_.folded, begin + times * block, block) == 0)
          ++times;
        if (times < 2 || times * block < 3) continue;
        const Way once = cheapest(begin, begin + block);
        found.push_back({begin, begin + times * block,
                         once.bits + std::log2(times) + kJoin + other_case(begin, block, times),
                         std::min(once.reason, GuessReason::Pattern)});
        // A block inside a longer repetition of itself is found from its first copy.
        if (times > 8) break;
      }
    matches_.insert(matches_.end(), found.begin(), found.end());
  }

  /// A bit for every copy that is in other case than the first.
  [[nodiscard]] double other_case(std::size_t begin, std::size_t block, std::size_t times) const {
    double out = 0;
    for (std::size_t i = 1; i < times; ++i)
      out += text_.typed.compare(begin, block, text_.typed, begin + i * block, block) == 0 ? 0 : 1;
    return out;
  }

  void by_end() {
    std::ranges::sort(matches_, {}, &GuessMatch::end);
    first_of_end_.assign(size() + 2, 0);
    for (const auto& match : matches_) ++first_of_end_[match.end + 1];
    for (std::size_t i = 1; i < first_of_end_.size(); ++i) first_of_end_[i] += first_of_end_[i - 1];
  }

  GuessText text_;
  std::vector<GuessMatch> matches_;  // by end
  std::vector<std::size_t> first_of_end_;
};

double zxcvbn_with(const std::string& typed, const std::vector<std::string>& known) {
  std::vector<const char*> words;
  for (const auto& each : known) words.push_back(each.c_str());
  words.push_back(nullptr);
  return ZxcvbnMatch(typed.c_str(), words.data(), nullptr);
}

/// The head by zxcvbn, which knows English words and names; the rest by our own search.
double zxcvbn_bits(const Search& search) {
  const std::size_t head = std::min(search.size(), kZxcvbnHead);
  std::string typed = search.text().typed.substr(0, head);
  std::ranges::replace_if(typed, [](char c) { return c < ' ' || c > '~'; }, '?');
  // It takes a word's place in the list for its rank, so only words that occur are told, and once without the holder's.
  std::vector<std::string> common;
  std::vector<std::string> own;
  for (const auto& match : search.matches()) {
    if (match.end > head || match.end - match.begin < 4 || match.reason == GuessReason::Pattern) continue;
    if (match.bits > kFrequent) continue;
    auto word = search.text().folded.substr(match.begin, match.end - match.begin);
    (match.reason == GuessReason::Common ? common : own).push_back(std::move(word));
  }
  double bits = zxcvbn_with(typed, common);
  if (!own.empty()) {
    own.insert(own.end(), common.begin(), common.end());
    bits = std::min(bits, zxcvbn_with(typed, own));
  }
  return search.size() == head ? bits : bits + search.cheapest(head, search.size()).bits;
}

std::string without_separators(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (!std::string_view(" ._-").contains(c)) out += c;
  return out;
}

std::optional<GuessReason> decisive_word(const Search& search, const GuessWords& own) {
  for (const auto& match : search.matches())
    if (match.decisive) return match.reason;
  std::optional<GuessReason> out;
  const std::string joined = without_separators(search.text().folded);
  for (std::size_t begin = 0; begin < joined.size(); ++begin)
    own.each_from(joined, begin, [&](std::size_t, const GuessWord& word, int) {
      if (word.decisive) out = word.reason;
    });
  return out;
}

/// One sentence for numbers of the holder and for what is weak to everybody: it must not tell which.
Text text_of(GuessReason reason) {
  switch (reason) {
    case GuessReason::NotText:
      return {"Mật khẩu không phải văn bản hợp lệ.", "The password is not valid text."};
    case GuessReason::UserName:
      return {"Mật khẩu dựa trên tên đăng nhập.", "The password is based on the user name."};
    case GuessReason::FullName:
      return {"Mật khẩu dựa trên họ tên người dùng.", "The password is based on the name of its holder."};
    case GuessReason::Unit:
      return {"Mật khẩu dựa trên tên hoặc chữ viết tắt của đơn vị.",
              "The password is based on the name or abbreviation of a unit."};
    case GuessReason::System:
      return {"Mật khẩu dựa trên tên hệ thống.", "The password is based on the name of a system."};
    case GuessReason::Pattern:
      return {"Mật khẩu là dãy phím, dãy số, ngày tháng hoặc đoạn lặp lại dễ đoán.",
              "The password is a predictable row of keys or numbers, a date or a repetition."};
    case GuessReason::Number:
    case GuessReason::Common:
    case GuessReason::Weak:
      break;
  }
  return too_guessable();
}

Search search_of(std::string_view nfc_utf8, const GuessWords& own) {
  GuessText text = guess_text_of(nfc_utf8.substr(0, kMaxPasswordBytes));
  return {std::move(text), own};
}

}  // namespace

std::optional<Guess> why_guessable(std::string_view password, const GuessContext& context) {
  const auto normal = nfc(password);
  if (!normal) return Guess{GuessReason::NotText, text_of(GuessReason::NotText)};
  const GuessWords own(words_of(context));
  const Search search = search_of(*normal, own);
  if (const auto reason = decisive_word(search, own)) return Guess{*reason, text_of(*reason)};
  const double wanted = std::log2(context.min_guesses);
  const Way way = search.cheapest();
  if (way.bits < wanted) return Guess{way.reason, text_of(way.reason)};
  if (zxcvbn_bits(search) < wanted) return Guess{GuessReason::Weak, text_of(GuessReason::Weak)};
  return std::nullopt;
}

Text too_guessable() {
  return {
      "Mật khẩu quá dễ đoán: ghép từ những từ, tên, ngày tháng hoặc số mà người khác có thể biết hoặc thử; nên dùng "
      "mật khẩu dài hơn, chẳng hạn bốn từ không liên quan đến nhau.",
      "The password is too easily guessed: put together from words, names, dates or numbers that others may know or "
      "try; use a longer one, for instance four unrelated words."};
}

double guess_bits(std::string_view password, const GuessContext& context) {
  const auto normal = nfc(password);
  if (!normal) return 0;
  const GuessWords own(words_of(context));
  const Search search = search_of(*normal, own);
  if (decisive_word(search, own)) return 0;
  return std::min(search.cheapest().bits, zxcvbn_bits(search));
}

std::optional<Text> telex_hint(std::string_view password) {
  for (const char32_t character : code_points(password)) {
    const CharacterKind kind = kind_of(character);
    if (character >= 0x80 && kind != CharacterKind::Special && kind != CharacterKind::Digit)
      return Text{
          "Mật khẩu có chữ có dấu hoặc chữ ngoài bảng chữ cái Latinh cơ bản, thường do bộ gõ Telex hoặc VNI đang bật. "
          "Nếu "
          "không chủ ý, hãy tắt bộ gõ và nhập lại; nếu giữ, ở máy nào cũng phải gõ được đúng chữ này.",
          "The password holds a letter with marks or outside plain Latin, as a Telex or VNI input method makes them. "
          "If "
          "that is not meant, switch the method off and type it again; if it is, every machine must be able to type "
          "it."};
  }
  return std::nullopt;
}

}  // namespace khien::credentials
