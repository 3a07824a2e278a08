// The issuer: the cell above the number, its superior's place, or — where the head has none — who speaks in the text.
#include <algorithm>
#include <array>
#include <iterator>

#include "base/vietnamese.h"
#include "letter/genre.h"
#include "letter/header.h"
#include "letter/intent.h"
#include "letter/lines.h"
#include "letter/names.h"
#include "letter/pattern.h"

namespace khien::letter {
namespace {

bool begins_body(Tokens line) {
  static const Pattern body(
      "(ubnd|ủy ban|hđnd|hội đồng|sở|phòng|văn phòng|ban|tiểu ban|công an|trường|huyện ủy|tỉnh ủy|thành ủy|quận ủy|thị "
      "ủy|đảng ủy|đảng bộ|chi bộ|trung tâm|"
      "bệnh viện|trạm|bộ|cục|chi cục|liên đoàn|hội|đoàn|tòa án|viện|kho bạc|bảo hiểm|bch|thanh tra|hải "
      "quan|thuế|đài|báo|tổng cục|tổng công ty|công ty|"
      "tổ (công tác|chuyên môn|công nghệ|cntt|hành chính|văn phòng|tin học|khối)|mặt trận|ngân hàng|học viện|đại "
      "học|quỹ|vườn|khối|xã đoàn|huyện đoàn|tỉnh đoàn|thành đoàn|bảo "
      "tàng|thư viện|nhà)");
  // Words of titles and subjects that begin like a body.
  static const Pattern none(
      "(phòng (chống|ngừa|cháy|tránh)|ban hành|hội (nghị|thảo|thi|họp|đàm)|báo (cáo|động)|đoàn kết|nhà (ở|đất)|bộ "
      "(luật|câu hỏi|đề|tiêu chí|chỉ số)|khối lượng|viện trợ|sở hữu)");
  return body.match_at(line, 0).has_value() && !none.match_at(line, 0).has_value();
}

/// Capitals of a head that name no body.
bool is_form(Tokens line) {
  static const Patterns form{"cộng hòa xã hội",
                             "độc lập tự do",
                             "^ đảng cộng sản",
                             "^ đoàn (tncs|thanh niên cộng sản) hồ chí minh",
                             "^ (hỏa tốc|thượng khẩn|khẩn|mật|tối mật|dự thảo)",
                             "^ =số",
                             "^ kính gửi",
                             "^ v v"};
  return is_document_title(line) || form.in(line);
}

/// The bodies of the head, from the superior down; a cell that begins no body continues the one above it.
std::vector<std::string> bodies(const Source& source, const std::vector<Range>& cells) {
  std::vector<std::string> out;
  bool titled = false;  // what stands below the title of the document is its subject
  for (const Range cell : cells) {
    const std::string_view text = source.in(cell);
    const auto tokens = tokenise(source, text);
    titled = titled || (is_capitals(text) && is_document_title(tokens));
    if (titled && !out.empty()) break;
    if (tokens.empty() || !is_capitals(text) || is_form(tokens) || text.find_first_of("#/") != std::string_view::npos)
      continue;
    if (begins_body(tokens)) {
      out.emplace_back(squeeze(text));
    } else if (!out.empty() && tokens.size() <= 8) {
      out.back() += " " + squeeze(text);
    }
  }
  return out;
}

std::string place_in(const Source& source, const std::string& body) {
  const auto tokens = tokenise(source, body);
  for (std::size_t at = 1; at < tokens.size(); ++at)
    if (place_word().match_at(tokens, at) && at + 1 < tokens.size()) return body.substr(tokens[at].range.begin);
  return {};
}

/// Schools, hospitals and companies carry names of their own.
const Pattern& named_institution() {
  static const Pattern named("^ (trường|bệnh viện|công ty|trạm|học viện|đại học|viện|tổng công ty)");
  return named;
}

bool carries_name(const Source& source, const std::string& body) {
  static const Pattern cell(
      "^ (chi bộ|đảng bộ|đảng ủy|công đoàn|chi đoàn) (sở|phòng|ban|trường|bệnh viện|cơ quan|công ty)");
  static const Pattern higher("^ (bộ|tổng cục|tỉnh ủy|huyện ủy|thành ủy|đảng ủy ~1)");
  const auto tokens = tokenise(source, body);
  return !place_in(source, body).empty() || (named_institution().in(tokens) && tokens.size() > 2) ||
         higher.in(tokens) || cell.in(tokens);
}

/// The last body with what it needs of its superiors to be told apart.
std::string compose(const Source& source, const std::vector<std::string>& all) {
  static const Pattern committee("^ (huyện ủy|tỉnh ủy|thành ủy|quận ủy|thị ủy|đảng ủy|đảng bộ)");
  static const Pattern part("^ (văn phòng|ban thường trực|ban chỉ đạo|ban thường vụ|tổ ~1)");
  const std::string& own = all.back();
  if (carries_name(source, own)) return own;
  for (std::size_t i = all.size() - 1; i-- > 0;) {
    const auto tokens = tokenise(source, all[i]);
    // "Văn phòng HĐND và UBND" + "UBND huyện Hòa Đức" needs only the place.
    static const Pattern of_council("(ubnd|ủy ban nhân dân)");
    const std::string where = place_in(source, all[i]);
    if (part.in(tokenise(source, own)) && of_council.in(tokenise(source, own)) && !where.empty())
      return own + " " + where;
    if (committee.in(tokens) || (part.in(tokenise(source, own)) && i + 2 == all.size())) return own + " " + all[i];
    if (const std::string place = place_in(source, all[i]); !place.empty()) return own + " " + place;
    if (named_institution().in(tokens) && tokens.size() > 2) return own + " " + all[i];
  }
  return own;
}

/// Departments by the symbol of their letters.
constexpr auto kSymbols = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"STTTT", "Sở Thông tin và Truyền thông"},
    {"SLĐTBXH", "Sở Lao động - Thương binh và Xã hội"},
    {"SGDĐT", "Sở Giáo dục và Đào tạo"},
    {"SGD&ĐT", "Sở Giáo dục và Đào tạo"},
    {"SYT", "Sở Y tế"},
    {"SNV", "Sở Nội vụ"},
    {"STC", "Sở Tài chính"},
    {"STP", "Sở Tư pháp"},
    {"SXD", "Sở Xây dựng"},
    {"SCT", "Sở Công Thương"},
    {"SKHCN", "Sở Khoa học và Công nghệ"},
    {"SNNPTNT", "Sở Nông nghiệp và Phát triển nông thôn"},
    {"SNNMT", "Sở Nông nghiệp và Môi trường"},
    {"STNMT", "Sở Tài nguyên và Môi trường"},
    {"SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch"},
    {"SGTVT", "Sở Giao thông vận tải"},
    {"SKHĐT", "Sở Kế hoạch và Đầu tư"},
    {"SDTTG", "Sở Dân tộc và Tôn giáo"},
    {"PGDĐT", "Phòng Giáo dục và Đào tạo"},
    {"UBND", "UBND"},
});

