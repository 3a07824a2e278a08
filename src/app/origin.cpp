#include "app/origin.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace khien::app {
namespace {

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port != 0;
}

/// Four numbers with dots, the first 127.
bool is_loopback_of_four_parts(std::string_view text) {
  std::array<unsigned char, 4> bytes{};
  return inet_pton(AF_INET, std::string(text).c_str(), bytes.data()) == 1 && bytes[0] == 127;
}

/// uri-host [":" port] (RFC 9110 section 7.2), nothing before, between or behind. Exact: what a browser or proxy reads
/// otherwise is not of this machine.
bool is_host_of_this_machine(std::string_view header) {
  const auto colon = header.rfind(':');
  const bool has_port = colon != std::string_view::npos && !header.ends_with(']');
  if (has_port && !is_port(header.substr(colon + 1))) return false;
  const auto host = has_port ? header.substr(0, colon) : header;
  return host == "localhost" || host == "[::1]" || is_loopback_of_four_parts(host);
}

bool is_added_by_proxies(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kNames{"Forwarded", "Via", "X-Real-IP", "X-Client-IP"};
  static constexpr std::array<std::string_view, 2> kFamilies{"X-Forwarded-", "X-Original-"};
  return std::ranges::any_of(kNames, [&](auto each) { return http::same_name(name, each); }) ||
         std::ranges::any_of(kFamilies, [&](auto each) { return http::same_name(name.substr(0, each.size()), each); });
}

}  // namespace

std::string mark_of_proxy(const http::Request& request) {
  for (const auto& field : request.headers)
    if (is_added_by_proxies(field.name)) return field.name;
  return is_host_of_this_machine(request.header("Host")) ? std::string() : "Host";
}

Origin origin_of(const http::Request& request) {
  if (!is_loopback(request.peer)) return Origin::Remote;
  return mark_of_proxy(request).empty() ? Origin::Local : Origin::Proxied;
}

}  // namespace khien::app
