#include "cli/usage.h"

#include <algorithm>
#include <vector>

#include "base/nearest.h"
#include "base/vietnamese.h"

namespace khien::cli {
namespace {

using Apps = std::vector<const CLI::App*>;
using Options = std::vector<const CLI::Option*>;

/// The program and the commands that were named, down to the last.
Apps named_commands(const CLI::App& root) {
  Apps out{&root};
  for (bool more = true; more;) {
    more = false;
    for (const auto* sub : out.back()->get_subcommands())
      if (!sub->get_name().empty()) {
        out.push_back(sub);
        more = true;
        break;
      }
  }
  return out;
}

/// CLI11's groups of options are commands without a name.
Apps groups_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* sub) { return sub->get_name().empty(); });
}

Apps subcommands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* sub) { return !sub->get_name().empty(); });
}

/// Without the flag for help, which every group has as well.
Options options_of(const CLI::App& app) {
  return app.get_options([&](const CLI::Option* option) { return option != app.get_help_ptr(); });
}

/// As it is typed: `--at`, `FILE`.
std::string typed(const CLI::Option& option) {
  return option.get_positional() ? option.get_name(true, false) : option.get_name();
}

Options options_of(const Apps& apps) {
  Options out;
  for (const auto* app : apps) {
    const auto own = options_of(*app);
    out.insert(out.end(), own.begin(), own.end());
    for (const auto* group : groups_of(*app)) {
      const auto more = options_of(*group);
      out.insert(out.end(), more.begin(), more.end());
    }
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

std::string path_of(const Apps& apps) {
  std::string out;
  for (const auto* app : apps) out += (out.empty() ? "" : " ") + app->get_name();
  return out;
}

std::vector<std::string> names_of(const Apps& apps) {
  std::vector<std::string> out;
  for (const auto* app : apps) out.push_back(app->get_name());
  return out;
}

/// `khien import`, but for the program itself nothing: `Không có lệnh «report»`.
std::string prefix_of(const Apps& apps) {
  return apps.size() == 1 ? std::string() : path_of({apps.begin() + 1, apps.end()}) + " ";
}

/// The first word that nothing took.
std::vector<Text> unknown_word(const CLI::App& root, const Apps& apps) {
  const auto left = root.remaining(true);
  const auto word = std::ranges::find_if(left, [](const auto& one) { return one != "--"; });
  if (word == left.end()) return {};
  if (word->size() > 1 && word->front() == '-') {
    const std::string name = word->substr(0, word->find('='));
    std::vector<std::string> known;
    for (const auto* option : options_of(apps))
      if (option->nonpositional()) known.push_back(option->get_name());
    const Text near = nearest_words(name, std::move(known));
    return {{fmt::format("Không có tùy chọn «{}».{}", name, near.vi),
             fmt::format("There is no option \"{}\".{}", name, near.en)}};
  }
  const Apps below = subcommands_of(*apps.back());
  if (below.empty()) return {Text::format("Thừa «{0}».", "\"{0}\" is one too many.", *word)};
  const Text near = nearest_words(*word, names_of(below));
  return {{fmt::format("Không có lệnh «{}{}».{}", prefix_of(apps), *word, near.vi),
           fmt::format("There is no command \"{}{}\".{}", prefix_of(apps), *word, near.en)}};
}

/// Of a group of which some options must be given and others not.
std::vector<Text> group_problem(const CLI::App& group) {
  std::vector<std::string> names;
  std::size_t given = 0;
  for (const auto* option : options_of(group)) {
    names.push_back(typed(*option));
    if (option->count() > 0) ++given;
  }
  if (given < group.get_require_option_min())
    return {Text::format("Cần một trong: {0}.", "One of these is needed: {0}.", joined(names))};
  if (group.get_require_option_max() > 0 && given > group.get_require_option_max())
    return {Text::format("Chỉ ghi một trong: {0}.", "Only one of these may be given: {0}.", joined(names))};
  return {};
}

/// Commands, options and arguments that must be there and are not.
std::vector<Text> missing(const Apps& apps) {
  std::vector<Text> out;
  std::vector<std::string> names;
  const auto below = names_of(subcommands_of(*apps.back()));
  if (apps.back()->get_require_subcommand_min() > 0)
    out.push_back(
        Text::format("Cần một lệnh sau «{0}»: {1}.", "\"{0}\" needs a command: {1}.", path_of(apps), joined(below)));
  for (const auto* app : apps) {
    for (const auto* option : options_of(*app))
      if (option->get_required() && option->count() == 0) names.push_back(typed(*option));
    for (const auto* group : groups_of(*app))
      for (const auto& problem : group_problem(*group)) out.push_back(problem);
  }
  if (!names.empty()) out.push_back(Text::format("Thiếu {0}.", "Missing: {0}.", joined(names)));
  return out;
}

/// The option that CLI11 names in its message; nullptr if it names none.
const CLI::Option* named_in(const CLI::Error& error, const Options& options) {
  const std::string_view said = error.what();
  const CLI::Option* best = nullptr;
  for (const auto* option : options)
    if (said.contains(option->get_name()) && (best == nullptr || best->get_name().size() < option->get_name().size()))
      best = option;
  return best;
}

/// Too many values, or too few.
Text wrong_count(const CLI::Option& option) {
  const std::string name = typed(option);
  const int least = option.get_items_expected_min();
  const int most = option.get_items_expected_max();
  if (static_cast<int>(option.count()) > most)
    return Text::format("{0} chỉ nhận {1} giá trị.", "{0} takes {1} value(s) only.", name, most);
  return Text::format("{0} cần {1} giá trị.", "{0} needs {1} value(s).", name, least);
}

std::vector<Text> problems_of(const CLI::App& root, const Apps& apps, const CLI::Error& error) {
  // What ours say they say in the user's language.
  if (error.get_name() == "ValidationError") return {{error.what(), error.what()}};
  const auto* option = named_in(error, options_of(apps));
  if (error.get_name() == "ArgumentMismatch" && option != nullptr) return {wrong_count(*option)};
  if (error.get_name() == "ConversionError" && option != nullptr)
    return {Text::format("{0} không nhận giá trị này.", "{0} does not take that value.", typed(*option))};
  auto out = unknown_word(root, apps);
  if (out.empty()) out = missing(apps);
  if (out.empty()) out.push_back({error.what(), error.what()});
  return out;
}

/// The half of `vi / en` in that language. What has no halves is for both.
std::string in_language(const std::string& text, Language language) {
  constexpr std::string_view kBetween = " / ";
  const auto at = text.find(kBetween);
  if (at == std::string::npos) return text;
  return language == Language::Vietnamese ? text.substr(0, at) : text.substr(at + kBetween.size());
}

}  // namespace

Help::Help(Language language) : language_(language) {
  column_width(30);
  if (language != Language::Vietnamese) return;
  label("Usage", "Cách dùng");
  label("Positionals", "Tham số");
  label("Options", "Tùy chọn");
  label("Commands", "Lệnh");
  label("OPTIONS", "TÙY CHỌN");
  label("SUBCOMMAND", "LỆNH");
  label("REQUIRED", "(bắt buộc)");
  label("TEXT", "CHỮ");
  label("UINT", "SỐ");
  label("Env", "biến");
}

std::string Help::line(const std::string& name, const std::string& description) const {
  std::string out = "  " + name;
  const std::string said = in_language(description, language_);
  if (said.empty()) return out + "\n";
  if (const auto width = length(out) + 2; width > get_column_width())
    out += "\n" + std::string(get_column_width(), ' ');
  else
    out += std::string(get_column_width() - width + 2, ' ');
  return out + said + "\n";
}

std::string Help::make_option(const CLI::Option* option, bool is_positional) const {
  return line(make_option_name(option, is_positional) + make_option_opts(option), option->get_description());
}

std::string Help::make_subcommand(const CLI::App* sub) const {
  return line(sub->get_display_name(true), sub->get_description());
}

std::string Help::make_group(std::string group, bool is_positional, std::vector<const CLI::Option*> options) const {
  return Formatter::make_group(get_label(std::move(group)), is_positional, std::move(options));
}

std::string Help::make_description(const CLI::App* app) const {
  return in_language(app->get_description(), language_) + "\n";
}

std::string Help::make_subcommands(const CLI::App* app, CLI::AppFormatMode) const {
  std::string out;
  for (const auto* group : groups_of(*app)) {
    const Text one{" (ghi một)", " (one of them)"};
    out += make_group(in_language(group->get_group(), language_) + one.in(language_), false, options_of(*group));
  }
  const auto below = subcommands_of(*app);
  if (!below.empty()) out += "\n" + get_label("Commands") + ":\n";
  for (const auto* sub : below) out += make_subcommand(sub);
  return out;
}

std::string usage_problem(const CLI::App& root, const CLI::Error& error, Language language) {
  const Apps apps = named_commands(root);
  std::string out;
  for (const auto& problem : problems_of(root, apps, error)) out += problem.in(language) + "\n";
  return out + Text{"Xem: ", "See: "}.in(language) + path_of(apps) + " --help\n";
}

}  // namespace khien::cli