/// The place of the line that bears the date: "An Giang, ngày …".
std::string place_of_date(const Source& source, const std::vector<Range>& head) {
  static const Pattern date("^ ~5 ngày [#] [tháng|#]");
  for (const Range raw : head) {
    const auto tokens = tokenise(source, trimmed(source, raw));
    if (!date.in(tokens)) continue;
    for (std::size_t at = 1; at < tokens.size(); ++at)
      if (tokens[at].fold == "ngay" && tokens[at].after(kComma))
        return std::string(source.in({tokens[0].range.begin, tokens[at - 1].range.end}));
  }
  return {};
}

std::optional<std::string> by_symbol(const std::string& number, const std::string& place) {
  for (const auto& [symbol, name] : kSymbols) {
    const std::size_t at = number.find(symbol);
    if (at == std::string::npos || symbol == "UBND") continue;
    const std::size_t end = at + symbol.size();
    if ((at > 0 && number[at - 1] != '/' && number[at - 1] != '-') ||
        (end < number.size() && number[end] != '-' && number[end] != '/'))
      continue;
    return std::string(name) + (place.empty() ? "" : (name.starts_with("Sở") ? " tỉnh " : " ") + place);
  }
  return std::nullopt;
}

/// "UBND huyện đề nghị …": the body before the first request of the text.
std::optional<std::string> by_speech(const Source& source, const Layout& layout, const std::string& place) {
  static const Pattern body(
      "(ubnd|ủy ban nhân dân|sở|văn phòng|phòng|công an|trung tâm|ban|tiểu ban|huyện ủy|tỉnh ủy|đảng ủy|trường|bệnh "
      "viện|nhà trường|liên đoàn|cục|chi cục|hội)");
  for (const Block& block : layout.blocks) {
    const Tokens tokens = block.tokens;
    const auto verb = request_verb(tokens);
    if (!verb) continue;
    for (std::size_t back = std::min<std::size_t>(*verb, 14); back >= 1; --back) {
      const std::size_t at = *verb - back;
      const bool fresh = at == 0 || tokens[at].after(kComma | kStop | kSemicolon);
      if (!fresh || !tokens[at].capital || !body.match_at(tokens, at)) continue;
      std::string name(source.in(range_of(tokens.subspan(at, back))));
      const bool open_ended = place_word().match_at(tokens, *verb - 1).has_value() ||
                              Pattern("(tỉnh|huyện|xã|phường|phố|quận)").match_at(tokens, *verb - 1).has_value();
      return open_ended && !place.empty() ? name + " " + place : name;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> read_issuer(const Source& source, const Layout& layout, const std::vector<Range>& cells,
                                       const std::optional<std::string>& number) {
  const auto all = bodies(source, cells);
  if (!all.empty()) return out_of_capitals(compose(source, all), source, layout);
  const std::string place = place_of_date(source, layout.head);
  if (number)
    if (auto body = by_symbol(*number, place)) return body;
  // A report or a record tells what others asked: who speaks there need not be who wrote it.
  const Genre genre = genre_of(source, layout.head, number);
  if (genre == Genre::Report || genre == Genre::Record) return std::nullopt;
  return by_speech(source, layout, place);
}

}  // namespace khien::letter
