#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <memory>

#include "app/checkpoint_export.h"
#include "app/child.h"
#include "app/folder.h"
#include "audit/notes.h"

namespace khien::app {
namespace {

constexpr long kConnectSeconds = 10;
constexpr long kSeconds = 30;
constexpr std::string_view kLineEnd = "\r\n";

Failure cannot(const Text& what, std::string detail) {
  return Failure(Error::unavailable(what, std::move(detail)));
}

const Text kNoMail{"Không gửi được thư điểm kiểm tra.", "The mail with the checkpoint cannot be sent."};
const Text kNoSyslog{"Không gửi được điểm kiểm tra tới máy chủ syslog.",
                     "The checkpoint cannot be sent to the syslog server."};

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == ':' || c == '[' || c == ']';
}

/// host[:port], nothing else: no user, path, query.
bool is_authority(std::string_view text) {
  return !text.empty() && text.size() <= 260 && text.front() != '-' && std::ranges::all_of(text, is_host_character);
}

struct Endpoint {
  std::string host;
  std::string port;
};

std::optional<Endpoint> endpoint_of(std::string_view authority) {
  const auto colon = authority.rfind(':');
  if (!is_authority(authority) || colon == std::string_view::npos || colon == 0) return std::nullopt;
  auto host = authority.substr(0, colon);
  const auto port = authority.substr(colon + 1);
  if (host.starts_with('[') != host.ends_with(']')) return std::nullopt;
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  std::uint16_t number = 0;
  const auto [end, wrong] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (wrong != std::errc{} || end != port.data() + port.size() || number == 0) return std::nullopt;
  return Endpoint{std::string(host), std::string(port)};
}

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

/// Only what is asked for: no proxy of the environment, no redirect, no signal, an end to every wait.
Curl make_curl(const std::string& url, const char* protocols, const std::string& ca_file) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  Curl handle(started == CURLE_OK ? curl_easy_init() : nullptr, &curl_easy_cleanup);
  if (!handle) return handle;
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(handle.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, kSeconds);
  curl_easy_setopt(handle.get(), CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  if (!ca_file.empty()) curl_easy_setopt(handle.get(), CURLOPT_CAINFO, ca_file.c_str());
  return handle;
}

struct Upload {
  std::string_view left;
  static std::size_t read(char* into, std::size_t size, std::size_t count, void* self) {
    auto* upload = static_cast<Upload*>(self);
    const std::size_t taken = std::min(size * count, upload->left.size());
    std::copy_n(upload->left.begin(), taken, into);
    upload->left.remove_prefix(taken);
    return taken;
  }
};

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "-";
  const std::string out(name.data());
  return is_authority(out) ? out : "-";
}

std::string utc(Instant at) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", std::chrono::floor<std::chrono::seconds>(at));
}

/// RFC 5424 section 6: facility 13 (log audit), severity 5 (notice).
std::string syslog_message(const OutgoingCheckpoint& checkpoint, Instant now) {
  return fmt::format("<109>1 {} {} khien {} checkpoint - {}", utc(now), host_name(), getpid(),
                     audit::one_line(checkpoint.note));
}

Result<void> send_datagram(int family, const sockaddr* address, socklen_t size, std::string_view message) {
  const Descriptor socket(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const timeval most{.tv_sec = kSeconds, .tv_usec = 0};
  if (!socket || setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most) != 0 ||
      connect(socket.get(), address, size) != 0 ||
      send(socket.get(), message.data(), message.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(message.size()))
    return cannot(kNoSyslog, std::strerror(errno));
  return {};
}

Result<void> send_udp(const Endpoint& to, std::string_view message) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (const int failed = getaddrinfo(to.host.c_str(), to.port.c_str(), &wanted, &found); failed != 0)
    return cannot(kNoSyslog, gai_strerror(failed));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, &freeaddrinfo);
  Result<void> last = cannot(kNoSyslog, "no address");
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    last = send_datagram(one->ai_family, one->ai_addr, one->ai_addrlen, message);
    if (last) break;
  }
  return last;
}

Result<void> send_unix(const std::string& path, std::string_view message) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return cannot(kNoSyslog, "the path is too long");
  std::ranges::copy(path, address.sun_path);
  return send_datagram(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address, message);
}

/// libcurl makes the connection and, for TLS, checks certificate and name; what is sent over it is ours.
Result<void> send_stream(std::string_view authority, bool tls, const std::string& ca_file, std::string_view message) {
  const Curl handle =
      make_curl(std::string(tls ? "https://" : "http://") + std::string(authority), tls ? "https" : "http", ca_file);
  if (!handle) return cannot(kNoSyslog, "libcurl cannot start");
  curl_easy_setopt(handle.get(), CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_SSL_ENABLE_ALPN, 0L);
  if (const CURLcode failed = curl_easy_perform(handle.get()); failed != CURLE_OK)
    return cannot(kNoSyslog, curl_easy_strerror(failed));
  const std::string frame = fmt::format("{} {}", message.size(), message);
  for (std::size_t done = 0; done < frame.size();) {
    std::size_t sent = 0;
    const CURLcode failed = curl_easy_send(handle.get(), frame.data() + done, frame.size() - done, &sent);
    // A message of one kilobyte fits into the empty buffer of a new connection: waiting means that it is broken.
    if (failed != CURLE_OK) return cannot(kNoSyslog, curl_easy_strerror(failed));
    done += sent;
  }
  return {};
}

std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  return text.substr(prefix.size());
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_+@").find(c) != std::string_view::npos;
  };
  return at != 0 && at != std::string_view::npos && at + 1 < text.size() && text.find('@', at + 1) == text.npos &&
         text.size() <= 254 && text.front() != '-' && std::ranges::all_of(text, plain);
}

