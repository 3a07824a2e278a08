#include "app/config.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <variant>

#include "app/checkpoint_export.h"
#include "base/nearest.h"
#include "base/vietnamese.h"
#include "base/yaml.h"
#include "http/url.h"
#include "signin/network_range.h"

namespace khien::app {
namespace {

struct Bounds {
  std::int64_t low;
  std::int64_t high;
};

/// One setting, declared once: its key, where it goes, what it may be, what it does.
struct Setting {
  std::string_view key;
  std::variant<std::string Config::*, std::int64_t Config::*, bool Config::*, Period Config::*,
               std::vector<std::string> Config::*>
      field;
  Bounds bounds;
  std::string_view vi;
  std::string_view en;
};

constexpr std::int64_t kDay = 86400;

/// Variables of `./dev` and of the tests, which the program itself does not read.
constexpr std::array<std::string_view, 7> kOfTheTests{"KHIEN_BINARY",   "KHIEN_CHROMEDRIVER", "KHIEN_CHROMIUM",
                                                      "KHIEN_PICTURES", "KHIEN_SEEDS",        "KHIEN_DEMO_PEOPLE",
                                                      "KHIEN_FUZZ_RUNS"};

const std::vector<Setting>& settings() {
  static const std::vector<Setting> kSettings{
      {"name", &Config::name, {1, 100}, "Tên hiện trên mọi trang", "Name in the head of every page"},
      {"address", &Config::address, {1, 64}, "Địa chỉ lắng nghe", "Address to listen on"},
      {"port", &Config::port, {0, 65535}, "Cổng HTTPS; 0: cổng trống bất kỳ", "HTTPS port; 0 takes a free one"},
      {"public_url",
       &Config::public_url,
       {0, 300},
       "Địa chỉ công khai, cũng là issuer của OpenID Connect",
       "Public address, also the issuer of OpenID Connect"},
      {"certificate_file",
       &Config::certificate_file,
       {0, 1000},
       "Chứng thư TLS (PEM); trống: tự tạo khi chạy lần đầu",
       "TLS certificate (PEM); empty: self-signed, made at the first start"},
      {"key_file", &Config::key_file, {0, 1000}, "Khóa riêng TLS (PEM)", "TLS private key (PEM)"},
      {"root_key_file",
       &Config::root_key_file,
       {0, 1000},
       "Tệp khóa gốc, nên đặt ngoài thư mục dữ liệu",
       "Root key file, better outside the data folder"},
      {"trusted_proxies",
       &Config::trusted_proxies,
       {0, 100},
       "Địa chỉ máy chủ trung gian được tin cậy",
       "Addresses of proxies that are believed"},
      {"loops", &Config::loops, {0, 256}, "Số vòng lặp sự kiện; 0: theo số lõi", "Event loops; 0: one per core"},
      {"workers", &Config::workers, {1, 1024}, "Số luồng cho việc phải chờ", "Threads for work that waits"},
      {"hashing_threads",
       &Config::hashing_threads,
       {0, 256},
       "Số luồng băm mật khẩu; 0: theo số lõi",
       "Threads for password hashing; 0: one per core"},
      {"hashing_queue",
       &Config::hashing_queue,
       {1, 100000},
       "Số yêu cầu băm được xếp hàng",
       "Hashing requests that may wait"},
      {"argon2_memory_kib",
       &Config::argon2_memory_kib,
       {8192, 1048576},
       "Bộ nhớ Argon2id (KiB)",
       "Argon2id memory (KiB)"},
      {"argon2_passes", &Config::argon2_passes, {1, 64}, "Số lượt Argon2id", "Argon2id passes"},
      {"session_lifetime", &Config::session_lifetime, {300, 7 * kDay}, "Phiên đăng nhập dài nhất", "Longest session"},
      {"idle",
       &Config::idle,
       {60, kDay},
       "Đăng xuất khi không dùng, nếu không chỉ đạo nào yêu cầu",
       "Logout when idle, where no directive asks"},
      {"idle_where_asked",
       &Config::idle_where_asked,
       {60, kDay},
       "Đăng xuất khi không dùng, nếu chỉ đạo yêu cầu mà không ghi thời gian",
       "Logout when idle, where a directive asks and names no time"},
      {"idle_at_desk",
       &Config::idle_at_desk,
       {60, kDay},
       "Đăng xuất khi không dùng ở máy dùng chung (desk_networks)",
       "Logout when idle at a shared desk machine (desk_networks)"},
      {"reading_grace",
       &Config::reading_grace,
       {0, 366 * kDay},
       "Hạn đọc và xác nhận chỉ đạo",
       "Time to read and confirm a directive"},
      {"signing_grace", &Config::signing_grace, {0, 366 * kDay}, "Hạn ký cam kết", "Time to sign the statement"},
      {"notice",
       &Config::notice,
       {0, 366 * kDay},
       "Báo trước khi mật khẩu hết hạn",
       "Notice before a password expires"},
      {"after_cutoff",
       &Config::after_cutoff,
       {4, 6},
       "Sau mốc dừng truy cập, ai cho vào lại để đổi mật khẩu: gate (tự đổi tại cổng), helper (người hỗ trợ tại đơn "
       "vị), "
       "centre (trung tâm CNTT)",
       "After a cutoff, who lets in again to change the password: gate (the holder), helper (of the unit), centre"},
      {"desk_networks",
       &Config::desk_networks,
       {0, 1000},
       "Mạng của máy dùng chung (bộ phận một cửa), như 10.1.2.0/24: không ghi nhớ máy, đăng xuất sớm",
       "Networks of shared desk machines, such as 10.1.2.0/24: never remembered, signed out early"},
      {"mass_effect_accounts",
       &Config::mass_effect_accounts,
       {1, 1000000},
       "Tác động đến nhiều tài khoản hơn số này trong 7 ngày thì cần người thứ hai duyệt",
       "More accounts than this touched within 7 days: a second person confirms"},
      {"mass_effect_percent",
       &Config::mass_effect_percent,
       {1, 100},
       "Hoặc nhiều hơn tỷ lệ này (%)",
       "Or more than this share of them (percent)"},
      {"undo_grace",
       &Config::undo_grace,
       {0, 30 * kDay},
       "Thời gian một người tự hoàn tác được việc vừa tiếp nhận",
       "How long one person alone may undo what was adopted"},
      {"command_socket",
       &Config::command_socket,
       {0, 107},
       "Ổ cắm nhận lệnh, cho mọi người dùng của máy; trống: khien.sock trong thư mục, chỉ cho chủ thư mục",
       "Socket for commands, for everybody on the machine; empty: khien.sock in the folder, for its owner only"},
      {"checkpoint_directory",
       &Config::checkpoint_directory,
       {0, 1000},
       "Thư mục nhận điểm kiểm tra nhật ký, nên ở máy khác (ổ mạng)",
       "Folder for checkpoints of the log, better on another machine (a share)"},
      {"checkpoint_mail_url",
       &Config::checkpoint_mail_url,
       {0, 300},
       "Máy chủ thư gửi điểm kiểm tra: smtp://máy[:cổng] hoặc smtps://máy[:cổng]",
       "Mail server for checkpoints: smtp://host[:port] or smtps://host[:port]"},
      {"checkpoint_mail_from", &Config::checkpoint_mail_from, {0, 254}, "Địa chỉ gửi", "Sender"},
      {"checkpoint_mail_to", &Config::checkpoint_mail_to, {0, 20}, "Địa chỉ nhận (kiểm toán)", "Recipients (auditors)"},
      {"checkpoint_mail_user", &Config::checkpoint_mail_user, {0, 254}, "Tài khoản gửi thư", "User of the mail server"},
      {"checkpoint_mail_password_file",
       &Config::checkpoint_mail_password_file,
       {0, 1000},
       "Tệp mật khẩu gửi thư",
       "File with the password of that user"},
      {"checkpoint_syslog",
       &Config::checkpoint_syslog,
       {0, 300},
       "Máy chủ syslog nhận điểm kiểm tra: unix:/dev/log, udp://máy:cổng, tcp://máy:cổng, tls://máy:cổng",
       "Syslog for checkpoints: unix:/dev/log, udp://host:port, tcp://host:port, tls://host:port"},
      {"checkpoint_ca_file",
       &Config::checkpoint_ca_file,
       {0, 1000},
       "Chứng thư gốc (PEM) của máy chủ thư và syslog; trống: của hệ điều hành",
       "CA certificates (PEM) of mail and syslog servers; empty: those of the system"},
      {"checkpoint_every",
       &Config::checkpoint_every,
       {60, 3600},
       "Bao lâu gửi điểm kiểm tra một lần, nhiều nhất một giờ",
       "How often checkpoints are sent, an hour at most"},
      {"log_level",
       &Config::log_level,
       {1, 10},
       "Mức nhật ký: debug, info, warn, error",
       "Log level: debug, info, warn, error"},
      {"log_json", &Config::log_json, {}, "Nhật ký dạng JSON", "Log as JSON"},
  };
  return kSettings;
}

Text wrong(std::string_view key, std::string_view value, const Text& allowed) {
  return {fmt::format("{}: không nhận giá trị «{}»; phải là {}.", key, value, allowed.vi),
          fmt::format("{}: does not take \"{}\"; it must be {}.", key, value, allowed.en)};
}

/// Sets the field from its text; the text of what is wrong otherwise.
class Setter {
 public:
  Setter(Config& config, const Setting& setting, const std::vector<std::string>& values)
      : config_(config), setting_(setting), values_(values) {}

