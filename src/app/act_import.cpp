// Importing a list, as a file.
#include "accounts/import_columns.h"
#include "app/acts.h"
#include "base/digest.h"
#include "people/import_people.h"
#include "people/import_units.h"
#include "sheets/give_back.h"
#include "sheets/read.h"

namespace khien::app {

/// The list as it was read, and what it would do: worked out once, and stored only if nothing changed since.
struct ImportList::Prepared {
  std::vector<sheets::Sheet> sheets;
  sheets::Table table;
  people::People::Planned units;
  people::People::PlannedPeople people;
  AccountImport accounts;

  [[nodiscard]] const sheets::ImportPlan& plan(people::Act list) const {
    if (list == people::Act::ImportUnits) return units.plan;
    return list == people::Act::ImportPeople ? people.import.plan : accounts.accounts.plan;
  }
};

namespace {

std::vector<sheets::Column> columns_of(people::Act what) {
  if (what == people::Act::ImportAccounts) return accounts::account_columns();
  const auto columns = what == people::Act::ImportUnits ? people::unit_columns() : people::people_columns();
  return {columns.begin(), columns.end()};
}

/// Rows that change or end what is there: new ones touch nobody.
std::size_t touched_rows(const sheets::ImportPlan& plan) {
  return plan.count(sheets::PlannedAct::Change) + plan.count(sheets::PlannedAct::End);
}

std::size_t known(Installation& opened, people::Act what) {
  if (what == people::Act::ImportUnits) return opened.people().snapshot()->units().size();
  if (what == people::Act::ImportPeople) return opened.people().snapshot()->people().size();
  return opened.accounts().snapshot()->account_count();
}

Text shown(const sheets::ImportPlan& plan, std::size_t most) {
  return {sheets::printed(plan, Language::Vietnamese, most), sheets::printed(plan, Language::English, most)};
}

}  // namespace

Parameters ImportList::parameters() const {
  Parameters out{{"file", file}};
  if (!sheet.empty()) out["sheet"] = sheet;
  return out;
}

Result<std::shared_ptr<const ImportList::Prepared>> ImportList::prepare(Installation& opened) const {
  if (prepared_) return prepared_;
  auto out = std::make_shared<Prepared>();
  const auto columns = columns_of(what);
  out->sheets = TRY(sheets::read(bytes_of(bytes), file));
  out->table = TRY(sheets::find_table(out->sheets, columns, sheet));
  if (!keeps_sheets) out->sheets = {};
  if (out->table.rows.empty())
    return Failure(Error::invalid({"Dưới hàng tiêu đề không có dòng nào; không có gì để nhập.",
                                   "There is no row below the headings; nothing to import."})
                       .at({out->table.file, out->table.header_row}));
  if (what == people::Act::ImportUnits)
    out->units = TRY(opened.people().plan_units(out->table));
  else if (what == people::Act::ImportPeople)
    out->people = TRY(opened.people().prepare_people(out->table));
  else
    out->accounts = plan_account_import(opened, out->table);
  prepared_ = std::move(out);
  return prepared_;
}

Result<const sheets::ImportPlan*> ImportList::plan(Installation& opened) const {
  return &TRY(prepare(opened))->plan(what);
}

Result<std::string> ImportList::give_back(Installation& opened, Language language) const {
  const auto prepared = TRY(prepare(opened));
  return sheets::give_back(prepared->sheets, prepared->table, prepared->plan(what), language);
}

Result<Prospect> ImportList::look(Installation& opened) const {
  const auto prepared = TRY(prepare(opened));
  const auto& plan = prepared->plan(what);
  if (!plan.can_apply()) return Failure(combine(plan.problems));
  const Text name = people::rule_of(what).name;
  return Prospect{.summary = Text::format("{0} từ {1}: thêm {2}, sửa {3}, kết thúc {4}",
                                          "{5} from {1}: add {2}, change {3}, end {4}", name.vi, file,
                                          plan.count(sheets::PlannedAct::Add), plan.count(sheets::PlannedAct::Change),
                                          plan.count(sheets::PlannedAct::End), name.en),
                  .lines = {{Line::Kind::Result, shown(plan, most)}},
                  .facts = base64url(sha256(bytes_of(sheets::printed(plan, Language::Vietnamese, plan.items.size())))),
                  .affected = touched_rows(plan),
                  .of = known(opened, what)};
}

Result<Lines> ImportList::carry_out(Installation& opened, const people::By& by) const {
  const auto prepared = TRY(prepare(opened));
  const auto& plan = prepared->plan(what);
  if (!plan.can_apply()) return Failure(combine(plan.problems));
  if (what == people::Act::ImportUnits)
    TRY(opened.people().import_units(by, prepared->table, prepared->units.generation));
  else if (what == people::Act::ImportPeople)
    TRY(opened.people().store_people(by, prepared->people));
  else
    TRY(store_account_import(opened, by, prepared->accounts));
  return Lines{{Line::Kind::Result, shown(plan, most)},
               {Line::Kind::Result, {"Đã ghi toàn bộ.", "All of it is stored."}}};
}

Result<std::unique_ptr<Act>> ImportList::from_request(people::Act kind, const Parameters& parameters,
                                                      std::string payload) {
  auto act = std::make_unique<ImportList>();
  act->what = kind;
  act->file = value_of(parameters, "file");
  act->sheet = value_of(parameters, "sheet");
  act->bytes = std::move(payload);
  return act;
}

}  // namespace khien::app
