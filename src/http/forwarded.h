// Who a request comes from when a proxy stands before us. Only for this folder.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/types.h"

namespace khien::http {

/// The address to count limits by: an IPv4 address as it is, an IPv6 address as its /48, which one customer may have
/// whole, IPv4 in IPv6 as IPv4.
std::string limit_key_of(std::string_view address);

/// If the peer of the request is one of the proxies, the last address of X-Forwarded-For that is not one of them takes
/// its place, and X-Forwarded-Proto decides `tls`. What cannot be read as an address ends the search: the proxy stays.
void believe_proxies(Request& request, std::span<const std::string> proxies);

}  // namespace khien::http
