#include "protocols/oidc/provider.h"

#include "http/form.h"
#include "http/language.h"
#include "http/url.h"
#include "protocols/oidc/client_rules.h"
#include "protocols/oidc/discovery.h"
#include "protocols/oidc/store.h"

namespace khien::oidc {

std::expected<http::Values, Fault> read_form(const http::Request& request) {
  auto values = http::form(request, {.fields = kParameters, .name_bytes = 256, .value_bytes = kTokenBytes});
  if (!values) return std::unexpected(Fault::InvalidRequest);
  return std::move(*values);
}

Provider::Provider(std::string issuer, Services services)
    : issuer_(std::move(issuer)),
      services_(std::move(services)),
      discovery_(std::make_shared<const std::string>(discovery_document(issuer_))) {}

Result<std::unique_ptr<Provider>> Provider::create(std::string issuer, Services services) {
  TRY(check_client_uri(issuer));  // the same rules hold for ourselves
  if (issuer != http::origin_of(issuer))
    return Failure(Error::invalid({"Địa chỉ phát hành (issuer) phải là https://tên-máy[:cổng], không có đường dẫn.",
                                   "The issuer must be https://host[:port] without a path."}));
  return std::unique_ptr<Provider>(new Provider(std::move(issuer), std::move(services)));
}

http::Response Provider::discovery(const http::Request& /*request*/) const {
  http::Response response = http::Response::json({});
  response.shared_body = discovery_;
  response.set("Cache-Control", "public, max-age=300");
  return response;
}

http::Response Provider::jwks(const http::Request& /*request*/) const {
  http::Response response = http::Response::json(services_.keys.current()->jwks(services_.clock.now()));
  response.set("Cache-Control", "public, max-age=300");
  return response;
}

http::Response Provider::show(const http::Request& request, const Page& page) const {
  const auto asked = first_spoken(request.query.value("ui_locales"));
  return sealed(services_.render(asked ? http::preferring(request, *asked) : request, page));
}

Fault Provider::fault_of(const Error& error) const {
  log(error.detail());
  const bool passing = error.kind() == ErrorKind::Busy || error.kind() == ErrorKind::Unavailable;
  return passing ? Fault::TemporarilyUnavailable : Fault::ServerError;
}

void Provider::log(std::string_view detail) const {
  if (services_.fault && !detail.empty()) services_.fault(detail);
}

Result<std::size_t> Provider::purge() {
  const Instant before = services_.clock.now() - kTokenLives - kClockLeeway;
  return services_.store.write([&](store::Transaction& tx) -> Result<std::size_t> {
    return static_cast<std::size_t>(delete_codes_before(tx, before));
  });
}

}  // namespace khien::oidc
