#include "app/server.h"

#include <arpa/inet.h>
#include <embedded/pages.h>
#include <embedded/web_static.h>
#include <netinet/in.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/certificate_files.h"
#include "app/checkpoint_export.h"
#include "app/clock_guard.h"
#include "app/cutoffs.h"
#include "app/keys.h"
#include "app/metrics.h"
#include "app/origin.h"
#include "app/readiness.h"
#include "audit/resource.h"
#include "audit/show.h"
#include "base/digest.h"
#include "base/json_text.h"
#include "http/certificate.h"
#include "http/csrf.h"
#include "http/descriptors.h"
#include "http/page.h"
#include "http/server.h"
#include "protocols/oidc/api.h"
#include "protocols/oidc/key_set.h"
#include "protocols/oidc/provider.h"
#include "signin/api.h"

namespace khien::app {
namespace {

using http::Cost;
using http::Request;
using http::Response;

std::shared_ptr<spdlog::logger> make_logger(const Config& config) {
  auto logger = std::make_shared<spdlog::logger>("khien", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_level(spdlog::level::from_str(config.log_level));
  logger->set_pattern(config.log_json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})"
                                      : "%Y-%m-%d %H:%M:%S.%e %l %v");
  logger->flush_on(spdlog::level::info);
  return logger;
}

std::vector<signin::NetworkRange> desks_of(const Config& config) {
  std::vector<signin::NetworkRange> out;
  for (const auto& network : config.desk_networks)
    if (const auto range = signin::parse_network_range(network)) out.push_back(*range);
  return out;
}

/// A port that nobody has just now. The issuer names the port, so it must be known before the listener starts.
Result<std::uint16_t> free_port(const std::string& address) {
  sockaddr_storage storage{};
  auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
  const bool is_v6 = inet_pton(AF_INET6, address.c_str(), &v6->sin6_addr) == 1;
  if (!is_v6) inet_pton(AF_INET, address.c_str(), &v4->sin_addr);
  storage.ss_family = is_v6 ? AF_INET6 : AF_INET;
  socklen_t size = is_v6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  const int descriptor = socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool good = descriptor >= 0 && bind(descriptor, reinterpret_cast<sockaddr*>(&storage), size) == 0 &&
                    getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size) == 0;
  if (descriptor >= 0) close(descriptor);
  if (!good)
    return Failure(Error::unavailable(
        {"Không lắng nghe được ở địa chỉ " + address + ".", "Cannot listen on " + address + "."}, ""));
  return ntohs(is_v6 ? v6->sin6_port : v4->sin_port);
}

/// The files of the configuration, or those of a self-made certificate, which is kept for the next start.
Result<CertificateFiles> certificate_files(const Installation& installation) {
  const Config& config = installation.config;
  const Folder& folder = installation.folder;
  if (!config.certificate_file.empty()) return CertificateFiles(config.certificate_file, config.key_file);
  if (!std::filesystem::exists(folder.certificate())) {
    http::CertificateRequest request{
        .common_name = "Khien", .dns_names = {"localhost"}, .addresses = {"127.0.0.1", "::1"}};
    if (config.address != "127.0.0.1" && config.address != "::1" && config.address != "0.0.0.0" &&
        config.address != "::")
      request.addresses.push_back(config.address);
    const http::Tls made = TRY(http::make_self_signed(request, installation.clock.now(), installation.random));
    TRY(write_file(folder.certificate_key(), made.key_pem.reveal(), true));
    TRY(write_file(folder.certificate(), made.certificate_pem, false));
  }
  return CertificateFiles(folder.certificate(), folder.certificate_key());
}

}  // namespace

