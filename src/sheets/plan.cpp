#include "sheets/plan.h"

#include <algorithm>
#include <set>

namespace khien::sheets {
namespace {

constexpr PlannedAct kActs[] = {PlannedAct::Add, PlannedAct::Change, PlannedAct::End, PlannedAct::Unchanged};

auto place_of(const Error& problem) {
  return std::pair(problem.place() ? problem.place()->line : 0, std::string_view(problem.text().vi));
}

std::string printed_change(const FieldChange& change, Language language) {
  const std::string& field = change.field.in(language);
  if (change.before.empty() && change.after.empty()) return field;
  if (change.before.empty()) return field + ": " + change.after;
  return field + ": " + change.before + " → " + (change.after.empty() ? "–" : change.after);
}

std::string printed_item(const PlanItem& item, Language language) {
  std::string out = fmt::format("  {} {}: {} {}", language == Language::Vietnamese ? "dòng" : "row", item.row,
                                name_of(item.act).in(language), item.label);
  for (std::size_t i = 0; i < item.changes.size(); ++i)
    out += (i == 0 ? " (" : "; ") + printed_change(item.changes[i], language);
  return out + (item.changes.empty() ? "\n" : ")\n");
}

std::string left_out(std::size_t count, Language language) {
  if (count == 0) return {};
  return Text::format("  … và {} dòng nữa\n", "  … and {} more\n", count).in(language);
}

}  // namespace

std::size_t ImportPlan::count(PlannedAct act) const {
  return static_cast<std::size_t>(std::ranges::count(items, act, &PlanItem::act));
}

PlanItem* ImportPlan::item_at(std::size_t row) {
  const auto found = std::ranges::find(items, row, &PlanItem::row);
  return found == items.end() ? nullptr : &*found;
}

void ImportPlan::begin(const Table& table) {
  file = table.file;
  reading = table.reading;
  problems = table.problems;
  notes = table.notes;
}

void ImportPlan::settle() {
  std::set<std::size_t> wrong;
  for (const auto& problem : problems) wrong.insert(place_of(problem).first);
  std::erase_if(items, [&](const PlanItem& item) { return wrong.contains(item.row); });
  std::ranges::sort(items, {}, &PlanItem::row);
  std::ranges::sort(problems, {}, place_of);
  std::ranges::sort(notes, {}, place_of);
}

Text name_of(PlannedAct act) {
  switch (act) {
    case PlannedAct::Add:
      return {"thêm mới", "add"};
    case PlannedAct::Change:
      return {"thay đổi", "change"};
    case PlannedAct::End:
      return {"kết thúc", "end"};
    case PlannedAct::Unchanged:
      return {"giữ nguyên", "unchanged"};
  }
  return {};
}

std::string printed(const ImportPlan& plan, Language language, std::size_t most) {
  std::string out = plan.file + ":";
  for (const auto act : kActs) out += fmt::format(" {} {},", name_of(act).in(language), plan.count(act));
  out += fmt::format(" {} {}\n", language == Language::Vietnamese ? "lỗi" : "problems", plan.problems.size());
  const auto print = [&](const std::vector<Error>& errors, const std::string& heading) {
    const auto shown = std::min(most, errors.size());
    for (std::size_t i = 0; i < shown; ++i) out += heading + errors[i].line(language) + "\n";
    out += left_out(errors.size() - shown, language);
  };
  if (plan.reading) out += Text{"  đọc: ", "  read: "}.in(language) + plan.reading->in(language) + "\n";
  print(plan.problems, "");
  print(plan.notes, Text{"  lưu ý: ", "  note: "}.in(language));
  std::size_t shown = 0;
  std::size_t left = 0;
  for (const auto& item : plan.items) {
    if (item.act == PlannedAct::Unchanged) continue;
    if (shown < most)
      out += printed_item(item, language);
    else
      ++left;
    if (shown < most) ++shown;
  }
  return out + left_out(left, language);
}

}  // namespace khien::sheets
