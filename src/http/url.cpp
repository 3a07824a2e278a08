#include "http/url.h"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/scheme.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <system_error>

#include "http/codec.h"

namespace khien::http {
namespace {

constexpr std::size_t kLongest = 8192;

Failure invalid(std::string detail) {
  return Failure(Error::invalid({"Địa chỉ (URL) không hợp lệ.", "The URL is not valid."}, std::move(detail)));
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

bool is_web(std::string_view scheme) {
  return scheme == "http" || scheme == "https";
}

std::uint16_t port_of_scheme(std::string_view scheme) {
  if (scheme == "https") return 443;
  return scheme == "http" ? 80 : 0;
}

}  // namespace

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
  return decode_percent(text, Plus::Literal);
}

std::string build_query(const Fields& fields) {
  std::string query;
  for (const Field& field : fields) {
    if (!query.empty()) query += '&';
    query += percent_encode(field.name) + "=" + percent_encode(field.value);
  }
  return query;
}

std::string with_query(std::string_view url, const Fields& fields) {
  const std::size_t hash = std::min(url.find('#'), url.size());
  std::string out(url.substr(0, hash));
  if (!fields.empty()) {
    const std::size_t question = out.find('?');
    if (question == std::string::npos) {
      out += '?';
    } else if (question + 1 != out.size() && !out.ends_with('&')) {
      out += '&';
    }
    out += build_query(fields);
  }
  return out.append(url.substr(hash));
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > kLongest) return invalid("too long");
  const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
  if (!parsed) return invalid(parsed.error().message());
  const boost::urls::url_view& view = *parsed;
  Url url;
  url.scheme = lower_ascii(std::string(view.scheme()));
  url.host = lower_ascii(std::string(view.encoded_host()));
  url.has_user = view.has_userinfo();
  url.path = std::string(view.encoded_path());
  url.has_query = view.has_query();
  url.query = std::string(view.encoded_query());
  url.has_fragment = view.has_fragment();
  url.fragment = std::string(view.encoded_fragment());
  url.port = port_of_scheme(url.scheme);
  if (view.has_port() && !view.port().empty()) {
    const std::string digits(view.port());
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
    if (error != std::errc{} || end != digits.data() + digits.size() || url.port == 0) return invalid("port");
  }
  if (is_web(url.scheme) && url.host.empty()) return invalid("no host");
  // Boost takes "127.0.0.1.evil.example" for an IPv4 address followed by a path; a path after a host begins with '/'
  // (RFC 3986 section 3.3).
  if (view.has_authority() && !url.path.empty() && url.path.front() != '/') return invalid("host");
  return url;
}

std::string origin_of(const Url& url) {
  if (url.host.empty()) return {};
  std::string origin = url.scheme + "://" + url.host;
  if (url.port != 0 && url.port != port_of_scheme(url.scheme)) origin += ":" + std::to_string(url.port);
  return origin;
}

std::string origin_of(std::string_view absolute_url) {
  const auto url = parse_url(absolute_url);
  return url ? origin_of(*url) : std::string{};
}

}  // namespace khien::http
