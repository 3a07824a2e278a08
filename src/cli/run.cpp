// The command line: which command, whose folder, which language.
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "base/vietnamese.h"
#include "cli/run.h"

#include "app/version.h"
#include "base/characters.h"
#include "cli/context.h"
#include "cli/remote.h"
#include "cli/usage.h"

namespace khien::cli {

namespace {

/// Looked for before anything else is read: what is wrong with a command line is said in it, wherever it stands.
Language wanted_language(int argc, char** argv) {
  const char* wanted = std::getenv("KHIEN_LANG");
  const bool english =
      (wanted != nullptr && std::string_view(wanted).starts_with("en")) ||
      std::any_of(argv, argv + argc, [](const char* word) { return word == std::string_view("--english"); });
  return english ? Language::English : Language::Vietnamese;
}

/// Whether these words are for this process, whoever serves the folder: what makes or runs an installation, what only
/// reads files, and what must not be asked of the very process that it looks at.
bool is_of_this_process(const std::vector<std::string>& commands) {
  static constexpr auto kHere =
      std::to_array<std::string_view>({"init", "serve", "config", "letter", "demo", "doctor", "restore"});
  if (commands.empty() || std::ranges::find(kHere, commands[0]) != kHere.end()) return true;
  if (commands.size() < 2) return false;
  return (commands[0] == "audit" && (commands[1] == "verify" || commands[1] == "key")) ||
         (commands[0] == "backup" && commands[1] == "check");
}

/// The words that are no options, and the folder that the options name.
std::pair<std::vector<std::string>, std::optional<std::string>> commands_of(const std::vector<std::string>& words) {
  std::pair<std::vector<std::string>, std::optional<std::string>> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--data" && i + 1 < words.size())
      out.second = words[++i];
    else if (words[i].starts_with("--data="))
      out.second = words[i].substr(7);
    else if (!words[i].starts_with("-"))
      out.first.push_back(words[i]);
  }
  return out;
}

/// The folder of an installation in which a socket lies, if the words are a command for its server; nullopt otherwise.
std::optional<std::string> data_of_running(const std::vector<std::string>& words) {
  const auto is_about_us = [](const std::string& word) {
    return word == "-h" || word == "--help" || word == "--version";
  };
  auto [commands, data] = commands_of(words);
  if (is_of_this_process(commands) || std::ranges::any_of(words, is_about_us)) return std::nullopt;
  const char* variable = std::getenv("KHIEN_DATA");
  return data ? *data : std::string(variable != nullptr ? variable : app::default_folder());
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
  for (const auto add :
       {add_init,   add_serve, add_letter, add_directive, add_exception, add_hold,    add_explain, add_simulate,
        add_import, add_demo,  add_clock,  add_cutoff,    add_role,      add_request, add_sign_in, add_system,
        add_person, add_login, add_client, add_audit,     add_key,       add_backup,  add_config,  add_doctor})
    add(app, context);
}

int run_words(std::vector<std::string> words, Language language, Terminal& terminal,
              const std::optional<Context::Live>& live) {
  Context context = live ? Context(terminal, *live) : Context(terminal);
  context.language = language;
  CLI::App app;
  set_up(app, context);
  if (live) {
    context.data = live->installation.folder.path.string();
    if (is_of_this_process(commands_of(words).first)) {
      context.remark({"Lệnh này không gửi cho máy chủ được.", "This command is not for a server."});
      return 2;
    }
  }
  for (std::size_t i = 0; i < words.size(); ++i)
    if (!is_utf8(words[i]) && (live || !std::filesystem::exists(words[i]))) {
      context.remark(Text::format("Tham số thứ {0} không phải UTF-8.", "Argument {0} is not UTF-8.", i + 1));
      return 2;
    }
  std::ranges::reverse(words);  // as CLI11 wants them
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    const int status = app.exit(error, out, err);
    if (!out.str().empty()) terminal.out(out.str());
    if (!err.str().empty()) terminal.err(err.str());
    return status == 0 ? 0 : 2;
  }
  return context.status;
}

int run(int argc, char** argv) {
  umask(077);  // whatever is made here is its owner's only
  const Language language = wanted_language(argc, argv);
  std::vector<std::string> words(argv + 1, argv + argc);
  LocalTerminal terminal;
  if (const auto data = data_of_running(words))
    if (const auto status = forward(command_socket_path(*data), words, language)) return *status;
  return run_words(std::move(words), language, terminal, std::nullopt);
}

}  // namespace khien::cli
