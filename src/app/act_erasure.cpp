// Erasing the personal data of somebody who has left.
#include "app/acts.h"
#include "app/erasure.h"

namespace khien::app {
namespace {

Text joined(const std::vector<Text>& lines) {
  Text out;
  for (const auto& line : lines) {
    out.vi += (out.vi.empty() ? "" : "\n") + line.vi;
    out.en += (out.en.empty() ? "" : "\n") + line.en;
  }
  return out;
}

}  // namespace

people::About ErasePerson::about(Installation& opened) const {
  return people::About::person(*opened.people().snapshot(), person, opened.clock.now());
}

Parameters ErasePerson::parameters() const {
  return {{"person", person.text()}, {"reason", reason}};
}

Result<std::unique_ptr<Act>> ErasePerson::from_request(const Parameters& parameters) {
  auto act = std::make_unique<ErasePerson>();
  act->person = PersonId::parse(value_of(parameters, "person")).value_or(PersonId{});
  act->reason = value_of(parameters, "reason");
  return act;
}

Result<Prospect> ErasePerson::look(Installation& opened) const {
  const auto plan = TRY(plan_erasure(opened, person));
  if (!plan.obstacles.empty()) return Failure(Error::refused(joined(plan.obstacles)));
  Lines lines{{Line::Kind::Note, {"người bị xóa dữ liệu: " + plan.name, "the person: " + plan.name}}};
  for (const auto& line : plan.goes) lines.push_back({Line::Kind::Note, line});
  return Prospect{.summary = {"xóa vĩnh viễn dữ liệu cá nhân của người có mã số " + person.text(),
                              "erase for good the personal data of " + person.text()},
                  .lines = std::move(lines),
                  .facts = joined(plan.goes).vi,
                  .affected = 1,
                  .of = opened.people().snapshot()->people().size()};
}

Result<Lines> ErasePerson::carry_out(Installation& opened, const people::By& by) const {
  const auto taken = TRY(erase_person(opened, by, person, reason));
  Lines out{{Line::Kind::Result, {"Đã xóa:", "Erased:"}}};
  for (const auto& line : taken) out.push_back({Line::Kind::Result, {"    " + line.vi, "    " + line.en}});
  return out;
}

}  // namespace khien::app
