#include "people/import_people.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "people/import_match.h"
#include "people/import_person_row.h"
#include "people/import_values.h"
#include "people/record_changes.h"
#include "people/timeline.h"

namespace khien::people {
namespace {

using sheets::PlanItem;
using sheets::PlannedAct;

constexpr std::size_t kShownRows = 10;

void add_change(PlanItem& item, Text field, const std::string& before, const std::string& after) {
  if (before != after) item.changes.push_back({std::move(field), before, after});
}

/// What the row says, over what is known.
PersonDetails merged(PersonDetails known, const PersonDetails& said) {
  const auto take = [](std::string& into, const std::string& value) {
    if (!value.empty()) into = value;
  };
  if (known.name.empty()) known.name = said.name;  // the name of somebody known is corrected by `person rename` only
  take(known.work_mail, said.work_mail);
  take(known.staff_code, said.staff_code);
  if (said.category != Category::Unknown) known.category = said.category;
  const auto& born = known.secret.birth_date;
  const bool says_less =
      born && said.secret.birth_date && !said.secret.birth_date->date() && said.secret.birth_date->agrees_with(*born);
  if (said.secret.birth_date && !says_less) known.secret.birth_date = said.secret.birth_date;
  take(known.secret.identity_number, said.secret.identity_number);
  take(known.secret.phone, said.secret.phone);
  return known;
}

/// Personal values are not shown, not even the new ones.
void compare_details(const PersonDetails& before, PersonChange& change, PlanItem& item) {
  const PersonDetails& after = change.details;
  add_change(item, {"họ và tên", "name"}, before.name, after.name);
  add_change(item, {"email công vụ", "work mail"}, before.work_mail, after.work_mail);
  add_change(item, {"mã cán bộ", "staff code"}, before.staff_code, after.staff_code);
  if (before.category != after.category)
    add_change(item, {"loại cán bộ", "category"}, name_of(before.category).vi, name_of(after.category).vi);
  const auto secret = [&](bool changed, const char* column, Text field) {
    if (!changed) return;
    change.secret_changes.emplace_back(column);
    item.changes.push_back({std::move(field), "", ""});
  };
  secret(before.secret.birth_date != after.secret.birth_date, "birth_date", {"ngày sinh", "birth date"});
  secret(before.secret.identity_number != after.secret.identity_number, "identity_number",
         {"số định danh", "identity number"});
  secret(before.secret.phone != after.secret.phone, "phone", {"điện thoại", "telephone"});
  change.details_change = !(before == after);
}

/// Two labels of a unit, so that the plan reads without the tree.
std::string unit_label(const Directory& known, const UnitId& id, Instant at) {
  const Unit* unit = known.unit(id);
  if (unit == nullptr || unit->versions.empty()) return {};
  const auto* version = item_at(unit->versions, at);
  return (version == nullptr ? unit->versions.back() : *version).name;
}

class PeoplePlanner {
 public:
  PeoplePlanner(const sheets::Table& table, const Directory& known, const Marker& marker,
                const PrivateReader& private_facts, Instant as_of, IdSource::Series ids)
      : table_(table),
        known_(known),
        marker_(marker),
        private_facts_(private_facts),
        as_of_(as_of),
        ids_(std::move(ids)),
        reader_(table, known, marker, as_of),
        matcher_(known, private_facts) {
    out_.plan.begin(table);
  }

  PeopleImport run() {
    for (const auto& cells : table_.rows) {
      const PersonRow row = reader_.read(cells, out_.plan.problems);
      if (row.restored_identity) restored_.push_back(row.number);
      if (row.details.secret.birth_date && !row.details.secret.birth_date->date()) years_.push_back(row.number);
      if (const auto planned = row.complete ? plan(row) : check_person(row); !planned)
        out_.plan.problems.push_back(Error(planned.error()).at({table_.file, row.number, 0}));
    }
    note_rows("identity_number", restored_,
              {"Đã thêm lại số 0 bị mất ở đầu số CCCD (khớp quy tắc và năm sinh)",
               "Zeros lost in front of identity numbers were put back (by the rule and the birth year)"});
    note_rows("birth_date", years_,
              {"Chỉ có năm sinh, được giữ đúng như vậy", "Only the year of birth is known and kept"});
    out_.plan.settle();
    return std::move(out_);
  }

 private:
  /// One note for all rows, at the first.
  void note_rows(std::string_view key, const std::vector<std::size_t>& rows, const Text& what) {
    if (rows.empty()) return;
    std::string list;
    for (const auto number : std::span(rows).first(std::min(rows.size(), kShownRows)))
      list += (list.empty() ? "" : ", ") + std::to_string(number);
    if (rows.size() > kShownRows) list += ", …";
    out_.plan.notes.push_back(Error::invalid(Text::format("{0}: {1} dòng ({2}).", "{3}: {1} rows ({2}).", what.vi,
                                                          rows.size(), list, what.en))
                                  .at(table_.place({rows.front(), {}}, key)));
  }

