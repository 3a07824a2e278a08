// What is said of wrong usage, and how help looks: in the user's language instead of CLI11's English.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/text.h"

namespace khien::cli {

/// Help in one language: its headings, and of every description, which commands write as `vi / en`, that half. Columns
/// are as wide as they are displayed; CLI11 counts bytes.
class Help : public CLI::Formatter {
 public:
  explicit Help(Language language);

  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* sub) const override;
  std::string make_group(std::string group, bool is_positional, std::vector<const CLI::Option*> options) const override;
  std::string make_description(const CLI::App* app) const override;
  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override;

 private:
  /// `  name   description`, the description on the next line if the name is long.
  [[nodiscard]] std::string line(const std::string& name, const std::string& description) const;

  Language language_;
};

/// Everything that is wrong with the command line, found in the state in which parsing left the commands; what is
/// unknown is told with the nearest. The last line says where help is.
std::string usage_problem(const CLI::App& root, const CLI::Error& error, Language language);

}  // namespace khien::cli
