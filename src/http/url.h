// URLs: percent-encoding, query strings, absolute URLs and their origin (RFC 3986, RFC 6454).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/types.h"

namespace khien::http {

/// Encodes everything but letters, digits and "-._~".
std::string percent_encode(std::string_view text);
/// Strict: every '%' is followed by two hexadecimal digits. '+' stays '+'.
std::optional<std::string> percent_decode(std::string_view text);

/// `a=1&b=x%20y`, in the order given.
std::string build_query(const Fields& fields);
/// `url` with the fields appended to its query, before its fragment.
std::string with_query(std::string_view url, const Fields& fields);

/// An absolute http or https URL, or one of another scheme with an authority or a path (custom schemes of clients).
struct Url {
  std::string scheme;      ///< lower case
  std::string host;        ///< lower case; IPv6 in brackets; empty if there is no authority
  std::uint16_t port = 0;  ///< as written, or the scheme's own; 0 if neither
  std::string path;        ///< as written, still encoded
  std::string query;       ///< as written, without '?'
  std::string fragment;    ///< as written, without '#'
  bool has_query = false;
  bool has_fragment = false;
  bool has_user = false;  ///< user:password@ stood before the host
};

/// Invalid if it is not an absolute URL, longer than 8192 bytes, or http(s) without a host.
Result<Url> parse_url(std::string_view text);

/// `https://example.gov.vn` or `https://example.gov.vn:8443`: the scheme's own port is left out. Empty without a host.
std::string origin_of(const Url& url);
std::string origin_of(std::string_view absolute_url);

}  // namespace khien::http
