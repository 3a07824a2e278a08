#include "policy/value.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "policy/words.h"

namespace khien::policy {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

std::string shown(const RawValue& raw) {
  return std::visit(Overloaded{[](std::int64_t n) { return std::to_string(n); },
                               [](bool b) { return std::string(b ? "true" : "false"); },
                               [](const std::string& s) { return s.substr(0, 80); },
                               [](const std::vector<std::string>& list) {
                                 std::string out = "[";
                                 for (const auto& s : list) out += (out.size() > 1 ? ", " : "") + s.substr(0, 40);
                                 return out.substr(0, 120) + "]";
                               }},
                    raw);
}

Error wrong(Kind kind, const Parameter& parameter, const RawValue& raw, Text allowed) {
  if (std::holds_alternative<std::string>(raw) &&
      (parameter.type == ParameterType::Integer || parameter.type == ParameterType::Flag)) {
    allowed.vi += ", không để trong dấu nháy";
    allowed.en += ", without quotes";
  }
  return Error::invalid({fmt::format("{}: tham số {} không nhận giá trị «{}»; phải là {}.", code_of(kind),
                                     parameter.name, shown(raw), allowed.vi),
                         fmt::format("{}: parameter {} does not take \"{}\"; it must be {}.", code_of(kind),
                                     parameter.name, shown(raw), allowed.en)});
}

std::string codes_of(const Parameter& parameter) {
  std::string out;
  for (const auto code : parameter.codes) out += (out.empty() ? "" : ", ") + std::string(code);
  return out;
}

Text days_text(std::int64_t seconds) {
  if (seconds >= 86400) return Text::format("{0} ngày", "{0} days", seconds / 86400);
  return Text::format("{0} giây", "{0} seconds", seconds);
}

Text allowed_by(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::Integer:
      return Text::format("số nguyên từ {0} đến {1}", "a whole number from {0} to {1}", parameter.low, parameter.high);
    case ParameterType::Flag:
      return {"true hoặc false", "true or false"};
    case ParameterType::Set:
      return Text::format("danh sách gồm: {0}", "a list out of: {0}", codes_of(parameter));
    case ParameterType::Choice:
      return Text::format("một trong: {0}", "one of: {0}", codes_of(parameter));
    case ParameterType::Duration: {
      const Text low = days_text(parameter.low);
      const Text high = days_text(parameter.high);
      return {fmt::format("khoảng thời gian ISO 8601 (như P45D, P6M) từ {} đến {}", low.vi, high.vi),
              fmt::format("an ISO 8601 duration (such as P45D, P6M) from {} to {}", low.en, high.en)};
    }
    case ParameterType::Day:
      return Text::format("ngày dạng 2024-10-26, năm {0} đến {1}", "a date such as 2024-10-26, year {0} to {1}",
                          parameter.low, parameter.high);
    case ParameterType::Words:
      return Text::format("văn bản không quá {0} byte", "a text of at most {0} bytes", parameter.high);
    case ParameterType::List:
      return Text::format("danh sách không quá {0} mục", "a list of at most {0} items", parameter.high);
  }
  return {};
}

std::optional<std::string> clean_text(const std::string& text, std::int64_t most_bytes) {
  auto normal = nfc(text);
  if (!normal) return std::nullopt;
  std::string squeezed = squeeze(*normal);
  if (squeezed.empty() || static_cast<std::int64_t>(squeezed.size()) > most_bytes) return std::nullopt;
  return squeezed;
}

void make_canonical(Atoms& atoms) {
  std::ranges::sort(atoms);
  atoms.erase(std::ranges::unique(atoms).begin(), atoms.end());
}

std::optional<Atoms> parse_set(const Parameter& parameter, const RawValue& raw) {
  const auto* list = std::get_if<std::vector<std::string>>(&raw);
  if (list == nullptr || list->empty()) return std::nullopt;
  Atoms atoms;
  for (const auto& code : *list) {
    auto atom = parse_code(parameter, code);
    if (!atom) return std::nullopt;
    atoms.push_back(std::move(*atom));
  }
  make_canonical(atoms);
  return atoms;
}

std::optional<Atoms> parse_list(const Parameter& parameter, const RawValue& raw) {
  const auto* list = std::get_if<std::vector<std::string>>(&raw);
  if (list == nullptr || list->empty() || static_cast<std::int64_t>(list->size()) > parameter.high) return std::nullopt;
  Atoms atoms;
  for (const auto& item : *list) {
    auto text = clean_text(item, 2000);
    if (!text) return std::nullopt;
    atoms.push_back(atom_of(std::move(*text)));
  }
  make_canonical(atoms);
  return atoms;
}

std::optional<Atoms> parse_text_value(const Parameter& parameter, const std::string& text) {
  switch (parameter.type) {
    case ParameterType::Choice: {
      auto atom = parse_code(parameter, text);
      if (!atom) return std::nullopt;
      return Atoms{std::move(*atom)};
    }
    case ParameterType::Duration: {
      const auto period = parse_period(text);
      if (!period || nominal_seconds(*period) < parameter.low || nominal_seconds(*period) > parameter.high)
        return std::nullopt;
      return Atoms{atom_of(*period)};
    }
    case ParameterType::Day: {
      const auto date = parse_date(text);
      if (!date || static_cast<int>(date->year()) < parameter.low || static_cast<int>(date->year()) > parameter.high)
        return std::nullopt;
      return Atoms{atom_of(*date)};
    }
    case ParameterType::Words: {
      auto clean = clean_text(text, parameter.high);
      if (!clean) return std::nullopt;
      return Atoms{atom_of(std::move(*clean))};
    }
    default:
      return std::nullopt;
  }
}