  /// The record keeps its name, and whoever looks at the plan knows that the file has another.
  void note_spelling(const PersonRow& row, const std::string& known) {
    if (known.empty() || is_same_spelling(known, row.details.name)) return;
    out_.plan.notes.push_back(
        Error::invalid(Text::format("Tên trong tệp «{0}» khác hồ sơ «{1}» ở chữ hoa hoặc dấu; hồ sơ giữ nguyên. Muốn "
                                    "sửa hồ sơ: khien person rename.",
                                    "The name \"{0}\" differs from \"{1}\" on record in capitals or marks; the record "
                                    "stays. To correct it: khien person rename.",
                                    row.details.name, known))
            .at(table_.place({row.number, {}}, "name")));
  }

  Result<void> plan(const PersonRow& row) {
    const auto found = TRY(matcher_.match(row));
    TRY(matcher_.claim(row, found));
    PlanItem item{row.number, PlannedAct::Unchanged, row.label(), {}};
    PersonChange change = found ? TRY(known_person(*found)) : new_person();
    const PersonDetails before = change.details;
    note_spelling(row, before.name);
    change.details = merged(before, row.details);
    compare_details(before, change, item);
    change.after.person = marker_.person_of(change.after.person.id, change.details);
    const bool ends = TRY(plan_posting(row, change, item));
    plan_groups(row, change, item);
    TRY(check(change.after));
    if (change.is_new)
      item.act = PlannedAct::Add;
    else if (!item.changes.empty())
      item.act = ends && item.changes.size() == 1 ? PlannedAct::End : PlannedAct::Change;
    if (item.act != PlannedAct::Unchanged) out_.changes.push_back(std::move(change));
    out_.plan.items.push_back(std::move(item));
    return {};
  }

  /// Of a row that is not complete: whether its numbers are somebody else's, or stand in an earlier row.
  Result<void> check_person(const PersonRow& row) {
    if (row.details.name.empty()) return {};
    return matcher_.claim(row, TRY(matcher_.match(row)));
  }

  PersonChange new_person() {
    PersonChange change;
    change.is_new = true;
    change.after.person.id = ids_.next<PersonId>();
    return change;
  }

  Result<PersonChange> known_person(const PersonId& id) const {
    const PersonRecord& record = *known_.person(id);
    const Person& person = record.person;
    PersonChange change{false, false, record, record, {}, {}};
    change.details = {person.name, person.work_mail, person.staff_code, person.category, TRY(private_facts_(id))};
    return change;
  }

  /// True if the row ends a posting.
  Result<bool> plan_posting(const PersonRow& row, PersonChange& change, PlanItem& item) {
    const Instant at = row.seen_at(as_of_);
    auto& postings = change.after.postings;
    const auto main = std::ranges::find_if(
        postings, [&](const Posting& posting) { return posting.main && posting.valid.contains(at); });
    const bool same_unit = main != postings.end() && main->unit == row.unit;
    const bool same_position = same_unit && (!row.position || is_same_spelling(*row.position, main->position));
    if (!same_position) {
      if (const auto later =
              std::ranges::find_if(postings, [&](const Posting& p) { return p.main && p.valid.from > at; });
          later != postings.end())
        return Failure(Error::conflict(
            Text::format("Người này đã có vị trí công tác chính bắt đầu từ {0}, sau ngày ghi trong tệp.",
                         "The person has a main posting that begins on {0}, after the date of the row.",
                         dmy(date_of(later->valid.from)))));
      note_move(row, main == postings.end() ? nullptr : &*main, at, item);
      if (same_unit && main->valid.from == at)
        main->position = row.position.value_or("");
      else
        move_main_posting(change.after, ids_.next<PostingId>(), row.unit, row.position.value_or(""), at);
    }
    return end_main_posting(row, change, item);
  }

  void note_move(const PersonRow& row, const Posting* main, Instant at, PlanItem& item) const {
    if (main == nullptr || main->unit != row.unit)
      add_change(item, {"đơn vị", "unit"}, main == nullptr ? "" : unit_label(known_, main->unit, at),
                 unit_label(known_, row.unit, at));
    add_change(item, {"chức vụ", "position"}, main == nullptr ? "" : main->position, row.position.value_or(""));
    item.changes.push_back({{"từ ngày", "from"}, "", dmy(date_of(at))});
  }

  Result<bool> end_main_posting(const PersonRow& row, PersonChange& change, PlanItem& item) const {
    if (!row.to) return false;
    const Instant just_before = *row.to - std::chrono::microseconds{1};
    for (auto& posting : change.after.postings)
      if (posting.main && posting.unit == row.unit && posting.valid.contains(just_before)) {
        if (posting.valid.to == row.to) return false;
        posting.valid.to = row.to;
        item.changes.push_back({{"đến ngày", "to"}, "", dmy(date_of(*row.to))});
        return true;
      }
    return Failure(
        Error::conflict(Text::format("Người này không công tác tại đơn vị đó vào ngày {0}.",
                                     "The person has no posting in that unit on {0}.", dmy(date_of(just_before)))));
  }

