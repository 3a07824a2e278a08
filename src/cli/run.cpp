// The command line: which command, whose folder, which language.
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "base/vietnamese.h"
#include "cli/run.h"

#include "cli/context.h"

namespace khien::cli {

std::unique_ptr<app::Installation> Context::open(app::Installation::Mode mode) {
  auto opened = app::Installation::open(folder(), mode, app::process_environment(), clock, random);
  if (opened) return std::move(*opened);
  fail(opened.error());
  return nullptr;
}

void Context::fail(const Error& error) {
  std::cerr << error.line(language) << '\n';
  if (!error.detail().empty()) std::cerr << "  (" << error.detail() << ")\n";
  status = 1;
}

void Context::note(const Text& text) const {
  std::cerr << in({"Lưu ý: ", "Note: "}) << in(text) << '\n';
}

void Context::say(const std::string& line) const {
  std::cout << line << '\n';
}

Result<Instant> instant_option(const std::string& text, Instant otherwise) {
  if (text.empty()) return otherwise;
  const auto at = parse_instant(text);
  if (!at)
    return Failure(Error::invalid(Text::format("«{0}» không phải ngày; hãy ghi dạng 2024-10-26.",
                                               "\"{0}\" is not a date; write it as 2024-10-26.", text)));
  return *at;
}

namespace {

Language language_of_environment() {
  const char* wanted = std::getenv("KHIEN_LANG");
  return wanted != nullptr && std::string_view(wanted).starts_with("en") ? Language::English : Language::Vietnamese;
}

}  // namespace

int run(int argc, char** argv) {
  umask(077);  // whatever is made here is its owner's only
  Context context;
  context.language = language_of_environment();
  CLI::App app(
      "Khiên: từ công văn đến đăng nhập được kiểm soát, có minh chứng. / From official letters to enforced sign-ins, "
      "with evidence.",
      "khien");
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--data", context.data, "Thư mục của hệ thống / folder of the installation")->envname("KHIEN_DATA");
  app.add_flag_callback(
      "--english", [&] { context.language = Language::English; }, "Messages in English (or KHIEN_LANG=en)");
  app.set_version_flag("--version", "khien 0.1.0");
  for (const auto add :
       {add_init, add_serve, add_letter, add_directive, add_exception, add_hold, add_explain, add_simulate, add_import,
        add_demo, add_system, add_person, add_login, add_client, add_audit, add_config, add_doctor})
    add(app, context);
  for (int i = 1; i < argc; ++i)
    if (!is_utf8(argv[i]) && !std::filesystem::exists(argv[i])) {
      std::cerr << context.in(Text::format("Tham số thứ {0} không phải UTF-8.", "Argument {0} is not UTF-8.", i))
                << '\n';
      return 2;
    }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return context.status;
}

}  // namespace khien::cli
