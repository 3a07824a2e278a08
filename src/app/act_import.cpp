// Importing a list, as a file.
#include "accounts/import_columns.h"
#include "app/acts.h"
#include "base/digest.h"
#include "people/import_people.h"
#include "people/import_units.h"
#include "sheets/read.h"
#include "sheets/table.h"

namespace khien::app {
namespace {

/// Rows that change or end what is there: new ones touch nobody.
std::size_t touched_rows(const sheets::ImportPlan& plan) {
  return plan.count(sheets::PlannedAct::Change) + plan.count(sheets::PlannedAct::End);
}

std::vector<sheets::Column> columns_of(people::Act what) {
  if (what == people::Act::ImportAccounts) return accounts::account_columns();
  const auto columns = what == people::Act::ImportUnits ? people::unit_columns() : people::people_columns();
  return {columns.begin(), columns.end()};
}

Result<sheets::Table> read_table(const ImportList& list) {
  const auto columns = columns_of(list.what);
  const auto sheets = TRY(sheets::read(bytes_of(list.bytes), list.file));
  auto table = TRY(sheets::find_table(sheets, columns));
  if (table.rows.empty())
    return Failure(Error::invalid({"Dưới hàng tiêu đề không có dòng nào; không có gì để nhập.",
                                   "There is no row below the headings; nothing to import."})
                       .at({table.file, table.header_row}));
  return table;
}

std::size_t known(Installation& opened, people::Act what) {
  if (what == people::Act::ImportUnits) return opened.people().snapshot()->units().size();
  if (what == people::Act::ImportPeople) return opened.people().snapshot()->people().size();
  return opened.accounts().snapshot()->account_count();
}

Error cannot_apply(const sheets::ImportPlan& plan) {
  return combine(plan.problems);
}

}  // namespace

Parameters ImportList::parameters() const {
  return {{"file", file}};
}

Result<sheets::ImportPlan> ImportList::plan(Installation& opened) const {
  const auto table = TRY(read_table(*this));
  if (what == people::Act::ImportUnits) return TRY(opened.people().plan_units(table)).plan;
  if (what == people::Act::ImportPeople) return TRY(opened.people().plan_people(table)).plan;
  return plan_account_import(opened, table).accounts.plan;
}

Result<Prospect> ImportList::look(Installation& opened) const {
  const auto planned = TRY(plan(opened));
  if (!planned.can_apply()) return Failure(cannot_apply(planned));
  const std::string shown = sheets::printed(planned, Language::Vietnamese, planned.items.size());
  const Text name = people::rule_of(what).name;
  const std::size_t touched = touched_rows(planned);
  return Prospect{.summary = Text::format(
                      "{0} từ {1}: thêm {2}, sửa {3}, kết thúc {4}", "{5} from {1}: add {2}, change {3}, end {4}",
                      name.vi, file, planned.count(sheets::PlannedAct::Add), planned.count(sheets::PlannedAct::Change),
                      planned.count(sheets::PlannedAct::End), name.en),
                  .lines = {{Line::Kind::Remark,
                             {sheets::printed(planned, Language::Vietnamese, 40),
                              sheets::printed(planned, Language::English, 40)}}},
                  .facts = base64url(sha256(bytes_of(shown))),
                  .affected = touched,
                  .of = known(opened, what)};
}

Result<Lines> ImportList::carry_out(Installation& opened, const people::By& by) const {
  const auto table = TRY(read_table(*this));
  if (what == people::Act::ImportAccounts) {
    const auto planned = plan_account_import(opened, table);
    if (!planned.accounts.plan.can_apply()) return Failure(cannot_apply(planned.accounts.plan));
    TRY(store_account_import(opened, by, planned));
  } else {
    const auto plan = what == people::Act::ImportUnits ? TRY(opened.people().import_units(by, table))
                                                       : TRY(opened.people().import_people(by, table));
    if (!plan.can_apply()) return Failure(cannot_apply(plan));
  }
  return Lines{{Line::Kind::Result, {"Đã ghi toàn bộ.", "All of it is stored."}}};
}

Result<std::unique_ptr<Act>> ImportList::from_request(people::Act kind, const Parameters& parameters,
                                                      std::string payload) {
  auto act = std::make_unique<ImportList>();
  act->what = kind;
  act->file = value_of(parameters, "file");
  act->bytes = std::move(payload);
  return act;
}

}  // namespace khien::app