  std::optional<Text> operator()(std::string Config::* field) const {
    const auto clean = nfc(first());
    const auto size = static_cast<std::int64_t>(first().size());
    if (!clean || size < setting_.bounds.low || size > setting_.bounds.high || has_control(*clean))
      return wrong(setting_.key, first().substr(0, 80),
                   Text::format("chữ dài {0} đến {1} byte", "a text of {0} to {1} bytes", setting_.bounds.low,
                                setting_.bounds.high));
    config_.*field = *clean;
    return std::nullopt;
  }

  std::optional<Text> operator()(std::int64_t Config::* field) const {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(first().data(), first().data() + first().size(), value);
    if (error != std::errc{} || end != first().data() + first().size() || value < setting_.bounds.low ||
        value > setting_.bounds.high)
      return wrong(setting_.key, first(),
                   Text::format("số nguyên từ {0} đến {1}", "a whole number from {0} to {1}", setting_.bounds.low,
                                setting_.bounds.high));
    config_.*field = value;
    return std::nullopt;
  }

  std::optional<Text> operator()(bool Config::* field) const {
    if (first() != "true" && first() != "false")
      return wrong(setting_.key, first(), {"true hoặc false", "true or false"});
    config_.*field = first() == "true";
    return std::nullopt;
  }

  std::optional<Text> operator()(Period Config::* field) const {
    const auto period = parse_period(first());
    if (!period || nominal_seconds(*period) < setting_.bounds.low || nominal_seconds(*period) > setting_.bounds.high)
      return wrong(setting_.key, first(),
                   Text::format("khoảng thời gian ISO 8601 (như PT15M, P10D) từ {0} đến {1} giây",
                                "an ISO 8601 duration (such as PT15M, P10D) from {0} to {1} seconds",
                                setting_.bounds.low, setting_.bounds.high));
    config_.*field = *period;
    return std::nullopt;
  }

