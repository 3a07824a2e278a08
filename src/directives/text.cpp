#include "directives/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/json_text.h"
#include "base/vietnamese.h"
#include "base/yaml.h"

namespace khien::directives {
namespace {

using policy::RawParameters;
using policy::RawValue;

constexpr std::size_t kMostBytes = 1 << 20;
constexpr std::size_t kMostClauses = 500;
constexpr std::size_t kMostControls = 20;
constexpr std::size_t kMostText = 4000;

/// Walks the document and collects every mistake with its line.
class Parser {
 public:
  explicit Parser(const std::string& file) : file_(file) {}

  DirectiveText directive(const YAML::Node& root) {
    DirectiveText out;
    if (!root.IsMap()) {
      complain(root, {"Tệp chỉ đạo phải là một bảng khóa: giá trị.", "A directive file is a map of keys and values."});
      return out;
    }
    only_keys(root, {"code", "number", "date", "issuer", "subject", "adopted_by", "from", "until", "note", "scope",
                     "clauses"});
    out.code = required(root, "code", 20);
    out.number = optional_text(root, "number", 100);
    out.date = optional_text(root, "date", 10);
    if (out.date && !is_letter_date(*out.date))
      complain(root["date"],
               Text::format("Ngày văn bản «{0}» phải có dạng 2024-10-26 hoặc 2024-10.",
                            "The letter's date \"{0}\" must look like 2024-10-26 or 2024-10.", *out.date));
    out.issuer = required(root, "issuer", 500);
    out.subject = required(root, "subject", 1000);
    out.adopted_by = optional_text(root, "adopted_by", 100);
    out.from = optional_date(root, "from");
    out.until = optional_date(root, "until");
    if (root["note"]) out.note = words(root["note"]);
    if (root["scope"]) out.scope = scope(root["scope"]);
    clauses(root, out);
    out.lines = {line_of(root["code"]), line_of(root["adopted_by"]), line_of(root["until"])};
    return out;
  }

  void complain(const YAML::Node& node, Text text) {
    problems.push_back(Error::invalid(std::move(text)).at(place_of(file_, node.Mark())));
  }

  std::vector<Error> problems;

 private:
  [[nodiscard]] std::size_t line_of(const YAML::Node& node) const {
    return node ? place_of(file_, node.Mark()).line : 0;
  }

  static bool is_letter_date(std::string_view date) {
    return parse_date(date) || (date.size() == 7 && parse_date(std::string(date) + "-01"));
  }

  void only_keys(const YAML::Node& map, const std::set<std::string>& known) {
    for (const auto& entry : map) {
      const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "?";
      if (!known.contains(key))
        complain(entry.first,
                 Text::format("Không có khóa «{0}» ở đây.", "There is no key \"{0}\" here.", key.substr(0, 60)));
    }
  }

  /// The scalar as clean NFC text; nullopt if it is absent, null or wrong (which is then reported).
  std::optional<std::string> text_at(const YAML::Node& node, std::size_t most) {
    if (!node || node.IsNull()) return std::nullopt;
    if (!node.IsScalar()) {
      complain(node, {"Ở đây phải là một giá trị chữ.", "A text is expected here."});
      return std::nullopt;
    }
    const auto normal = nfc(node.Scalar());
    if (!normal) {
      complain(node, {"Chữ không phải UTF-8 hợp lệ.", "The text is not valid UTF-8."});
      return std::nullopt;
    }
    std::string clean = squeeze(*normal);
    if (clean.size() > most) {
      complain(node, Text::format("Giá trị dài quá {0} byte.", "The value is longer than {0} bytes.", most));
      return std::nullopt;
    }
    if (!is_plain(clean)) {
      complain(node, {"Có ký tự điều khiển hoặc ký tự đổi chiều chữ.",
                      "There is a character that steers: a control, a direction of writing."});
      return std::nullopt;
    }
    if (clean.empty()) return std::nullopt;
    return clean;
  }

