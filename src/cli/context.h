// What every command has at hand, and how it ends: 0 done, 1 found something to say no to, 2 wrong usage.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "app/installation.h"
#include "base/clock.h"
#include "base/json_text.h"
#include "base/random.h"
#include "people/entries.h"

namespace khien::cli {

struct Context {
  std::string data = "khien-data";
  Language language = Language::Vietnamese;
  SystemClock clock{};
  SystemRandom random{};
  int status = 0;

  [[nodiscard]] app::Folder folder() const { return {data}; }
  /// Opens the installation, or says why not and sets the status.
  std::unique_ptr<app::Installation> open(app::Installation::Mode mode);
  /// Says what is wrong on standard error; status 1.
  void fail(const Error& error);
  /// Says what to look at on standard error: `Lưu ý: …`. The status stays.
  void note(const Text& text) const;
  /// Prints a line on standard output; what steers a terminal is printed as an escape.
  void say(const std::string& line) const;
  [[nodiscard]] const std::string& in(const Text& text) const { return text.in(language); }
  /// Who acts: the operating-system user.
  [[nodiscard]] people::By by(const std::string& basis = {}) const {
    return {audit::Actor::operator_named(app::operating_system_user()), basis};
  }
};

/// Evaluates to the value of a Result, or tells the error and returns from the (void) command.
#define KHIEN_OR_FAIL(context, expression)                                      \
  ({                                                                            \
    auto khien_result = (expression);                                           \
    if (!khien_result.has_value()) return (context).fail(khien_result.error()); \
    ::khien::detail::release(std::move(khien_result));                          \
  })

/// Names, help and every command of the program. The context must outlive it, and it must stay where it is.
void set_up(CLI::App& app, Context& context);

/// Each adds its commands.
void add_letter(CLI::App& app, Context& context);
void add_directive(CLI::App& app, Context& context);
void add_exception(CLI::App& app, Context& context);
void add_hold(CLI::App& app, Context& context);
void add_person(CLI::App& app, Context& context);
void add_explain(CLI::App& app, Context& context);
void add_simulate(CLI::App& app, Context& context);
void add_import(CLI::App& app, Context& context);
void add_demo(CLI::App& app, Context& context);
void add_login(CLI::App& app, Context& context);
void add_system(CLI::App& app, Context& context);
void add_client(CLI::App& app, Context& context);
void add_audit(CLI::App& app, Context& context);
void add_init(CLI::App& app, Context& context);
void add_serve(CLI::App& app, Context& context);
void add_key(CLI::App& app, Context& context);
void add_backup(CLI::App& app, Context& context);
void add_config(CLI::App& app, Context& context);
void add_doctor(CLI::App& app, Context& context);

}  // namespace khien::cli