  std::optional<Text> operator()(std::vector<std::string> Config::* field) const {
    config_.*field = values_;
    return std::nullopt;
  }

 private:
  static bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  }
  [[nodiscard]] const std::string& first() const { return values_.front(); }

  Config& config_;
  const Setting& setting_;
  const std::vector<std::string>& values_;
};

std::vector<std::string> split_at_commas(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, ',');)
    if (!squeeze(part).empty()) out.push_back(squeeze(part));
  return out;
}

std::optional<Text> set(Config& config, const Setting& setting, std::vector<std::string> values) {
  if (values.empty() && !std::holds_alternative<std::vector<std::string> Config::*>(setting.field))
    values.emplace_back();
  return std::visit(Setter(config, setting, values), setting.field);
}

void read_settings(const YAML::Node& root, const std::string& file, Config& config, std::vector<Error>& problems) {
  if (root.IsNull()) return;
  const auto complain = [&](const YAML::Node& node, Text text) {
    problems.push_back(Error::invalid(std::move(text)).at(place_of(file, node.Mark())));
  };
  if (!root.IsMap())
    return complain(root,
                    {"Tệp cấu hình phải là bảng khóa: giá trị.", "The configuration is a map of keys and values."});
  for (const auto& entry : root) {
    const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    const auto setting = std::ranges::find(settings(), key, &Setting::key);
    if (setting == settings().end()) {
      complain(entry.first,
               Text::format("Không có thiết lập «{0}».", "There is no setting \"{0}\".", key.substr(0, 60)));
      continue;
    }
    std::vector<std::string> values;
    if (entry.second.IsScalar()) values.push_back(entry.second.Scalar());
    if (entry.second.IsSequence())
      for (const auto& item : entry.second) values.push_back(item.IsScalar() ? item.Scalar() : "");
    if (entry.second.IsMap()) {
      complain(entry.second, wrong(key, "{…}", {"một giá trị", "one value"}));
      continue;
    }
    config.places.insert_or_assign(key, place_of(file, entry.first.Mark()));
    if (auto text = set(config, *setting, std::move(values))) complain(entry.second, std::move(*text));
  }
}