struct Server::Parts {
  Parts(Installation& opened, http::Pages made_pages)
      : installation(opened),
        logger(make_logger(opened.config)),
        pages(std::move(made_pages)),
        csrf(derive_key(opened.keys().current(store::Purpose::Session).bytes, "csrf")),
        asked_times(derive_key(opened.keys().current(store::Purpose::Session).bytes, "asked times")),
        sessions(opened.store(), opened.recorder(), opened.keys(), opened.clock, opened.random),
        flows(opened.keys(), opened.clock, opened.random),
        sign_in({opened.store(), opened.recorder(), opened.keys(), opened.people(), opened.accounts(),
                 opened.directives(), opened.credentials(), opened.standings(), sessions, opened.clock, opened.random},
                {.session_lifetime = opened.config.session_lifetime,
                 .idle = opened.config.idle,
                 .idle_where_asked = opened.config.idle_where_asked,
                 .installation_name = opened.config.name,
                 .desks = desks_of(opened.config),
                 .idle_at_desk = opened.config.idle_at_desk}),
        administration(
            {opened.store(), opened.recorder(), opened.standings(), sign_in.passwords(), opened.clock, opened.random}),
        renewal(opened) {}

  Installation& installation;
  std::shared_ptr<spdlog::logger> logger;
  http::Pages pages;
  http::CsrfTokens csrf;
  oidc::AskedTimes asked_times;
  signin::Sessions sessions;
  signin::Flows flows;
  signin::SignIn sign_in;
  signin::Administration administration;
  KeyRenewal renewal;
  std::unique_ptr<oidc::Provider> provider;
  Metrics metrics;
  Readiness readiness{installation.store(), installation.clock};
  ClockGuard clock_guard{installation};
  std::optional<CertificateFiles> certificate;
  std::unique_ptr<http::Server> server;
  std::unique_ptr<CommandSocket> commands;
  std::string url;
  std::atomic<bool> told_of_proxy = false;  ///< once a minute: strangers must not fill the log
  Instant last_minute{};
  Instant last_hour{};
  Date chased_on{};
  bool stopped = false;
  std::jthread exporter;  ///< waits for networks and shares; the last member, so that it ends first

  void fault(std::string_view detail) { logger->error("\"message\":{}", json_text(detail.substr(0, 2000))); }
  void fault(std::string_view what, const Error& error) {
    fault(std::string(what) + ": " + error.line(Language::English) +
          (error.detail().empty() ? "" : " (" + error.detail() + ")"));
  }

  /// A renewed certificate is shown from now on; on an error the old one stays.
  void renew_certificate() {
    const auto found = certificate->changed();
    if (!found) return fault("the TLS certificate cannot be read, the old one stays", found.error());
    if (!*found) return;
    if (const auto used = server->use_certificate(**found); !used)
      return fault("the new TLS certificate cannot be used, the old one stays", used.error());
    const auto mark = http::fingerprint((*found)->certificate_pem);
    logger->info("\"message\":\"certificate renewed\",\"sha256\":{}", json_text(mark ? *mark : "?"));
  }

  /// Sends checkpoints until told to stop; a target that hangs holds up this thread only.
  void export_checkpoints(const std::stop_token& stop) {
    const Config& config = installation.config;
    CheckpointExport outgoing(installation.store(), installation.clock, export_targets(config, installation.clock),
                              std::chrono::seconds(nominal_seconds(config.checkpoint_every)));
    std::mutex mutex;
    std::condition_variable_any waiting;
    while (!stop.stop_requested()) {
      if (const auto done = outgoing.run_due(); !done) fault("checkpoints cannot be sent", done.error());
      std::unique_lock lock(mutex);
      waiting.wait_for(lock, stop, std::chrono::seconds(5), [] { return false; });
    }
  }

  /// Nothing for who asks on this machine; the answer to everybody else.
  std::optional<Response> refusal_unless_local(const Request& request) {
    switch (origin_of(request)) {
      case Origin::Local:
        return std::nullopt;
      case Origin::Proxied:
        if (!told_of_proxy.exchange(true))
          logger->warn(
              "\"message\":\"refused: only for this machine, and the request came through a proxy\","
              "\"route\":{},\"header\":{},\"peer\":{}",
              json_text(request.route), json_text(mark_of_proxy(request)), json_text(request.peer));
        return Response::error(403, {"Chỉ dành cho chính máy chủ này; yêu cầu đã đi qua máy chủ trung gian.",
                                     "Only for this machine itself; the request came through a proxy."});
      case Origin::Remote:
        break;
    }
    return Response::error(404, http::text_of_status(404));
  }

