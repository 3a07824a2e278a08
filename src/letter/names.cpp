#include "letter/names.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/vietnamese.h"
#include "letter/lines.h"

namespace khien::letter {
namespace {

bool stays_capital(const Token& token) {
  static constexpr auto kShort =
      std::to_array<std::string_view>({"ubnd", "thpt", "thcs", "cntt", "mttq", "hdnd", "bch", "qlnn", "tnhh", "vnpt",
                                       "ubmttq", "gdnn", "ptdtnt", "th"});
  return contains(kShort, std::string_view(token.fold)) || token.fold.find_first_of("aeiouy") == std::string::npos;
}

std::string capitalised(std::string_view word) {
  std::size_t first = 0;
  next_code_point(word, first);
  return upper(word.substr(0, first)) + lower(word.substr(first));
}

/// The words of the letter outside lines in capitals: they show how names are written.
std::vector<Token> written_words(const Source& source, const Layout& layout) {
  std::vector<Token> out;
  for (const auto* lines : {&layout.head, &layout.tail})
    for (const Range line : *lines)
      if (!is_capitals(source.in(line))) std::ranges::move(tokenise(source, line), std::back_inserter(out));
  for (const Block& block : layout.blocks) std::ranges::copy(block.tokens, std::back_inserter(out));
  return out;
}

/// The word as the letter writes it elsewhere beside the same neighbours; both count more than one.
std::optional<std::string> as_written(Tokens name, std::size_t at, Tokens written, const Source& source) {
  constexpr std::uint16_t kApart = kComma | kStop | kLine;
  std::optional<std::string> best;
  int most = 0;
  for (std::size_t i = 1; i < written.size(); ++i) {
    if (written[i].fold != name[at].fold || written[i].after(kStop)) continue;
    // "ĐA KHOA" is not "đã khóa"; a line in capitals beside small letters shows nothing.
    if (!written[i].marks.empty() && written[i].marks != name[at].marks) continue;
    const std::string_view own = source.in(written[i].range);
    if (length(own) > 1 && upper(own) == own) continue;
    const bool before = at > 0 && written[i - 1].fold == name[at - 1].fold && !written[i].after(kApart);
    const bool behind = at + 1 < name.size() && i + 1 < written.size() && written[i + 1].fold == name[at + 1].fold &&
                        !written[i + 1].after(kApart);
    const int weight = (before ? 2 : 0) + (behind ? 1 : 0);
    if (weight <= most) continue;
    most = weight;
    best = std::string(source.in(written[i].range));
  }
  return best;
}

bool is_roman(const Token& token) {
  return token.fold.size() >= 2 && token.fold.find_first_not_of("ivx") == std::string::npos;
}

/// Which words begin with a capital: the first, those behind "Sở", "Phòng" …, names of places.
std::vector<bool> capitals_of(Tokens name) {
  static const Pattern units("(sở|phòng|ban|tiểu ban|trung tâm|cục|chi cục|hội|đoàn|và|trường)");
  static const Pattern committees("(tỉnh|huyện|thành|quận|thị|đảng) ủy");
  std::vector<bool> out(name.size(), false);
  bool in_name = false;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool and_word = name[at].fold == "va";
    const bool committee = committees.match_at(name, at).has_value();
    const bool place = at > 0 && !committee && place_word().match_at(name, at).has_value();
    if (place) in_name = false;
    const bool second_of_place =
        at > 0 && place_word().match_at(name, at - 1) && (name[at - 1].fold == "thanh" || name[at - 1].fold == "thi");
    const bool committee_word = at > 1 && name[at - 1].fold == "ban" && name[at - 2].fold == "uy";  // "Ủy ban nhân dân"
    const bool behind_unit = at > 0 && !committee_word && units.match_at(name, at - 1).has_value();
    out[at] = !and_word && !second_of_place && (at == 0 || in_name || behind_unit);
    if (committee) out[at] = true;
    if ((place && name[at].fold != "thanh" && name[at].fold != "thi") || second_of_place) in_name = true;
    if (name[at].fold == "uy" && at > 0) {
      out[at] = false;
      in_name = true;
    }
    if (stays_capital(name[at]) && at > 0) in_name = true;
  }
  return out;
}

}  // namespace

const Pattern& place_word() {
  static const Pattern place("(tỉnh|huyện|xã|phường|thành phố|thị xã|thị trấn|quận|đặc khu|tp) ~1");
  return place;
}

std::string out_of_capitals(const std::string& text, const Source& source, const Layout& layout) {
  const auto name = tokenise(text);
  const auto written = written_words(source, layout);
  const auto capitals = capitals_of(name);
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const Range range = name[at].range;
    const std::string word = text.substr(range.begin, range.end - range.begin);
    out += text.substr(from, range.begin - from);
    from = range.end;
    if (stays_capital(name[at]) || is_roman(name[at])) {
      out += upper(word);
    } else if (at == 0) {
      out += capitalised(word);
    } else {
      out += as_written(name, at, written, source).value_or(capitals[at] ? capitalised(word) : lower(word));
    }
  }
  return out;
}

}  // namespace khien::letter