std::string variable_of(std::string_view key) {
  std::string variable = "KHIEN_" + std::string(key);
  std::ranges::transform(variable, variable.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return variable;
}

void read_environment(const Environment& environment, Config& config, std::vector<Error>& problems) {
  for (const Setting& setting : settings()) {
    const std::string variable = variable_of(setting.key);
    const auto value = environment(variable);
    if (!value) continue;
    config.places.insert_or_assign(std::string(setting.key), Place{variable});
    auto values = std::holds_alternative<std::vector<std::string> Config::*>(setting.field)
                      ? split_at_commas(*value)
                      : std::vector<std::string>{*value};
    if (auto text = set(config, setting, std::move(values)))
      problems.push_back(Error::invalid(std::move(*text)).at({variable}));
  }
}

bool is_address(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 || inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

void check_together(const Config& config, const std::string& file, std::vector<Error>& problems) {
  const auto complain = [&](std::string_view key, Text text) {
    const auto place = config.places.find(key);
    problems.push_back(Error::invalid(std::move(text)).at(place == config.places.end() ? Place{file} : place->second));
  };
  if (config.certificate_file.empty() != config.key_file.empty())
    complain(
        config.key_file.empty() ? "certificate_file" : "key_file",
        {"certificate_file và key_file phải cùng có hoặc cùng trống.", "certificate_file and key_file go together."});
  if (!config.public_url.empty() &&
      (!config.public_url.starts_with("https://") || http::origin_of(config.url(0)) != config.url(0)))
    complain("public_url", {"public_url phải có dạng https://tên-máy[:cổng], không có đường dẫn.",
                            "public_url is https://host[:port] without a path."});
  if (!is_address(config.address))
    complain("address",
             wrong("address", config.address,
                   {"địa chỉ IP để lắng nghe, như 127.0.0.1", "an IP address to listen on, such as 127.0.0.1"}));
  for (const auto& proxy : config.trusted_proxies)
    if (!is_address(proxy))
      complain("trusted_proxies",
               wrong("trusted_proxies", proxy, {"địa chỉ IP, như 192.0.2.1", "an IP address, such as 192.0.2.1"}));
  if (config.after_cutoff != "gate" && config.after_cutoff != "helper" && config.after_cutoff != "centre")
    complain("after_cutoff",
             wrong("after_cutoff", config.after_cutoff, {"gate, helper hoặc centre", "gate, helper or centre"}));
  for (const auto& network : config.desk_networks)
    if (!signin::parse_network_range(network))
      complain("desk_networks",
               wrong("desk_networks", network, {"mạng IP, như 10.1.2.0/24", "an IP network, such as 10.1.2.0/24"}));
  if (!config.checkpoint_mail_url.empty()) {
    if (!is_mail_url(config.checkpoint_mail_url))
      complain("checkpoint_mail_url",
               wrong("checkpoint_mail_url", config.checkpoint_mail_url,
                     {"smtp://máy[:cổng] hoặc smtps://máy[:cổng]", "smtp://host[:port] or smtps://host[:port]"}));
    if (config.checkpoint_mail_to.empty() || config.checkpoint_mail_from.empty())
      complain("checkpoint_mail_url", {"checkpoint_mail_url cần cả checkpoint_mail_from và checkpoint_mail_to.",
                                       "checkpoint_mail_url goes with checkpoint_mail_from and checkpoint_mail_to."});
    if (config.checkpoint_mail_user.empty() != config.checkpoint_mail_password_file.empty())
      complain("checkpoint_mail_user",
               {"checkpoint_mail_user và checkpoint_mail_password_file phải cùng có hoặc cùng trống.",
                "checkpoint_mail_user and checkpoint_mail_password_file go together."});
  }
  const Text address{"địa chỉ thư điện tử, như kiemtoan@tinh.gov.vn", "a mail address, such as audit@province.gov.vn"};
  if (!config.checkpoint_mail_from.empty() && !is_mail_address(config.checkpoint_mail_from))
    complain("checkpoint_mail_from", wrong("checkpoint_mail_from", config.checkpoint_mail_from, address));
  for (const auto& to : config.checkpoint_mail_to)
    if (!is_mail_address(to)) complain("checkpoint_mail_to", wrong("checkpoint_mail_to", to, address));
  if (!config.checkpoint_syslog.empty() && !is_syslog_place(config.checkpoint_syslog))
    complain("checkpoint_syslog", wrong("checkpoint_syslog", config.checkpoint_syslog,
                                        {"unix:/đường-dẫn, udp://máy:cổng, tcp://máy:cổng hoặc tls://máy:cổng",
                                         "unix:/path, udp://host:port, tcp://host:port or tls://host:port"}));
  if (config.log_level != "debug" && config.log_level != "info" && config.log_level != "warn" &&
      config.log_level != "error")
    complain("log_level",
             wrong("log_level", config.log_level, {"debug, info, warn hoặc error", "debug, info, warn or error"}));
}

std::string default_text(const Setting& setting) {
  const Config defaults;
  return std::visit(
      [&](auto field) -> std::string {
        using Field = std::remove_cvref_t<decltype(defaults.*field)>;
        if constexpr (std::is_same_v<Field, std::string>)
          return "\"" + defaults.*field + "\"";
        else if constexpr (std::is_same_v<Field, std::int64_t>)
          return std::to_string(defaults.*field);
        else if constexpr (std::is_same_v<Field, bool>)
          return defaults.*field ? "true" : "false";
        else if constexpr (std::is_same_v<Field, Period>)
          return iso(defaults.*field);
        else
          return "[]";
      },
      setting.field);
}

}  // namespace

std::string Config::url(std::int64_t actual_port) const {
  if (!public_url.empty()) return public_url.ends_with('/') ? public_url.substr(0, public_url.size() - 1) : public_url;
  const bool is_v6 = address.find(':') != std::string::npos;
  return fmt::format("https://{}{}{}:{}", is_v6 ? "[" : "", address, is_v6 ? "]" : "", actual_port);
}

Environment process_environment() {
  return [](const std::string& variable) -> std::optional<std::string> {
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr) return std::nullopt;
    return std::string(value);
  };
}