  Response draw(const Request& request, const oidc::Page& page) const {
    const Language language = http::language_of(request);
    http::Data::List fields;
    for (const auto& field : page.form) fields.push_back(http::Data::Map{{"name", field.name}, {"value", field.value}});
    const bool asks = page.kind == oidc::Page::Kind::ConfirmSignOut;
    return pages.page(
        request, "message", page.title,
        {{"text", page.message.in(language)},
         {"technical", page.technical},
         {"confirm", asks ? page.submit.in(language) : std::string()},
         {"confirm_action", page.form_action},
         {"fields", std::move(fields)},
         {"back", page.link ? page.link->href : "/"},
         {"back_text", page.link ? page.link->label.in(language)
                                 : std::string(language == Language::Vietnamese ? "Về trang của tôi" : "My page")}},
        page.status);
  }

  [[nodiscard]] Response ready() {
    const auto read = installation.store().read([](store::Reader&) -> Result<bool> { return true; });
    if (!read || !readiness.check()) return Response::text("database\n", 503);
    return Response::text("ready\n");
  }

  Response figures(const Request& request) {
    if (auto refused = refusal_unless_local(request)) return std::move(*refused);
    const auto counters = server->counters();
    metrics.set("khien_sessions", "Live sessions", static_cast<double>(sessions.live_count()));
    metrics.set("khien_log_entries", "Entries of the evidence log",
                static_cast<double>(installation.log().head().size));
    metrics.set("khien_connections", "Open connections", static_cast<double>(counters.connections));
    metrics.set("khien_connections_room", "Connections that may be open", static_cast<double>(counters.room));
    metrics.set_total("khien_connections_turned_away_total", "Connections for which there was no room",
                      counters.turned_away);
    metrics.set_total("khien_connections_sent_away_total", "Idle connections closed to make room", counters.sent_away);
    metrics.set_total("khien_busy_answers_total", "Requests answered busy", counters.busy);
    for (const auto& [reason, count] : sign_in.refusals())
      metrics.set_total("khien_sign_in_refusals_total", "Sign-ins that were refused", count, {{"reason", reason}});
    for (const auto& [what, count] : provider->refusals().totals())
      metrics.set_total("khien_oidc_refusals_total", "Requests that an endpoint of OpenID Connect refused", count,
                        {{"endpoint", std::string(what.first)}, {"error", std::string(what.second)}});
    metrics.set_total("khien_break_glass_total", "Sign-ins with break-glass rights: each is an alarm",
                      administration.break_glass_uses());
    const auto hashing = installation.hashing();
    metrics.set("khien_hashing_waiting", "Password hashes that wait for a thread",
                static_cast<double>(hashing.waiting));
    metrics.set_total("khien_hashing_busy_total", "Password hashes refused because the queue was full", hashing.busy);
    const auto checkpoint =
        installation.store().read([](store::Reader& reader) -> Result<std::optional<audit::CheckpointShown>> {
          return audit::newest_checkpoint(reader);
        });
    if (checkpoint && *checkpoint) {
      const std::chrono::duration<double> age = installation.clock.now() - (*checkpoint)->signed_at;
      metrics.set("khien_checkpoint_age_seconds", "Age of the newest checkpoint", age.count());
      metrics.set("khien_checkpoint_entries", "Entries that the newest checkpoint covers",
                  static_cast<double>((*checkpoint)->size));
    }
    std::vector<std::string> names;
    for (const auto& target : export_targets(installation.config, installation.clock)) names.push_back(target.name);
    if (const auto exports = CheckpointExport::status(installation.store(), names)) {
      double failing = 0;
      std::uint64_t least = installation.log().head().size;
      for (const auto& one : *exports) {
        failing += one.failed_since ? 1 : 0;
        least = std::min(least, one.size);
      }
      metrics.set("khien_checkpoint_targets", "Places outside that checkpoints are sent to",
                  static_cast<double>(names.size()));
      metrics.set("khien_checkpoint_targets_failing", "Those that the last try did not reach", failing);
      metrics.set("khien_checkpoint_sent_entries", "Entries that the checkpoint at every place outside covers",
                  names.empty() ? 0 : static_cast<double>(least));
    }
    return Response::text(metrics.text());
  }