  std::optional<std::string> optional_text(const YAML::Node& map, const char* key, std::size_t most) {
    return text_at(map[key], most);
  }

  std::string required(const YAML::Node& map, const char* key, std::size_t most) {
    auto text = optional_text(map, key, most);
    if (!text) complain(map, Text::format("Thiếu «{0}».", "\"{0}\" is missing.", key));
    return text.value_or("");
  }

  std::optional<Date> optional_date(const YAML::Node& map, const char* key) {
    const auto text = optional_text(map, key, 40);
    if (!text) return std::nullopt;
    const auto date = parse_date(*text);
    if (!date)
      complain(map[key], Text::format("«{0}» không phải ngày từ năm 1900 đến 2199; hãy ghi dạng 2024-10-26.",
                                      "\"{0}\" is not a date from 1900 to 2199; write it as 2024-10-26.", *text));
    return date;
  }

  Text words(const YAML::Node& node) {
    if (node.IsScalar()) {
      const std::string both = text_at(node, kMostText).value_or("");
      return {both, both};
    }
    if (!node.IsMap()) {
      complain(node, {"Cần {vi: …, en: …}.", "Expected {vi: …, en: …}."});
      return {};
    }
    only_keys(node, {"vi", "en"});
    Text out{text_at(node["vi"], kMostText).value_or(""), text_at(node["en"], kMostText).value_or("")};
    if (out.vi.empty()) out.vi = out.en;
    if (out.en.empty()) out.en = out.vi;
    return out;
  }

  /// The texts of a list; `lines` is told where each of them stands.
  std::vector<std::string> list(const YAML::Node& node,
                                std::map<std::string, std::size_t, std::less<>>* lines = nullptr) {
    std::vector<std::string> out;
    if (!node || node.IsNull()) return out;
    if (!node.IsSequence() || node.size() > 1000) {
      complain(node, {"Ở đây phải là một danh sách [a, b].", "A list [a, b] is expected here."});
      return out;
    }
    for (const auto& item : node)
      if (auto text = text_at(item, 2000)) {
        if (lines != nullptr) lines->try_emplace(*text, line_of(item));
        out.push_back(std::move(*text));
      }
    return out;
  }

  ScopeText scope(const YAML::Node& node) {
    ScopeText out;
    if (!node.IsMap()) {
      if (!node.IsNull())
        complain(node, {"Phạm vi phải là {units, systems, groups, accounts}.",
                        "A scope is {units, systems, groups, accounts}."});
      return out;
    }
    out.line = line_of(node);
    only_keys(node, {"units", "systems", "groups", "accounts"});
    out.units = list(node["units"], &out.lines);
    out.systems = list(node["systems"], &out.lines);
    out.groups = list(node["groups"], &out.lines);
    for (const auto& code : list(node["accounts"])) {
      const auto kind = policy::parse_account_kind(code);
      if (kind)
        out.accounts.push_back(*kind);
      else
        complain(node["accounts"],
                 Text::format("Không có loại tài khoản «{0}»; có: personal, unit, administrator, service.",
                              "There is no kind of account \"{0}\"; there are: personal, unit, administrator, service.",
                              code));
    }
    return out;
  }

  void clauses(const YAML::Node& root, DirectiveText& out) {
    const YAML::Node node = root["clauses"];
    if (!node || !node.IsSequence() || node.size() == 0 || node.size() > kMostClauses) {
      complain(root, Text::format("Cần danh sách «clauses» có 1 đến {0} nội dung.",
                                  "A list \"clauses\" of 1 to {0} clauses is needed.", kMostClauses));
      return;
    }
    std::set<std::string> ids;
    for (const auto& item : node) {
      ClauseText clause = this->clause(item);
      if (!clause.id.empty() && !ids.insert(clause.id).second)
        complain(item, Text::format("Hai nội dung cùng mã «{0}».", "Two clauses have the id \"{0}\".", clause.id));
      out.clauses.push_back(std::move(clause));
    }
  }

