// The configuration of an installation: one YAML file, then KHIEN_* variables; every mistake told with its line.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace khien::app {

struct Config {
  std::string name = "Khiên";  ///< of the installation, in the head of every page
  std::string address = "127.0.0.1";
  std::int64_t port = 8443;      ///< 0 takes a free one
  std::string public_url;        ///< issuer; empty: https://address:port
  std::string certificate_file;  ///< PEM; empty: self-signed, made at the first start
  std::string key_file;
  std::string root_key_file;  ///< empty: `root.key` beside the data folder's database
  std::vector<std::string> trusted_proxies;
  std::int64_t loops = 0;            ///< event loops; 0: one per core
  std::int64_t workers = 64;         ///< threads for what waits
  std::int64_t hashing_threads = 0;  ///< 0: one per core
  std::int64_t hashing_queue = 256;
  std::int64_t argon2_memory_kib = 19456;
  std::int64_t argon2_passes = 2;
  Period session_lifetime{.seconds = 12 * 3600};
  Period idle{.seconds = 2 * 3600};
  Period idle_where_asked{.seconds = 15 * 60};
  Period idle_at_desk{.seconds = 10 * 60};
  Period reading_grace{.days = 10};
  Period signing_grace{.days = 10};
  Period notice{.days = 14};
  std::string after_cutoff = "helper";     ///< gate, helper, centre: who lets in again whom a cutoff shut out
  std::int64_t mass_effect_accounts = 50;  ///< more than so many, or this share: a second person confirms
  std::int64_t mass_effect_percent = 2;
  Period undo_grace{.days = 1};            ///< how long one person alone may undo what was adopted
  std::vector<std::string> desk_networks;  ///< of machines that many use: an address, or address/bits
  std::string command_socket;              ///< empty: `khien.sock` in the folder, for its owner only
  std::string checkpoint_directory;        ///< where checkpoints leave the machine; empty: nowhere
  std::string checkpoint_mail_url;
  std::string checkpoint_mail_from;
  std::vector<std::string> checkpoint_mail_to;
  std::string checkpoint_mail_user;
  std::string checkpoint_mail_password_file;
  std::string checkpoint_syslog;
  std::string checkpoint_ca_file;
  Period checkpoint_every{.seconds = 3600};
  std::string log_level = "info";  ///< debug, info, warn, error
  bool log_json = true;

  std::map<std::string, Place, std::less<>> places;  ///< where each setting was given: line of the file, or variable

  [[nodiscard]] std::string url(std::int64_t actual_port) const;
};

/// `KHIEN_NAME` for `name` and so on; nullopt where a variable is not set.
using Environment = std::function<std::optional<std::string>(const std::string& variable)>;
Environment process_environment();

/// `KHIEN_…` variables of this process that neither the program, `./dev` nor the tests know, each with the nearest that
/// they do; their values are not shown.
std::vector<Text> unknown_variables(const std::vector<std::string>& variables);
/// The names of the variables of this process.
std::vector<std::string> process_variables();

/// An empty text gives the defaults. One Error tells every mistake with `file:line` or the variable's name.
Result<Config> parse_config(std::string_view yaml, const std::string& file, const Environment& environment);
/// A missing file gives the defaults.
Result<Config> read_config(const std::string& path, const Environment& environment);

/// Every setting with its default and what it does, as a commented YAML file.
std::string config_template();

}  // namespace khien::app