  Response log_resource(const Request& request) {
    // Hashes and checkpoints are for everybody; whole entries only for who is on this machine.
    if (request.parameter("rest").starts_with("tile/entries/"))
      if (auto refused = refusal_unless_local(request)) return std::move(*refused);
    const auto found = installation.store().read(
        [&](store::Reader& reader) { return audit::resource(reader, request.parameter("rest")); });
    if (!found) return Response::error(found.error());
    Response response = Response::text(std::string(text_of(found->body)));
    response.set("Content-Type", found->content_type);
    if (found->lifetime == audit::Lifetime::Forever)
      response.set("Cache-Control", "public, max-age=31536000, immutable");
    return response;
  }

  http::Router routes() {
    http::Router router;
    pages.files().add_to(router);
    signin::add_routes(router, std::make_shared<const signin::PageParts>(signin::PageParts{
                                   sign_in,
                                   flows,
                                   pages,
                                   csrf,
                                   installation.people(),
                                   {url},
                                   [this](std::string_view target) { return provider->form_origins(target); },
                                   [this](std::string_view target) { return provider->way_back(target); },
                                   [this](std::string_view target) { return provider->language(target); }}));
    oidc::add_routes(router, *provider);
    router.get("/health/live", Cost::Inline, [](const Request&) { return Response::text("live\n"); });
    router.get("/health/ready", Cost::Reserved, [this](const Request&) { return ready(); });
    router.get("/metrics", Cost::Blocking, [this](const Request& request) { return figures(request); });
    router.get("/log/{rest*}", Cost::Blocking, [this](const Request& request) { return log_resource(request); });
    router.set_error_page([this](const Request& request, int status, const Text& text) {
      return pages.status_page(request, status, text);
    });
    return router;
  }

  Result<void> take_commands(OnCommand on_command) {
    const std::string& path = installation.config.command_socket;
    commands = TRY(CommandSocket::listen(path.empty() ? installation.folder.command_socket() : path, !path.empty(),
                                         [this, run = std::move(on_command)](FrameStream& stream, const Peer& peer) {
                                           try {
                                             run(stream, peer, installation, administration);
                                           } catch (const std::exception& error) {
                                             fault(std::string("a command failed: ") + error.what());
                                           }
                                         }));
    return {};
  }

  /// Before a cutoff shuts out many, also one that came while the server was off.
  void hold_back_cutoffs(Instant since) {
    const auto held = hold_back_mass_cutoffs(installation, since);
    if (!held) return fault("cutoffs cannot be looked at", held.error());
    for (const auto& one : *held)
      logger->warn("\"message\":\"a cutoff waits for two persons\",\"directive\":{},\"cutoff\":{},\"logins\":{}",
                   json_text(one.code), json_text(iso(one.key.second)), one.shut_out);
  }

  /// The first time on each of these days before a cutoff.
  void note_chases() {
    static constexpr std::array kDaysBefore{14, 7, 3, 1};
    const Date today = date_of(installation.clock.now());
    if (today == chased_on) return;
    chased_on = today;
    for (const auto& one : coming_cutoffs(installation, installation.clock.now()))
      for (const int days : kDaysBefore)
        if (std::chrono::sys_days{one.key.second} - std::chrono::sys_days{today} == std::chrono::days{days})
          logger->warn(
              "\"message\":\"chase: khien cutoff chase\",\"directive\":{},\"cutoff\":{},\"days\":{},\"logins\":{}",
              json_text(one.code), json_text(iso(one.key.second)), days, one.shut_out);
  }