  ClauseText clause(const YAML::Node& node) {
    ClauseText out;
    if (!node.IsMap()) {
      complain(node, {"Mỗi nội dung phải là {id, words, controls}.", "A clause is {id, words, controls}."});
      return out;
    }
    only_keys(node, {"id", "words", "scope", "controls"});
    out.id = required(node, "id", 40);
    if (node["words"]) out.words = words(node["words"]);
    if (out.words.vi.empty())
      complain(node, {"Thiếu «words»: lời của nội dung, sẽ hiện cùng mỗi lần từ chối.",
                      "\"words\" is missing: the words of the clause, shown with every refusal."});
    if (node["scope"]) out.scope = scope(node["scope"]);
    const YAML::Node controls = node["controls"];
    if (!controls || !controls.IsSequence() || controls.size() == 0 || controls.size() > kMostControls) {
      complain(node, Text::format("Cần danh sách «controls» có 1 đến {0} biện pháp.",
                                  "A list \"controls\" of 1 to {0} controls is needed.", kMostControls));
      return out;
    }
    for (const auto& item : controls)
      if (auto control = this->control(item, out)) {
        out.controls.push_back(std::move(*control));
        out.control_lines.push_back(line_of(item));
      }
    return out;
  }

  std::optional<policy::Control> control(const YAML::Node& node, const ClauseText& clause) {
    if (!node.IsMap()) {
      complain(node, {"Mỗi biện pháp phải là {kind, force, params}.", "A control is {kind, force, params}."});
      return std::nullopt;
    }
    only_keys(node, {"kind", "force", "params", "for"});
    const std::string code = required(node, "kind", 60);
    const auto kind = policy::parse_kind(code);
    if (!kind) {
      if (!code.empty())
        complain(node, Text::format("Không có loại biện pháp «{0}».", "There is no kind of control \"{0}\".", code));
      return std::nullopt;
    }
    if (const auto whom = text_at(node["for"], 500); whom && !clause.scope)
      complain(
          node["for"],
          Text::format("Biện pháp này chỉ dành cho «{0}»: hãy ghi phạm vi (scope) của nội dung bằng nhóm hoặc loại tài "
                       "khoản, hoặc bỏ dòng «for» nếu áp dụng cho tất cả.",
                       "This control is only for \"{0}\": give the clause a scope by groups or kinds of account, or "
                       "remove \"for\" if it binds everybody.",
                       *whom));
    const std::string force = optional_text(node, "force", 10).value_or("must");
    if (force != "must" && force != "should")
      complain(node["force"], Text::format("«force» phải là must hoặc should, không phải «{0}».",
                                           "\"force\" is must or should, not \"{0}\".", force));
    auto made = policy::make_control(*kind, force == "should" ? policy::Force::Should : policy::Force::Must,
                                     parameters(node["params"]));
    if (made) return std::move(*made);
    complain(node, made.error().text());
    return std::nullopt;
  }

  RawParameters parameters(const YAML::Node& node) {
    RawParameters out;
    if (!node || node.IsNull()) return out;
    if (!node.IsMap()) {
      complain(node, {"«params» phải là {tên: giá trị}.", "\"params\" is {name: value}."});
      return out;
    }
    for (const auto& entry : node) {
      if (!entry.first.IsScalar()) continue;
      if (auto value = raw(entry.second)) out.emplace(entry.first.Scalar().substr(0, 60), std::move(*value));
    }
    return out;
  }

  std::optional<RawValue> raw(const YAML::Node& node) {
    if (node.IsSequence()) return RawValue(list(node));
    auto text = text_at(node, 2000);
    if (!text) return std::nullopt;
    // A quoted scalar has the tag "!": it stays a text even if it looks like a number.
    if (node.Tag() != "!") {
      if (*text == "true") return RawValue(true);
      if (*text == "false") return RawValue(false);
      if (text->size() <= 18 && text->find_first_not_of("0123456789") == std::string::npos)
        return RawValue(static_cast<std::int64_t>(std::stoll(*text)));
    }
    return RawValue(std::move(*text));
  }