bool is_mail_url(std::string_view text) {
  const auto plain = after(text, "smtp://");
  const auto tls = after(text, "smtps://");
  return is_authority(plain.value_or(tls.value_or("")));
}

bool is_syslog_place(std::string_view text) {
  if (const auto path = after(text, "unix:"))
    return path->starts_with('/') && path->size() < sizeof sockaddr_un{}.sun_path;
  for (const std::string_view scheme : {"udp://", "tcp://", "tls://"})
    if (const auto authority = after(text, scheme)) return endpoint_of(*authority).has_value();
  return false;
}

Result<void> drop_file(const std::string& folder, const OutgoingCheckpoint& checkpoint) {
  std::string name = checkpoint.origin;
  std::ranges::replace(name, '/', '-');
  const std::filesystem::path whole =
      std::filesystem::path(folder) / fmt::format("{}-{:012}.checkpoint", name, checkpoint.size);
  const std::string part = whole.string() + ".part";
  const Text what = Text::format("Không ghi được điểm kiểm tra vào thư mục {0}.",
                                 "The checkpoint cannot be written to the folder {0}.", folder);
  unlink(part.c_str());  // what an interrupted run left
  Descriptor file(open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!file) return cannot(what, std::strerror(errno));
  const auto size = static_cast<ssize_t>(checkpoint.note.size());
  const bool good = ::write(file.get(), checkpoint.note.data(), checkpoint.note.size()) == size &&
                    fsync(file.get()) == 0 && file.close() && rename(part.c_str(), whole.c_str()) == 0;
  if (good) return {};
  const std::string reason = std::strerror(errno);
  unlink(part.c_str());
  return cannot(what, reason);
}

std::string mail_text(const MailSettings& settings, const OutgoingCheckpoint& checkpoint, Instant now) {
  std::string to;
  for (const auto& one : settings.to) to += (to.empty() ? "" : ", ") + one;
  const std::string domain = settings.from.substr(settings.from.find('@') + 1);
  std::string out;
  const auto line = [&](std::string_view text) { (out += text) += kLineEnd; };
  line(fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} +0000", std::chrono::floor<std::chrono::seconds>(now)));
  line("From: " + settings.from);
  line("To: " + to);
  line(fmt::format("Subject: {} {}", checkpoint.origin, checkpoint.size));
  line(fmt::format("Message-ID: <{}.{}.{}@{}>", checkpoint.generation, checkpoint.size, micros_of(now), domain));
  line("MIME-Version: 1.0");
  line("Content-Type: text/plain; charset=utf-8");
  line("Content-Transfer-Encoding: 8bit");
  line("Auto-Submitted: auto-generated");
  line("");
  line("Điểm kiểm tra của nhật ký minh chứng. Giữ thư này; kiểm tra bằng: khien audit verify --against TỆP");
  line("A checkpoint of the evidence log. Keep this mail; it is checked by: khien audit verify --against FILE");
  line("");
  for (std::string_view rest = checkpoint.note; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  line("");
  line(audit::one_line(checkpoint.note));
  return out;
}

Result<void> send_mail(const MailSettings& settings, const OutgoingCheckpoint& checkpoint, Instant now) {
  const Curl handle = make_curl(settings.url, "smtp,smtps", settings.ca_file);
  if (!handle) return cannot(kNoMail, "libcurl cannot start");
  // Without a password nothing in it is secret, and a server inside may have no TLS; a password goes over TLS only.
  curl_easy_setopt(handle.get(), CURLOPT_USE_SSL,
                   static_cast<long>(settings.user.empty() ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  if (settings.user.empty() && settings.ca_file.empty() && settings.url.starts_with("smtp://")) {
    // STARTTLS with whatever certificate is better than none, where none would do.
    curl_easy_setopt(handle.get(), CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(handle.get(), CURLOPT_SSL_VERIFYHOST, 0L);
  }
  if (!settings.user.empty()) {
    const std::string text = TRY(read_file(settings.password_file, 4096));
    const Secret password(text.substr(0, text.find_first_of("\r\n")));
    curl_easy_setopt(handle.get(), CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_PASSWORD, std::string(password.reveal()).c_str());
  }
  curl_slist* list = nullptr;
  for (const auto& one : settings.to) list = curl_slist_append(list, ("<" + one + ">").c_str());
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(list, &curl_slist_free_all);
  const std::string from = "<" + settings.from + ">";
  const std::string text = mail_text(settings, checkpoint, now);
  Upload upload{text};
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, &Upload::read);
  curl_easy_setopt(handle.get(), CURLOPT_READDATA, &upload);
  curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
  if (const CURLcode failed = curl_easy_perform(handle.get()); failed != CURLE_OK)
    return cannot(kNoMail, curl_easy_strerror(failed));
  return {};
}

Result<void> send_syslog(const std::string& where, const std::string& ca_file, const OutgoingCheckpoint& checkpoint,
                         Instant now) {
  const std::string message = syslog_message(checkpoint, now);
  if (const auto path = after(where, "unix:"))
    return send_unix(std::string(*path), "<109>khien: " + audit::one_line(checkpoint.note));
  if (const auto authority = after(where, "udp://"))
    if (const auto to = endpoint_of(*authority)) return send_udp(*to, message);
  if (const auto authority = after(where, "tcp://")) return send_stream(*authority, false, ca_file, message);
  if (const auto authority = after(where, "tls://")) return send_stream(*authority, true, ca_file, message);
  return cannot(kNoSyslog, "no such place");
}

}  // namespace khien::app