std::vector<std::string> process_variables() {
  std::vector<std::string> out;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view entry = *one;
    out.emplace_back(entry.substr(0, entry.find('=')));
  }
  return out;
}

std::vector<Text> unknown_variables(const std::vector<std::string>& variables) {
  std::vector<std::string> known{"KHIEN_DATA", "KHIEN_LANG"};
  for (const Setting& setting : settings()) known.push_back(variable_of(setting.key));
  std::vector<Text> out;
  for (const auto& variable : variables) {
    if (!variable.starts_with("KHIEN_") || std::ranges::count(known, variable) > 0 ||
        std::ranges::count(kOfTheTests, variable) > 0)
      continue;
    const Text near = nearest_words(variable, known);
    out.push_back({fmt::format("{}: không có thiết lập nào mang tên này, biến bị bỏ qua.{}", variable, near.vi),
                   fmt::format("{}: no setting has this name; the variable is ignored.{}", variable, near.en)});
  }
  return out;
}

Result<Config> parse_config(std::string_view yaml, const std::string& file, const Environment& environment) {
  Config config;
  std::vector<Error> problems;
  if (yaml.size() > 65536 || !is_utf8(yaml))
    return Failure(Error::invalid({"Tệp cấu hình lớn quá 64 KiB hoặc không phải UTF-8.",
                                   "The configuration is larger than 64 KiB or not UTF-8."})
                       .at({file}));
  if (const auto root = load_yaml(yaml, file, problems)) read_settings(*root, file, config, problems);
  read_environment(environment, config, problems);
  check_together(config, file, problems);
  if (!problems.empty()) return Failure(combine(problems));
  return config;
}

Result<Config> read_config(const std::string& path, const Environment& environment) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return parse_config("", path, environment);
  std::stringstream text;
  text << in.rdbuf();
  return parse_config(text.str(), path, environment);
}

std::string config_template() {
  std::string out =
      "# Khiên: mỗi dòng là một thiết lập với giá trị mặc định. / One setting a line, with its default.\n";
  for (const Setting& setting : settings())
    out += fmt::format("\n# {}\n# {}\n#{}: {}\n", setting.vi, setting.en, setting.key, default_text(setting));
  return out;
}

}  // namespace khien::app