  const std::string& file_;
};

std::string quoted(std::string_view text) {
  return json_text(text);
}

std::string quoted(const std::optional<std::string>& text) {
  return text ? quoted(std::string_view(*text)) : "null";
}
std::string quoted(const std::optional<Date>& date) {
  return date ? quoted(std::string_view(iso(*date))) : "null";
}

template <class List, class Write>
std::string array(const List& list, Write write) {
  std::string out = "[";
  for (const auto& item : list) out += (out.size() > 1 ? ", " : "") + write(item);
  return out + "]";
}

std::string write_texts(const std::vector<std::string>& list) {
  return array(list, [](const std::string& s) { return quoted(std::string_view(s)); });
}

std::string write_words(const Text& text) {
  return fmt::format(R"({{"vi": {}, "en": {}}})", quoted(std::string_view(text.vi)), quoted(std::string_view(text.en)));
}

std::string write_scope(const ScopeText& scope) {
  return fmt::format(R"({{"units": {}, "systems": {}, "groups": {}, "accounts": {}}})", write_texts(scope.units),
                     write_texts(scope.systems), write_texts(scope.groups),
                     array(scope.accounts, [](auto kind) { return quoted(policy::code_of(kind)); }));
}

std::string write_value(const RawValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return write_texts(*list);
  return quoted(std::string_view(std::get<std::string>(value)));
}

std::string write_control(const policy::Control& control) {
  const std::string parameters = array(raw_of(control), [](const auto& entry) {
    return fmt::format("{}: {}", quoted(std::string_view(entry.first)), write_value(entry.second));
  });
  return fmt::format(R"({{"kind": {}, "force": {}, "params": {{{}}}}})", quoted(policy::code_of(control.kind)),
                     control.force == policy::Force::Must ? R"("must")" : R"("should")",
                     parameters.substr(1, parameters.size() - 2));
}

std::string write_clause(const ClauseText& clause) {
  std::string out =
      fmt::format(R"({{"id": {}, "words": {})", quoted(std::string_view(clause.id)), write_words(clause.words));
  if (clause.scope) out += ", \"scope\": " + write_scope(*clause.scope);
  return out + ", \"controls\": " + array(clause.controls, write_control) + "}";
}

}  // namespace

std::size_t ScopeText::line_of(std::string_view code) const {
  const auto found = lines.find(code);
  return found == lines.end() ? line : found->second;
}

Result<DirectiveText> parse_directive(std::string_view yaml, const std::string& file) {
  if (yaml.size() > kMostBytes)
    return Failure(
        Error::invalid({"Tệp chỉ đạo lớn quá 1 MiB.", "The directive file is larger than 1 MiB."}).at({file}));
  if (!is_utf8(yaml))
    return Failure(Error::invalid({"Tệp chỉ đạo không phải UTF-8.", "The directive file is not UTF-8."}).at({file}));
  if (yaml.find('\0') != std::string_view::npos)
    return Failure(Error::invalid({"Tệp chỉ đạo có byte 0.", "The directive file has a zero byte."}).at({file}));
  Parser parser(file);
  DirectiveText out;
  if (const auto root = load_yaml(yaml, file, parser.problems)) out = parser.directive(*root);
  if (!parser.problems.empty()) return Failure(combine(parser.problems));
  return out;
}

std::string write_directive(const DirectiveText& directive) {
  return fmt::format(
      R"({{"code": {}, "number": {}, "date": {}, "issuer": {}, "subject": {}, "adopted_by": {}, "from": {}, "until": {}, "note": {}, "scope": {}, "clauses": {}}})",
      quoted(std::string_view(directive.code)), quoted(directive.number), quoted(directive.date),
      quoted(std::string_view(directive.issuer)), quoted(std::string_view(directive.subject)),
      quoted(directive.adopted_by), quoted(directive.from), quoted(directive.until), write_words(directive.note),
      write_scope(directive.scope), array(directive.clauses, write_clause));
}

}  // namespace khien::directives