  Result<void> listen(std::optional<std::uint16_t> port) {
    const auto seen = TRY(last_seen(installation));
    TRY(clock_guard.load());
    hold_back_cutoffs(seen.value_or(installation.clock.now()));
    TRY(sessions.load());
    TRY(sign_in.load());
    TRY(installation.token_keys().start());
    const Config& config = installation.config;
    http::ServerOptions options;
    options.address = config.address;
    options.port = port.value_or(static_cast<std::uint16_t>(config.port));
    certificate = TRY(certificate_files(installation));
    options.tls = TRY(certificate->changed());
    options.threads = static_cast<std::size_t>(config.loops);
    options.workers = static_cast<std::size_t>(config.workers);
    options.queue = static_cast<std::size_t>(config.workers) * 8;
    options.trusted_proxies = config.trusted_proxies;
    options.on_access = [this](const http::AccessRecord& record) {
      metrics.count_request(record);
      logger->debug("\"method\":{},\"route\":{},\"status\":{},\"micros\":{},\"peer\":{}", json_text(record.method),
                    json_text(record.route), record.status, record.duration.count(), json_text(record.peer));
    };
    options.on_fault = [this](std::string_view detail) { fault(detail); };
    // The issuer names the port: with port 0 it is known only once a socket has it.
    if (options.port == 0 && config.public_url.empty()) options.port = TRY(free_port(options.address));
    url = config.url(options.port);
    provider = TRY(oidc::Provider::create(
        url, {installation.store(), installation.recorder(), sign_in, installation.clients(), installation.token_keys(),
              csrf, asked_times, installation.clock, installation.random,
              [this](const Request& request, const oidc::Page& page) { return draw(request, page); },
              [this](std::string_view detail) { fault(detail); }}));
    server = std::make_unique<http::Server>(routes(), std::move(options), installation.clock);
    TRY(server->start());
    if (!export_targets(config, installation.clock).empty())
      exporter = std::jthread([this](const std::stop_token& stop) { export_checkpoints(stop); });
    const std::size_t room = server->counters().room;
    logger->info("\"message\":\"listening\",\"url\":{},\"connections\":{}", json_text(url), room);
    if (const std::size_t wanted = http::Limits{}.connections; room < wanted)
      logger->warn(
          "\"message\":\"the limit on open files leaves fewer connections than wanted\",\"wanted\":{},\"nofile\":{}",
          wanted, wanted + http::kReservedDescriptors);
    return {};
  }
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
  stop();
}

Result<std::unique_ptr<Server>> Server::start(Installation& installation, std::optional<std::uint16_t> port,
                                              OnCommand on_command) {
  auto templates = http::Templates::load(embedded::pages());
  if (!templates) return Failure(std::move(templates).error());
  http::Pages pages(std::move(*templates),
                    http::StaticFiles("/static", http::Caching::Versioned, embedded::web_static()),
                    installation.config.name);
  auto parts = std::make_unique<Parts>(installation, std::move(pages));
  TRY(parts->listen(port));
  if (on_command) TRY(parts->take_commands(std::move(on_command)));
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

const std::string& Server::url() const {
  return parts_->url;
}

void Server::tick() {
  Parts& parts = *parts_;
  const Instant now = parts.installation.clock.now();
  const auto report = [&](const Result<void>& done) {
    if (!done) parts.fault(done.error().detail().empty() ? done.error().text().en : done.error().detail());
  };
  if (auto signed_one = parts.installation.log().sign_checkpoint(now); !signed_one)
    parts.fault(signed_one.error().detail());
  report(parts.clock_guard.look());
  report(parts.renewal.work_for(std::chrono::milliseconds(200)));
  if (now - parts.last_minute >= std::chrono::minutes(1) || now < parts.last_minute) {
    parts.last_minute = now;
    parts.told_of_proxy = false;
    parts.renew_certificate();
    report(parts.sign_in.end_void_sessions());
    report(parts.sessions.flush());
    if (auto expired = parts.installation.requests().expire_due(); !expired) parts.fault(expired.error().detail());
    if (auto purged = parts.provider->purge(); !purged) parts.fault(purged.error().detail());
  }
  if (now - parts.last_hour >= std::chrono::hours(1) || now < parts.last_hour) {
    parts.last_hour = now;
    parts.hold_back_cutoffs(now - std::chrono::hours(2));
    parts.note_chases();
    report(parts.sign_in.flush_failures());
    report(parts.sign_in.forget_old_places());
  }
}

void Server::stop() {
  if (!parts_ || parts_->stopped) return;
  parts_->stopped = true;
  parts_->commands.reset();
  parts_->server->stop();
  parts_->exporter.request_stop();
  if (parts_->exporter.joinable()) parts_->exporter.join();
  static_cast<void>(parts_->sessions.flush());
  static_cast<void>(parts_->sign_in.flush_failures());
  parts_->logger->info("\"message\":\"stopped\"");
}

}  // namespace khien::app
