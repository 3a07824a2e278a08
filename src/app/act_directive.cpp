// Adopting a directive, ending one, and undoing what was adopted by mistake.
#include <fmt/format.h>

#include <algorithm>

#include "accounts/names.h"
#include "app/acts.h"
#include "app/cutoffs.h"
#include "app/mass_effect.h"
#include "base/digest.h"
#include "people/rules.h"
#include "signin/early_cutoff.h"

namespace khien::app {
namespace {

std::string joined(const std::vector<DirectiveId>& ids) {
  std::string out;
  for (const auto& id : ids) out += (out.empty() ? "" : ",") + id.text();
  return out;
}

std::vector<DirectiveId> split(std::string_view text) {
  std::vector<DirectiveId> out;
  while (!text.empty()) {
    const auto comma = text.find(',');
    if (const auto id = DirectiveId::parse(text.substr(0, comma))) out.push_back(*id);
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
  }
  return out;
}

/// What is adopted, each with its days: what a simulation rests on, beside what people did since.
std::string facts_of(const directives::Register& adopted) {
  std::vector<std::string> lines;
  for (const auto& directive : adopted.directives())
    lines.push_back(fmt::format("{} {} {}", directive.id.text(), iso(directive.from),
                                directive.until ? iso(*directive.until) : "-"));
  std::ranges::sort(lines);
  std::string out;
  for (const auto& line : lines) out += line + "\n";
  return out;
}

directives::Register with(const directives::Register& adopted, const policy::Directive& wanted,
                          const std::vector<DirectiveId>& replaced) {
  auto together = adopted.directives();
  for (auto& directive : together)
    if (std::ranges::find(replaced, directive.id) != replaced.end())
      directive.until = std::max(wanted.from, directive.from);
  together.push_back(wanted);
  directives::Register out = adopted;
  out.put(std::move(together));
  return out;
}

/// What a cutoff that comes without notice does, and where to see whom.
Line words_of(const signin::EarlyCutoff& cutoff, Instant now, bool adopted) {
  const bool past = cutoff.date < date_of(now);
  std::string clauses;
  for (const auto& clause : cutoff.clauses) clauses += (clauses.empty() ? "" : ", ") + clause;
  return {Line::Kind::Note,
          Text::format("mốc dừng truy cập {0} ({1}) {2}: hôm nay bị dừng {3} tên đăng nhập, ngày {4} là {5}. Xem ai: "
                       "{6}khien simulate --at {4}",
                       "the cutoff {0} ({1}) {7}: it shuts out {3} logins today, {5} on {4}. Whom: {8}khien simulate "
                       "--at {4}",
                       dmy(cutoff.date), clauses, past ? "đã qua" : "đến trước ngày chỉ đạo bắt đầu áp dụng",
                       cutoff.shut_out_today, dmy(cutoff.acts_on), cutoff.shut_out_then,
                       adopted ? "" : "sau khi tiếp nhận, ", past ? "has passed" : "comes before the directive begins",
                       adopted ? "" : "once adopted, ")};
}

Line cutoff_line(const ComingCutoff& cutoff) {
  return {Line::Kind::Note,
          Text::format("mốc dừng truy cập {0}: {1} tên đăng nhập bị dừng nếu không đổi mật khẩu trước đó.",
                       "the cutoff {0}: it shuts out {1} logins unless they change their passwords before.",
                       dmy(cutoff.key.second), cutoff.shut_out)};
}

Line touched_line(const Touched& touched) {
  return {Line::Kind::Note,
          Text::format("trong 7 ngày tới, {0} trên {1} tên đăng nhập bị dừng hoặc phải làm thêm việc khi đăng nhập.",
                       "within 7 days {0} of {1} logins are shut out or must do something more at the sign-in.",
                       touched.worse, touched.logins)};
}

}  // namespace

people::About AdoptDirective::about(Installation& opened) const {
  const auto parsed = text();
  const auto directory = opened.people().snapshot();
  const people::UnitTree tree(*directory, opened.clock.now());
  const auto unit = parsed && parsed->adopted_by ? tree.unit_coded(*parsed->adopted_by) : std::nullopt;
  return unit ? people::About{.units = {*unit}} : people::About::whole();
}

Parameters AdoptDirective::parameters() const {
  Parameters out{{"file", file}};
  if (!adopted_by.empty()) out["adopted_by"] = adopted_by;
  if (from) out["from"] = iso(*from);
  if (!replaces.empty()) out["replaces"] = joined(replaces);
  if (!successor_by.empty()) out["successor_by"] = successor_by;
  return out;
}

Result<std::unique_ptr<Act>> AdoptDirective::from_request(const Parameters& parameters, std::string payload) {
  auto act = std::make_unique<AdoptDirective>();
  act->file = value_of(parameters, "file");
  act->yaml = std::move(payload);
  act->adopted_by = value_of(parameters, "adopted_by");
  act->from = parse_instant(value_of(parameters, "from"));
  act->replaces = split(value_of(parameters, "replaces"));
  act->successor_by = value_of(parameters, "successor_by");
  return act;
}

Result<directives::DirectiveText> AdoptDirective::text() const {
  directives::DirectiveText text = TRY(directives::parse_directive(yaml, file));
  if (!adopted_by.empty()) {
    text.adopted_by = adopted_by;
    text.lines.adopted_by = 0;
  }
  if (from) text.from = date_of(*from);
  return text;
}

Result<AdoptDirective::Checked> AdoptDirective::check(Installation& opened, bool adopting) const {
  Checked out{.text = TRY(text()), .directive = {}, .notes = {}};
  const Instant now = opened.clock.now();
  const auto known = opened.accounts().snapshot();
  const auto directory = opened.people().snapshot();
  const accounts::NamesAt names(*known, *directory, now);
  out.directive = TRY(opened.directives().check(out.text, names, file, {replaces, successor_by}));
  for (const auto& cutoff :
       signin::early_cutoffs(opened.standings(), *opened.directives().snapshot(), out.directive, replaces, now))
    out.notes.push_back(words_of(cutoff, now, adopting));
  return out;
}

Result<Prospect> AdoptDirective::look(Installation& opened) const {
  Checked checked = TRY(check(opened, false));
  const auto adopted = opened.directives().snapshot();
  const auto touched =
      touched_by(opened.standings(), *adopted, with(*adopted, checked.directive, replaces), opened.clock.now());
  Prospect out{.summary = Text::format("tiếp nhận chỉ đạo {0} ({1} nội dung), áp dụng từ {2}",
                                       "adopt the directive {0} ({1} clauses), in force from {2}", checked.text.code,
                                       checked.text.clauses.size(), dmy(date_of(checked.directive.from))),
               .lines = std::move(checked.notes),
               .facts = facts_of(*adopted),
               .affected = touched.worse,
               .of = touched.logins};
  if (touched.worse > 0) out.lines.push_back(touched_line(touched));
  for (const auto& cutoff :
       cutoffs_of(opened, with(*adopted, checked.directive, replaces), checked.directive, opened.clock.now())) {
    out.affected = std::max(out.affected, cutoff.shut_out);
    const bool comes = cutoff.begins > opened.clock.now() && cutoff.begins >= checked.directive.from;
    if (cutoff.shut_out > 0 && comes) out.lines.push_back(cutoff_line(cutoff));
  }
  return out;
}

Result<Lines> AdoptDirective::carry_out(Installation& opened, const people::By& by) const {
  Checked checked = TRY(check(opened, true));
  const auto known = opened.accounts().snapshot();
  const auto directory = opened.people().snapshot();
  const accounts::NamesAt names(*known, *directory, opened.clock.now());
  const DirectiveId id = TRY(opened.directives().replace(by, checked.text, {replaces, successor_by}, names, file));
  Lines out{{Line::Kind::Result,
             Text::format("Đã tiếp nhận {0} ({1} nội dung), áp dụng từ {2}. Mã: {3}",
                          "Adopted {0} ({1} clauses), in force from {2}. Id: {3}", checked.text.code,
                          checked.text.clauses.size(), checked.text.from ? dmy(*checked.text.from) : "?", id.text())}};
  const auto adopted = opened.directives().snapshot();
  // Two persons saw how many each of its cutoffs shuts out.
  if (const auto* directive = adopted->directive(id); directive != nullptr && by.actor.approver)
    for (const auto& cutoff : cutoffs_of(opened, *adopted, *directive, opened.clock.now()))
      TRY(opened.directives().confirm_cutoff(by, cutoff.key, static_cast<std::int64_t>(cutoff.shut_out)));
  for (const auto& replaced : replaces)
    if (const auto* old = adopted->directive(replaced))
      out.push_back({Line::Kind::Result,
                     Text::format("Thay thế {0}: hết hiệu lực từ {1}. Mã: {2}", "Replaces {0}: ended from {1}. Id: {2}",
                                  old->code, old->until ? dmy(date_of(*old->until)) : "?", replaced.text())});
  out.insert(out.end(), checked.notes.begin(), checked.notes.end());
  return out;
}

people::About WithdrawDirective::about(Installation& opened) const {
  const auto adopted = opened.directives().snapshot();
  const auto* found = adopted->directive(directive);
  return found == nullptr ? people::About::whole() : people::About{.units = {found->adopted_by}};
}

Parameters WithdrawDirective::parameters() const {
  Parameters out{{"directive", directive.text()}, {"reason", reason}};
  if (at) out["at"] = iso(*at);
  if (undo) out["undo"] = "true";
  return out;
}

Result<std::unique_ptr<Act>> WithdrawDirective::from_request(const Parameters& parameters) {
  auto act = std::make_unique<WithdrawDirective>();
  act->directive = DirectiveId::parse(value_of(parameters, "directive")).value_or(DirectiveId{});
  act->at = parse_instant(value_of(parameters, "at"));
  act->undo = value_of(parameters, "undo") == "true";
  act->reason = value_of(parameters, "reason");
  return act;
}

Result<Prospect> WithdrawDirective::look(Installation& opened) const {
  const auto adopted = opened.directives().snapshot();
  const auto* found = adopted->directive(directive);
  if (found == nullptr) return Failure(Error::not_found({"Không có chỉ đạo này.", "There is no such directive."}));
  const Instant now = opened.clock.now();
  const Instant undoable_until = add(found->recorded, opened.config.undo_grace);
  const std::string day = dmy(date_of(at.value_or(now)));
  Prospect out{
      .summary = undo ? Text::format("hoàn tác việc tiếp nhận chỉ đạo {0}", "undo the adoption of {0}", found->code)
                      : Text::format("thu hồi chỉ đạo {0} từ {1}", "withdraw {0} from {1}", found->code, day),
      .lines = {{Line::Kind::Note, {"lý do: " + reason, "reason: " + reason}}},
      .facts = iso(found->from) + (found->until ? iso(*found->until) : "-")};
  if (undo && now > undoable_until)
    return Failure(Error::refused(Text::format(
        "Chỉ hoàn tác được đến {0}; sau đó hãy thu hồi (khien directive withdraw), cần người thứ hai duyệt.",
        "It could be undone until {0}; now withdraw it (khien directive withdraw), which takes a second person.",
        dmy_time(undoable_until))));
  out.undoes = undo;
  return out;
}

Result<Lines> WithdrawDirective::carry_out(Installation& opened, const people::By& by) const {
  if (undo) {
    TRY(opened.directives().undo(by, directive, reason));
    return Lines{{Line::Kind::Result,
                  {"Đã hoàn tác: chỉ đạo này hết hiệu lực ngay, chỉ đạo bị nó thay thế có hiệu lực trở lại.",
                   "Undone: the directive has ended, and what it replaced is in force again."}}};
  }
  TRY(opened.directives().withdraw(by, directive, at.value_or(opened.clock.now()), reason));
  const auto* ended = opened.directives().snapshot()->directive(directive);
  if (ended != nullptr && ended->was_called_off())
    return Lines{{Line::Kind::Result,
                  {"Đã hủy trước khi áp dụng: chỉ đạo này không có hiệu lực ngày nào.",
                   "Called off before it began: it is in force on no day."}}};
  return Lines{{Line::Kind::Result, {"Đã thu hồi.", "Withdrawn."}}};
}

}  // namespace khien::app
