#include "policy/directive.h"

#include <algorithm>
#include <stdexcept>

#include "base/english_date.h"

namespace khien::policy {
namespace {

constexpr std::array<std::string_view, kAccountKindCount> kAccountKinds{"personal", "unit", "administrator", "service"};

std::string date_words(std::string_view date) {
  if (const auto full = parse_date(date)) return " ngày " + dmy(*full);
  if (date.size() == 7) return " tháng " + std::string(date.substr(5)) + "/" + std::string(date.substr(0, 4));
  return {};
}

}  // namespace

std::string_view code_of(AccountKind kind) {
  return kAccountKinds[static_cast<std::size_t>(kind)];
}

std::optional<AccountKind> parse_account_kind(std::string_view code) {
  const auto found = std::ranges::find(kAccountKinds, code);
  if (found == kAccountKinds.end()) return std::nullopt;
  return static_cast<AccountKind>(found - kAccountKinds.begin());
}

Text name_of(Force force) {
  return force == Force::Must ? Text{"bắt buộc", "must"} : Text{"khuyến nghị", "advised"};
}

Text name_of(AccountKind kind) {
  switch (kind) {
    case AccountKind::Personal:
      return {"cá nhân", "personal"};
    case AccountKind::Unit:
      return {"đơn vị", "unit"};
    case AccountKind::Administrator:
      return {"quản trị", "administrator"};
    case AccountKind::Service:
      return {"kỹ thuật", "service"};
  }
  throw std::logic_error("no such kind of account");
}

Result<Control> make_control(Kind kind, Force force, const RawParameters& parameters) {
  const KindSpec& spec = spec_of(kind);
  Control control{kind, force, std::vector<Atoms>(spec.parameters.size())};
  Text problems;
  const auto complain = [&](const Text& text) {
    problems.vi += (problems.vi.empty() ? "" : "\n") + text.vi;
    problems.en += (problems.en.empty() ? "" : "\n") + text.en;
  };
  for (const auto& [name, raw] : parameters) {
    const Parameter* parameter = find_parameter(kind, name);
    if (parameter == nullptr) {
      complain(Text::format("{0}: không có tham số «{1}».", "{0}: there is no parameter \"{1}\".", spec.code, name));
      continue;
    }
    auto value = parse_value(kind, *parameter, raw);
    if (!value) {
      complain(value.error().text());
      continue;
    }
    control.values[static_cast<std::size_t>(parameter - spec.parameters.data())] = std::move(*value);
  }
  for (std::size_t i = 0; i < spec.parameters.size(); ++i)
    if (spec.parameters[i].required && control.values[i].empty() && !parameters.contains(spec.parameters[i].name))
      complain(Text::format("{0}: thiếu tham số «{1}».", "{0}: the parameter \"{1}\" is missing.", spec.code,
                            spec.parameters[i].name));
  if (!problems.vi.empty()) return Failure(Error::invalid(std::move(problems)));
  // `days` says how the `within` beside it counts; from here on they are one value.
  const Parameter* days = find_parameter(kind, "days");
  const Parameter* within = find_parameter(kind, "within");
  if (days != nullptr && within != nullptr) {
    Atoms& kept = control.values[static_cast<std::size_t>(days - spec.parameters.data())];
    const bool working = !kept.empty() && days->codes[static_cast<std::size_t>(kept.front().a)] == "working";
    for (Atom& atom : control.values[static_cast<std::size_t>(within - spec.parameters.data())])
      atom = atom_of(period_of(atom), working);
  }
  return control;
}

RawParameters raw_of(const Control& control) {
  RawParameters out;
  const auto parameters = spec_of(control.kind).parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (!control.values[i].empty()) out.emplace(parameters[i].name, raw_of(parameters[i], control.values[i]));
  return out;
}

Text label_of(const Directive& directive) {
  const std::string when = directive.date ? date_words(*directive.date) : "";
  const std::string dated = directive.date ? " of " + english(*directive.date) : "";
  if (directive.number)
    return {fmt::format("Công văn số {}{} của {}", *directive.number, when, directive.issuer),
            fmt::format("Letter {}{} by {}", *directive.number, dated, directive.issuer)};
  return {fmt::format("Công văn{} (chưa ghi số) của {}", when, directive.issuer),
          fmt::format("Letter{} (unnumbered) by {}", dated, directive.issuer)};
}

}  // namespace khien::policy