  void plan_groups(const PersonRow& row, PersonChange& change, PlanItem& item) const {
    for (const auto& group : row.groups) {
      const auto before = change.after.memberships;
      const Instant at = row.seen_at(as_of_);
      const bool member = std::ranges::any_of(before, [&](const Membership& membership) {
        return membership.group == group && membership.valid.contains(at);
      });
      if (member) continue;
      join(change.after, group, {at, std::nullopt});
      add_change(item, {"nhóm", "group"}, "", known_.group(group)->code);
    }
  }

  const sheets::Table& table_;
  const Directory& known_;
  const Marker& marker_;
  const PrivateReader& private_facts_;
  Instant as_of_;
  IdSource::Series ids_;
  PersonRowReader reader_;
  PersonMatcher matcher_;
  std::vector<std::size_t> restored_;  ///< rows
  std::vector<std::size_t> years_;
  PeopleImport out_;
};

}  // namespace

PeopleImport plan_people(const sheets::Table& table, const Directory& known, const Marker& marker,
                         const PrivateReader& private_facts, Instant as_of, IdSource::Series ids) {
  return PeoplePlanner(table, known, marker, private_facts, as_of, std::move(ids)).run();
}

std::span<const sheets::Column> people_columns() {
  static const std::vector<sheets::Column> columns{
      {"name",
       true,
       {"Họ và tên", "Họ tên", "Họ, tên", "Họ và tên cán bộ", "Họ và chữ đệm và tên", "Họ tên cán bộ", "Tên cán bộ",
        "Họ và tên CBCCVC", "Họ và tên khai sinh", "Full name", "Name"},
       {{"Họ đệm", "Họ và tên đệm", "Họ và chữ đệm", "Họ, đệm", "Họ lót", "Họ và đệm", "Họ", "Family name"},
        {"Tên", "Given name"}}},
      {"birth_date",
       false,
       {"Ngày sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Sinh ngày", "Năm sinh", "Ngày, năm sinh",
        "Birth date", "Date of birth"}},
      {"sex", false, {"Giới tính", "Nam/Nữ", "Sex", "Gender"}, {}, true},
      {"identity_number",
       false,
       {"Số CCCD", "CCCD", "Số CMND", "CMND", "CCCD/CMND", "Số CCCD/CMND", "Số định danh", "Số định danh cá nhân",
        "Mã định danh cá nhân", "Số căn cước", "Số căn cước công dân", "Căn cước công dân", "Căn cước", "Số CMND/CCCD",
        "CMND/CCCD", "Số ĐDCN", "Mã số định danh cá nhân", "Identity number"}},
      {"staff_code",
       false,
       {"Mã cán bộ", "Mã CB", "Mã CBCC", "Mã CBCCVC", "Mã công chức", "Mã viên chức", "Mã nhân viên", "Số hiệu",
        "Số hiệu công chức", "Số hiệu cán bộ", "Staff code"}},
      {"unit_code", false, {"Mã đơn vị", "Mã cơ quan", "Mã ĐV", "Mã định danh đơn vị", "Unit code"}},
      {"unit_name",
       false,
       {"Đơn vị", "Tên đơn vị", "Cơ quan", "Cơ quan, đơn vị", "Đơn vị công tác", "Phòng, ban", "Phòng ban", "Phòng",
        "Phòng/Ban", "Phòng, ban, đơn vị", "Phòng ban/Đơn vị", "Bộ phận", "Nơi công tác", "Cơ quan công tác", "Unit",
        "Unit name"},
       {},
       false,
       true},
      {"position",
       false,
       {"Chức vụ", "Chức danh", "Chức vụ, chức danh", "Chức vụ/Chức danh", "Chức vụ hiện tại",
        "Chức vụ, chức danh hiện tại", "Vị trí việc làm", "Position", "Title"}},
      {"category", false, {"Loại cán bộ", "Đối tượng", "Loại", "Category"}},
      {"phone",
       false,
       {"Điện thoại", "Số điện thoại", "SĐT", "ĐT", "ĐTDĐ", "Di động", "Điện thoại di động", "Số ĐT", "Số ĐTDĐ",
        "Số di động", "Số điện thoại di động", "Điện thoại liên hệ", "Phone", "Mobile"}},
      {"work_mail",
       false,
       {"Email công vụ", "Thư công vụ", "Email", "Thư điện tử", "Thư điện tử công vụ", "Hộp thư công vụ",
        "Địa chỉ email", "Địa chỉ thư điện tử", "Email cơ quan", "Mail công vụ", "Work mail"}},
      {"groups", false, {"Nhóm", "Mã nhóm", "Groups", "Group"}},
      {"from", false, {"Từ ngày", "Ngày có hiệu lực", "Ngày hiệu lực", "Ngày nhận nhiệm vụ", "From", "Valid from"}},
      {"to", false, {"Đến ngày", "Ngày kết thúc", "Ngày thôi việc", "Ngày bàn giao", "To", "Valid to", "Until"}},
      {"note", false, {"Ghi chú", "Note", "Notes"}, {}, true}};
  return columns;
}

}  // namespace khien::people
