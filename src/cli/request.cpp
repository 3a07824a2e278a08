// khien request list|show|approve|refuse|withdraw: what waits for a second person.
#include "app/act.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/find.h"

namespace khien::cli {
namespace {

using app::Installation;
using people::Request;

Result<Request> find(Installation& opened, const std::string& label) {
  const auto number = people::parse_request_label(label);
  if (!number)
    return Failure(Error::invalid(Text::format("«{0}» không phải số đề nghị, như DN-12.",
                                               "\"{0}\" is no number of a request, such as DN-12.", label)));
  return opened.requests().find(*number);
}

std::string json_of(const Request& request) {
  return fmt::format(
      R"({{"number":{},"act":{},"summary":{},"affected":{},"proposer":{},"proposed_at":{},"expires_at":{},"state":{},"decided_by":{},"decided_at":{},"reason":{}}})",
      json_text(people::request_label(request.number)), json_text(people::rule_of(request.act).code),
      json_text(request.summary.vi), request.affected, json_text(request.proposer.text()),
      json_text(iso(request.proposed_at)), json_text(iso(request.expires_at)),
      json_text(people::code_of(request.state)), request.decided_by ? json_text(request.decided_by->text()) : "null",
      request.decided_at ? json_text(iso(*request.decided_at)) : "null", json_text(request.reason));
}

void list(Context& context, bool all, bool as_json) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto directory = opened->people().snapshot();
  for (const auto& request : KHIEN_OR_FAIL(context, opened->requests().list(!all))) {
    if (as_json)
      context.say(json_of(request));
    else
      context.say(fmt::format("{:<7} {:<12} {}  {}  {}", people::request_label(request.number),
                              context.in(people::name_of(request.state)), dmy_time(request.proposed_at),
                              name_of(*directory, request.proposer), context.in(request.summary)));
  }
}

void show(Context& context, const std::string& label) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const Request request = KHIEN_OR_FAIL(context, find(*opened, label));
  const auto directory = opened->people().snapshot();
  context.say(people::request_label(request.number) + "  " + context.in(people::name_of(request.state)));
  const auto line = [&](const Text& what, const std::string& value) {
    if (!value.empty()) context.say("    " + context.in(what) + ": " + value);
  };
  line({"việc", "act"}, context.in(request.summary));
  line({"người lập", "proposed by"}, name_of(*directory, request.proposer) + ", " + dmy_time(request.proposed_at));
  line({"căn cứ", "basis"}, request.basis);
  if (request.decided_by)
    line({"người quyết định", "decided by"},
         name_of(*directory, *request.decided_by) + ", " + dmy_time(*request.decided_at));
  line({"lý do", "reason"}, request.reason);
  if (request.state != people::RequestState::Proposed) return;
  line({"chờ duyệt đến", "waits until"}, dmy_time(request.expires_at));
  context.say(context.in({"Nếu thực hiện bây giờ:", "If it were done now:"}));
  const auto prospect = KHIEN_OR_FAIL(context, app::look(*opened, request));
  context.say("    " + context.in(prospect.summary));
  context.print(prospect.lines);
}

void approve(Context& context, const std::string& label) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const Request request = KHIEN_OR_FAIL(context, find(*opened, label));
  const auto by = KHIEN_OR_FAIL(context, context.actor(*opened));
  const auto done = KHIEN_OR_FAIL(context, app::approve(*opened, by, request));
  context.say(context.in({"Đã duyệt " + label + " và thực hiện.", "Approved " + label + ", and done."}));
  context.print(done.lines);
}

void refuse(Context& context, const std::string& label, const std::string& reason) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const Request request = KHIEN_OR_FAIL(context, find(*opened, label));
  const auto by = KHIEN_OR_FAIL(context, context.may(*opened, request.act, request.about));
  KHIEN_OR_FAIL(context, opened->requests().refuse(by, request.id, reason));
  context.say(context.in({"Đã từ chối.", "Refused."}));
}

void withdraw(Context& context, const std::string& label, const std::string& reason) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const Request request = KHIEN_OR_FAIL(context, find(*opened, label));
  const auto by = KHIEN_OR_FAIL(context, context.actor(*opened));
  KHIEN_OR_FAIL(context, opened->requests().withdraw(by, request.id, reason));
  context.say(context.in({"Đã rút.", "Withdrawn."}));
}

}  // namespace

void add_request(CLI::App& app, Context& context) {
  auto* request = app.add_subcommand("request", "Đề nghị chờ người thứ hai / requests that take two persons");
  request->require_subcommand(1);
  auto* listing = request->add_subcommand("list", "Liệt kê / list");
  auto flags = std::make_shared<std::pair<bool, bool>>();
  listing->add_flag("--all", flags->first, "Cả đã xong / those that are over too");
  listing->add_flag("--json", flags->second, "In JSON / print JSON");
  listing->callback([&context, flags] { list(context, flags->first, flags->second); });
  const auto add = [&](const char* name, const char* help, bool with_reason, auto action) {
    auto* command = request->add_subcommand(name, help);
    auto options = std::make_shared<std::pair<std::string, std::string>>();
    command->add_option("NUMBER", options->first, "Số, như DN-12 / number, such as DN-12")->required();
    if (with_reason) command->add_option("--reason", options->second, "Lý do / reason")->required();
    command->callback([&context, options, action] { action(context, options->first, options->second); });
  };
  add("show", "Xem, và điều sẽ xảy ra / show, and what it would do", false,
      [](Context& c, const std::string& label, const std::string&) { show(c, label); });
  add("approve", "Duyệt và thực hiện / approve, and do it", false,
      [](Context& c, const std::string& label, const std::string&) { approve(c, label); });
  add("refuse", "Từ chối / refuse", true, refuse);
  add("withdraw", "Rút / withdraw", true, withdraw);
}

}  // namespace khien::cli
