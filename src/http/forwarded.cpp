#include "http/forwarded.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <optional>

#include "http/codec.h"

namespace khien::http {
namespace {

using boost::asio::ip::address;

std::optional<address> parse(std::string_view text) {
  boost::system::error_code error;
  const address parsed = boost::asio::ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  if (parsed.is_v6() && parsed.to_v6().is_v4_mapped()) {
    return address(boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, parsed.to_v6()));
  }
  return parsed;
}

bool is_one_of(std::string_view peer, std::span<const std::string> proxies) {
  const auto wanted = parse(peer);
  return wanted && std::ranges::any_of(proxies, [&](const std::string& proxy) { return parse(proxy) == wanted; });
}

}  // namespace

std::string limit_key_of(std::string_view text) {
  const auto parsed = parse(text);
  if (!parsed) return std::string(text);
  if (parsed->is_v4()) return parsed->to_string();
  auto bytes = parsed->to_v6().to_bytes();
  std::fill(bytes.begin() + 6, bytes.end(), static_cast<unsigned char>(0));
  return boost::asio::ip::address_v6(bytes).to_string() + "/48";
}

void believe_proxies(Request& request, std::span<const std::string> proxies) {
  if (!is_one_of(request.peer, proxies)) return;
  std::string chain;  // several headers are one list (RFC 9110 section 5.3)
  for (const Field& field : request.headers) {
    if (same_name(field.name, "X-Forwarded-For")) chain += (chain.empty() ? "" : ",") + field.value;
  }
  std::string_view rest = chain;
  while (!rest.empty()) {
    const std::size_t comma = rest.rfind(',');
    const std::string_view last = trim_spaces(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(0, comma);
    const auto parsed = parse(last);
    if (!parsed) break;
    request.peer = parsed->to_string();
    if (!is_one_of(last, proxies)) break;
  }
  if (same_name(request.header("X-Forwarded-Proto"), "https")) request.tls = true;
}

}  // namespace khien::http
