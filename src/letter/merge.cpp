#include "letter/merge.h"

#include <algorithm>

#include "base/time.h"
#include "base/vietnamese.h"

namespace khien::letter {
namespace {

using policy::Kind;
using policy::Parameter;
using policy::ParameterType;

bool within(const Parameter& parameter, std::int64_t value) {
  return value >= parameter.low && value <= parameter.high;
}

bool is_code(const Parameter& parameter, const std::string& value) {
  return contains(parameter.codes, std::string_view(value));
}

bool fits_text(const Parameter& parameter, const std::string& text) {
  switch (parameter.type) {
    case ParameterType::Duration: {
      const auto period = parse_period(text);
      return period && within(parameter, nominal_seconds(*period));
    }
    case ParameterType::Day: {
      const auto date = parse_date(text);
      return date && within(parameter, static_cast<int>(date->year()));
    }
    case ParameterType::Choice:
      return is_code(parameter, text);
    case ParameterType::Words:
      return !text.empty() && text.size() <= static_cast<std::size_t>(parameter.high);
    default:
      return false;
  }
}

bool fits_list(const Parameter& parameter, const std::vector<std::string>& list) {
  if (parameter.type == ParameterType::List)
    return !list.empty() && list.size() <= static_cast<std::size_t>(parameter.high);
  return parameter.type == ParameterType::Set &&
         std::ranges::all_of(list, [&](const auto& v) { return is_code(parameter, v); });
}

bool fits(const Parameter& parameter, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return parameter.type == ParameterType::Integer && within(parameter, *number);
  if (std::holds_alternative<bool>(value)) return parameter.type == ParameterType::Flag;
  if (const auto* text = std::get_if<std::string>(&value)) return fits_text(parameter, *text);
  return fits_list(parameter, std::get<std::vector<std::string>>(value));
}

std::string shown(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return "…";
}

/// Leaves out what the catalogue does not allow the reader to propose.
void keep_within_bounds(Draft& draft) {
  for (auto it = draft.params.begin(); it != draft.params.end();) {
    const Parameter* parameter = policy::find_parameter(draft.kind, it->first);
    if (parameter != nullptr && !parameter->by_person && fits(*parameter, it->second)) {
      ++it;
      continue;
    }
    if (parameter != nullptr && !parameter->by_person)
      draft.notes.push_back(
          Text::format("Giá trị {0} của {1} ({2}) nằm ngoài khoảng cho phép nên bị bỏ qua; cần người đặt lại.",
                       "The value {0} of {1} ({2}) is out of bounds and was left out; a person must set it.",
                       shown(it->second), it->first, std::string(policy::code_of(draft.kind))));
    it = draft.params.erase(it);
  }
}

/// Parameters that make two findings two controls when both give them and they differ.
bool conflict(Kind kind, const Parameters& a, const Parameters& b) {
  static constexpr std::string_view kDistinct[] = {"max_age",    "date",  "min_length", "last",
                                                   "recipients", "after", "by"};
  for (const auto& [name, value] : a) {
    const auto other = b.find(name);
    if (other != b.end() && other->second != value && contains(kDistinct, std::string_view(name))) return true;
  }
  if (kind != Kind::ReportSubmit) return false;
  const auto what = a.find("what");
  const auto other = b.find("what");
  return what != a.end() && other != b.end() && what->second != other->second;
}

void unite(Parameters& into, const Parameters& from) {
  for (const auto& [name, value] : from) {
    auto [it, added] = into.try_emplace(name, value);
    auto* list = std::get_if<std::vector<std::string>>(&it->second);
    const auto* more = std::get_if<std::vector<std::string>>(&value);
    if (added || list == nullptr || more == nullptr) continue;
    for (const auto& element : *more)
      if (!contains(*list, element)) list->push_back(element);
  }
}

bool same_control(const ProposedControl& control, const Finding& finding) {
  return control.kind == finding.draft.kind && control.strength == finding.strength &&
         fold(control.applies_to.value_or("")) == fold(finding.group.value_or("")) &&
         !conflict(control.kind, control.params, finding.draft.params);
}

}  // namespace

std::vector<ProposedControl> merge(std::vector<Finding> findings, const Source& source, std::vector<Text>& notes) {
  std::ranges::sort(findings, {}, [](const Finding& f) { return std::pair(f.draft.quote.begin, f.draft.kind); });
  std::vector<Kind> firm;
  for (const Finding& finding : findings)
    if (!finding.draft.weak) firm.push_back(finding.draft.kind);
  std::erase_if(findings,
                [&](const Finding& finding) { return finding.draft.weak && contains(firm, finding.draft.kind); });
  std::vector<ProposedControl> out;
  for (Finding& finding : findings) {
    keep_within_bounds(finding.draft);
    const auto known = std::ranges::find_if(out, [&](const ProposedControl& c) { return same_control(c, finding); });
    if (known != out.end()) {
      unite(known->params, finding.draft.params);
      continue;
    }
    for (Text& note : finding.draft.notes)
      if (!contains(notes, note)) notes.push_back(std::move(note));
    out.push_back({.kind = finding.draft.kind,
                   .params = std::move(finding.draft.params),
                   .strength = finding.strength,
                   .applies_to = std::move(finding.group),
                   .quote = std::string(source.in(finding.draft.quote)),
                   .item = std::move(finding.item),
                   .place = place_of(source, finding.draft.quote.begin)});
  }
  return out;
}

}  // namespace khien::letter
