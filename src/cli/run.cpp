// The command line: which command, whose folder, which language.
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "base/vietnamese.h"
#include "cli/run.h"

#include "app/version.h"
#include "base/characters.h"
#include "cli/context.h"
#include "cli/usage.h"

namespace khien::cli {

std::unique_ptr<app::Installation> Context::open(app::Installation::Mode mode) {
  auto opened = app::Installation::open(folder(), mode, app::process_environment(), clock, random);
  if (opened) return std::move(*opened);
  fail(opened.error());
  return nullptr;
}

void Context::fail(const Error& error) {
  std::cerr << printable(error.line(language)) << '\n';
  if (!error.detail().empty()) std::cerr << "  (" << printable(error.detail()) << ")\n";
  status = 1;
}

void Context::note(const Text& text) const {
  std::cerr << in({"Lưu ý: ", "Note: "}) << printable(in(text)) << '\n';
}

void Context::say(const std::string& line) const {
  std::cout << printable(line) << '\n';
}

namespace {

/// Looked for before anything else is read: what is wrong with a command line is said in it, wherever it stands.
Language wanted_language(int argc, char** argv) {
  const char* wanted = std::getenv("KHIEN_LANG");
  const bool english =
      (wanted != nullptr && std::string_view(wanted).starts_with("en")) ||
      std::any_of(argv, argv + argc, [](const char* word) { return word == std::string_view("--english"); });
  return english ? Language::English : Language::Vietnamese;
}

}  // namespace

void set_up(CLI::App& app, Context& context) {
  app.name("khien");
  app.description(
      "Khiên: từ công văn đến đăng nhập được kiểm soát, có minh chứng. / From official letters to enforced sign-ins, "
      "with evidence.");
  // Before the commands, which take these over.
  app.formatter(std::make_shared<Help>(context.language));
  app.failure_message(
      [&](const CLI::App*, const CLI::Error& error) { return usage_problem(app, error, context.language); });
  app.set_help_flag("-h,--help", "In trợ giúp này / print this help");
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--data", context.data, "Thư mục của hệ thống / folder of the installation")->envname("KHIEN_DATA");
  app.add_flag_function(
      "--english", [](std::int64_t) {}, "Trả lời bằng tiếng Anh / messages in English (KHIEN_LANG=en)");
  app.set_version_flag("--version", std::string("khien ") + app::kVersion, "In phiên bản / print the version");
  for (const auto add : {add_init, add_serve, add_letter, add_directive, add_exception, add_hold, add_explain,
                         add_simulate, add_import, add_demo, add_system, add_person, add_login, add_client, add_audit,
                         add_key, add_backup, add_config, add_doctor})
    add(app, context);
}

int run(int argc, char** argv) {
  umask(077);  // whatever is made here is its owner's only
  Context context;
  context.language = wanted_language(argc, argv);
  CLI::App app;
  set_up(app, context);
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
