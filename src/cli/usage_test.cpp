#include "cli/usage.h"

#include <gtest/gtest.h>

#include "base/vietnamese.h"
#include "cli/context.h"

namespace khien::cli {
namespace {

/// The program, or one command of it, and all commands below.
void walk(const CLI::App& app, const std::function<void(const CLI::App&)>& visit) {
  visit(app);
  for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; })) walk(*sub, visit);
}

std::string help_in(Language language, const std::string& command) {
  LocalTerminal terminal;
  Context context{terminal};
  context.language = language;
  CLI::App app;
  set_up(app, context);
  const auto* one = command.empty() ? &app : app.get_subcommand(command);
  return one->help();
}

TEST(Help, ColumnsStandBelowEachOtherAsTheyAreDisplayed) {
  CLI::App app("Thử / a try", "thu");
  app.formatter(std::make_shared<Help>(Language::Vietnamese));
  app.set_help_flag("-h,--help", "In trợ giúp / print help");
  std::string text;
  app.add_option("--đường", text, "Đường / way");
  app.add_option("--name", text, "Tên / name");
  app.add_option("--a-very-long-name-of-an-option", text, "Dài / long");
  app.add_subcommand("con", "Lệnh con / a command below");
  EXPECT_EQ(app.help(),
            "Thử\n"
            "Cách dùng: thu [TÙY CHỌN] [LỆNH]\n"
            "\n"
            "Tùy chọn:\n"
            "  -h,--help                   In trợ giúp\n"
            "  --đường CHỮ                 Đường\n"
            "  --name CHỮ                  Tên\n"
            "  --a-very-long-name-of-an-option CHỮ\n"
            "                              Dài\n"
            "\n"
            "Lệnh:\n"
            "  con                         Lệnh con\n"
            "\n");
}

TEST(Help, SpeaksTheLanguageOfTheUserOnly) {
  EXPECT_NE(help_in(Language::Vietnamese, "import").find("Nhập danh sách từ XLSX, XLS, CSV, HTML\n"),
            std::string::npos);
  EXPECT_NE(help_in(Language::English, "import").find("import lists from XLSX, XLS, CSV, HTML\n"), std::string::npos);
  EXPECT_EQ(help_in(Language::Vietnamese, "").find("print this help"), std::string::npos);
  EXPECT_EQ(help_in(Language::English, "").find("In trợ giúp này"), std::string::npos);
  EXPECT_NE(help_in(Language::English, "explain").find("\nsubject (one of them):\n"), std::string::npos)
      << help_in(Language::English, "explain");
}

TEST(Help, EveryCommandAndOptionIsDescribedInBothLanguages) {
  LocalTerminal terminal;
  Context context{terminal};
  CLI::App app;
  set_up(app, context);
  const auto check = [](const std::string& name, const std::string& text) {
    const auto at = text.find(" / ");
    ASSERT_NE(at, std::string::npos) << name << ": " << text;
    EXPECT_EQ(text.find(" / ", at + 1), std::string::npos) << name << ": " << text;
    EXPECT_TRUE(is_ascii(text.substr(at + 3)) || text.contains("Khiên")) << name << ": " << text;
    EXPECT_GT(at, 0U) << name << ": " << text;
  };
  walk(app, [&](const CLI::App& one) {
    check(one.get_name(), one.get_name().empty() ? one.get_group() : one.get_description());
    for (const auto* option : one.get_options({}))
      check(one.get_name() + " " + option->get_name(), option->get_description());
  });
}

}  // namespace
}  // namespace khien::cli
