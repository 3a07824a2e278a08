#include "protocols/oidc/client_rules.h"

#include <algorithm>
#include <charconv>

#include "http/url.h"

namespace khien::oidc {
namespace {

constexpr std::size_t kUriBytes = 1024;
constexpr std::size_t kNameBytes = 200;
constexpr std::size_t kUris = 20;

bool is_loopback_ip(std::string_view host) {
  return host == "127.0.0.1" || host == "[::1]";
}

Failure bad_uri(std::string_view uri, std::string_view vi, std::string_view en) {
  const std::string shown(uri.substr(0, 100));
  return Failure(Error::invalid({"Địa chỉ “" + shown + "” không dùng được: " + std::string(vi),
                                 "The address “" + shown + "” cannot be used: " + std::string(en)}));
}

/// The text without its port, if it is plain http on a loopback IP address; empty otherwise. What is compared are the
/// texts around the port, so that nothing is normalised.
std::string without_loopback_port(std::string_view uri) {
  const auto url = http::parse_url(uri);
  if (!url || url->scheme != "http" || !is_loopback_ip(url->host) || url->has_user) return {};
  const std::string prefix = "http://" + url->host;
  if (!uri.starts_with(prefix)) return {};
  std::string_view rest = uri.substr(prefix.size());
  if (rest.starts_with(':')) {
    std::uint16_t port = 0;
    const auto [end, bad] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), port);
    // Written as anybody writes a port: a spelling with zeros in front is not taken.
    if (bad != std::errc{} || rest.starts_with(":0") || end - rest.data() > 6) return {};
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  }
  return prefix + std::string(rest);
}

}  // namespace

Result<void> check_client_uri(std::string_view uri) {
  if (uri.size() > kUriBytes) return bad_uri(uri, "quá dài.", "it is too long.");
  if (std::ranges::any_of(uri, [](char c) { return c <= ' ' || c >= '\x7f' || c == '\\' || c == '*'; }))
    return bad_uri(uri, "có ký tự không được phép.", "it holds a character that is not allowed.");
  const auto url = http::parse_url(uri);
  if (!url) return bad_uri(uri, "không phải URL đầy đủ.", "it is not an absolute URL.");
  const bool loopback = is_loopback_ip(url->host) || url->host == "localhost";
  if (url->scheme != "https" && !(url->scheme == "http" && loopback))
    return bad_uri(uri, "phải là https (http chỉ cho máy cục bộ).", "it must be https (http only for loopback).");
  if (url->has_fragment) return bad_uri(uri, "không được có phần sau dấu #.", "it must not have a fragment.");
  if (url->has_user) return bad_uri(uri, "không được có tên người dùng.", "it must not have a user part.");
  return {};
}

Result<void> check_client(const Client& client) {
  std::vector<Error> errors;
  if (client.name.empty() || client.name.size() > kNameBytes)
    errors.push_back(Error::invalid(
        {"Tên hệ thống kết nối phải có từ 1 đến 200 byte.", "The name of the client must have 1 to 200 bytes."}));
  if (client.redirect_uris.empty())
    errors.push_back(
        Error::invalid({"Cần ít nhất một địa chỉ chuyển hướng.", "At least one redirect address is needed."}));
  if (client.redirect_uris.size() > kUris || client.post_logout_redirect_uris.size() > kUris)
    errors.push_back(Error::invalid({"Có quá 20 địa chỉ.", "There are more than 20 addresses."}));
  for (const auto* uris : {&client.redirect_uris, &client.post_logout_redirect_uris})
    for (const auto& uri : *uris)
      if (const auto checked = check_client_uri(uri); !checked) errors.push_back(checked.error());
  if (!errors.empty()) return Failure(combine(errors));
  return {};
}

bool may_answer_at(const Client& client, std::string_view redirect_uri) {
  if (std::ranges::find(client.redirect_uris, redirect_uri) != client.redirect_uris.end()) return true;
  if (!client.is_public() || !check_client_uri(redirect_uri)) return false;
  const std::string wanted = without_loopback_port(redirect_uri);
  return !wanted.empty() && std::ranges::any_of(client.redirect_uris, [&](const std::string& registered) {
    return without_loopback_port(registered) == wanted;
  });
}

bool may_return_to(const Client& client, std::string_view uri) {
  return std::ranges::find(client.post_logout_redirect_uris, uri) != client.post_logout_redirect_uris.end();
}

}  // namespace khien::oidc