std::optional<Atoms> parse(const Parameter& parameter, const RawValue& raw) {
  switch (parameter.type) {
    case ParameterType::Integer: {
      const auto* number = std::get_if<std::int64_t>(&raw);
      if (number == nullptr || *number < parameter.low || *number > parameter.high) return std::nullopt;
      return Atoms{atom_of(*number)};
    }
    case ParameterType::Flag: {
      const auto* flag = std::get_if<bool>(&raw);
      if (flag == nullptr) return std::nullopt;
      return *flag ? Atoms{atom_of(1)} : Atoms{};
    }
    case ParameterType::Set:
      return parse_set(parameter, raw);
    case ParameterType::List:
      return parse_list(parameter, raw);
    default: {
      const auto* text = std::get_if<std::string>(&raw);
      return text == nullptr ? std::nullopt : parse_text_value(parameter, *text);
    }
  }
}

Text period_text(const Period& period, bool working) {
  Text out;
  const auto part = [&](std::int64_t n, std::string_view vi, std::string_view en) {
    if (n == 0) return;
    out.vi += fmt::format("{}{:02} {}", out.vi.empty() ? "" : " ", n, vi);
    out.en += fmt::format("{}{} {}{}", out.en.empty() ? "" : " ", n, en, n == 1 ? "" : "s");
  };
  part(period.months, "tháng", "month");
  part(period.days, working ? "ngày làm việc" : "ngày", working ? "working day" : "day");
  part(period.seconds / 3600, "giờ", "hour");
  part(period.seconds / 60 % 60, "phút", "minute");
  part(period.seconds % 60, "giây", "second");
  return out;
}

}  // namespace

Atom atom_of(std::int64_t number) {
  return {.a = number};
}
Atom atom_of(Date date) {
  return {.a = std::chrono::sys_days{date}.time_since_epoch().count()};
}
Atom atom_of(const Period& period, bool working_days) {
  return {.a = static_cast<std::int64_t>(period.months) * (std::int64_t{1} << 32) + period.days,
          .b = period.seconds * 2 + (working_days ? 1 : 0)};
}
Atom atom_of(std::string text) {
  return {.text = std::move(text)};
}

Date date_of(const Atom& atom) {
  return Date{std::chrono::sys_days{std::chrono::days{static_cast<std::int32_t>(atom.a)}}};
}
Period period_of(const Atom& atom) {
  return {.months = static_cast<std::int32_t>(atom.a >> 32),
          .days = static_cast<std::int32_t>(atom.a & 0xFFFFFFFF),
          .seconds = atom.b / 2};
}

Result<Atom> parse_code(const Parameter& parameter, std::string_view code) {
  const auto found = std::ranges::find(parameter.codes, code);
  if (found == parameter.codes.end())
    return Failure(Error::invalid(
        Text::format("«{0}» không thuộc: {1}", "\"{0}\" is none of: {1}", code.substr(0, 80), codes_of(parameter))));
  return atom_of(found - parameter.codes.begin());
}

Result<Atoms> parse_value(Kind kind, const Parameter& parameter, const RawValue& raw) {
  auto atoms = parse(parameter, raw);
  if (!atoms) return Failure(wrong(kind, parameter, raw, allowed_by(parameter)));
  return std::move(*atoms);
}

RawValue raw_of(const Parameter& parameter, const Atoms& atoms) {
  const auto text_of_atom = [&](const Atom& atom) -> std::string {
    switch (parameter.type) {
      case ParameterType::Set:
      case ParameterType::Choice:
        return std::string(parameter.codes[static_cast<std::size_t>(atom.a)]);
      case ParameterType::Duration:
        return iso(period_of(atom));
      case ParameterType::Day:
        return iso(date_of(atom));
      default:
        return atom.text;
    }
  };
  switch (parameter.type) {
    case ParameterType::Integer:
      return atoms.front().a;
    case ParameterType::Flag:
      return !atoms.empty();
    case ParameterType::Set:
    case ParameterType::List: {
      std::vector<std::string> out;
      for (const auto& atom : atoms) out.push_back(text_of_atom(atom));
      return out;
    }
    default:
      return text_of_atom(atoms.front());
  }
}

Text describe(const Parameter& parameter, const Atom& atom) {
  switch (parameter.type) {
    case ParameterType::Integer:
      return Text::format("{0}", "{0}", atom.a);
    case ParameterType::Flag:
      return {"có", "yes"};
    case ParameterType::Set:
    case ParameterType::Choice:
      return words_of(parameter.codes[static_cast<std::size_t>(atom.a)]);
    case ParameterType::Duration:
      return period_text(period_of(atom), counts_working_days(atom));
    case ParameterType::Day:
      return {dmy(date_of(atom)), iso(date_of(atom))};
    case ParameterType::Words:
    case ParameterType::List:
      return {atom.text, atom.text};
  }
  return {};
}

}  // namespace khien::policy
