#include "app/origin.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace khien::app {
namespace {

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

/// The host of a Host header, without port and brackets.
std::string_view host_of(std::string_view header) {
  if (header.starts_with('[')) return header.substr(1, header.find(']') - 1);
  return header.substr(0, header.find(':'));
}

/// An address of the loopback network, not a name that only looks like one (`127.0.0.1.example.org`).
bool is_host_of_this_machine(std::string_view header) {
  const auto host = host_of(header);
  return host == "localhost" || host == "::1" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

}  // namespace

std::string mark_of_proxy(const http::Request& request) {
  static constexpr std::array<std::string_view, 7> kAdded{
      "Forwarded",          "Via",      "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
      "X-Forwarded-Server", "X-Real-IP"};
  for (const auto& field : request.headers)
    if (std::ranges::any_of(kAdded, [&](std::string_view name) { return http::same_name(field.name, name); }))
      return field.name;
  return is_host_of_this_machine(request.header("Host")) ? std::string() : "Host";
}

Origin origin_of(const http::Request& request) {
  if (!is_loopback(request.peer)) return Origin::Remote;
  return mark_of_proxy(request).empty() ? Origin::Local : Origin::Proxied;
}

}  // namespace khien::app
