// What every command has at hand, and how it ends: 0 done, 1 found something to say no to, 2 wrong usage.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "app/act.h"
#include "app/installation.h"
#include "base/characters.h"
#include "base/clock.h"
#include "base/json_text.h"
#include "base/random.h"
#include "cli/terminal.h"
#include "people/authority.h"
#include "people/entries.h"
#include "signin/administration.h"

namespace khien::cli {

struct Context {
  std::string data = app::default_folder();
  Language language = Language::Vietnamese;
  SystemClock clock{};
  SystemRandom random{};
  int status = 0;

  /// In a running server: its installation, and who signed in there to give commands.
  struct Live {
    app::Installation& installation;
    signin::Administration& administration;
    unsigned uid = 0;  ///< of whoever gives the command
  };

  explicit Context(Terminal& where) : terminal(where) {}
  Context(Terminal& where, const Live& in) : terminal(where), live(in) {}

  [[nodiscard]] app::Folder folder() const { return {data}; }
  /// Opens the installation, or says why not and sets the status. In a running server it is the server's own, for whom
  /// it lets in: for reading it takes a role that may read.
  std::shared_ptr<app::Installation> open(app::Installation::Mode mode);
  /// In whose name a change is recorded: the person who has signed in, asked for if nobody has; the operating-system
  /// user as long as the installation has no administrators.
  Result<people::By> actor(app::Installation& opened, const std::string& basis = {});
  /// The same, if that person may do it.
  Result<people::By> may(app::Installation& opened, people::Act act, const people::About& about,
                         const std::string& basis = {});
  /// Asks for a name and a password, and keeps the session where there is a server. For break-glass with the reason.
  Result<signin::Administrator> sign_in(app::Installation& opened, const std::string& name,
                                        const std::string& break_glass_reason = {});
  /// Does it, or makes a request of it; prints what is to be said. True if it was done.
  bool perform(app::Installation& opened, const app::Act& act, const std::string& basis = {});
  void print(const app::Lines& lines);
  Result<std::string> read_file(const std::string& path, std::size_t most, const Text& advice = {}) {
    return terminal.read_file(path, most, advice);
  }
  /// Says what is wrong on standard error; status 1.
  void fail(const Error& error);
  /// Says what to look at on standard error: `Lưu ý: …`. The status stays.
  void note(const Text& text) const;
  /// Prints a line on standard output; what steers a terminal is printed as an escape.
  void say(const std::string& line) const;
  [[nodiscard]] const std::string& in(const Text& text) const { return text.in(language); }
  /// Says it on standard error, without a mark; the status stays.
  void remark(const Text& text) const { terminal.err(printable(in(text)) + "\n"); }

  Terminal& terminal;
  std::optional<Live> live;

 private:
  struct LocalAdministration;
  Result<signin::Administration*> administration(app::Installation& opened);
  /// Whoever the token says; nullopt if nobody has signed in.
  std::optional<signin::Administrator> signed_in();

  std::shared_ptr<LocalAdministration> local_;
  std::optional<signin::Administrator> who_;
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
void add_clock(CLI::App& app, Context& context);
void add_cutoff(CLI::App& app, Context& context);
void add_role(CLI::App& app, Context& context);
void add_request(CLI::App& app, Context& context);
void add_sign_in(CLI::App& app, Context& context);
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
