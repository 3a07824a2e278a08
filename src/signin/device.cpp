#include "signin/device.h"

#include "signin/sealed.h"

namespace khien::signin {
namespace {

constexpr std::string_view kContext = "khien trusted device 1";
constexpr std::size_t kFields = 4;

}  // namespace

std::string TrustedDevices::trust(const credentials::Login& login, const std::optional<TrustedDevice>& known) {
  const DeviceId id = known ? known->id : DeviceId::make(random_);
  return seal_fields(keys_.current(store::Purpose::Session).bytes, kContext,
                     {id.text(), login.id.text(), std::to_string(login.epoch), std::to_string(micros_of(clock_.now()))},
                     random_);
}

std::optional<TrustedDevice> TrustedDevices::open(std::string_view cookie) const {
  const auto fields = open_fields(keys_.current(store::Purpose::Session).bytes, kContext, cookie, kFields);
  if (!fields) return std::nullopt;
  const auto id = DeviceId::parse((*fields)[0]);
  const auto login = LoginId::parse((*fields)[1]);
  const auto epoch = parse_number((*fields)[2]);
  const auto trusted = parse_micros((*fields)[3]);
  if (!id || !login || !epoch || !trusted) return std::nullopt;
  const Instant now = clock_.now();
  if (now >= *trusted + trust_ || *trusted > add(now, kClockSlack)) return std::nullopt;
  return TrustedDevice{*id, *login, *epoch, *trusted};
}

std::optional<TrustedDevice> TrustedDevices::of(const credentials::Login* login, std::string_view cookie) const {
  auto device = open(cookie);
  const bool holds = device && login != nullptr && device->login == login->id && device->epoch == login->epoch &&
                     login->state == policy::LifecycleState::Active;
  return holds ? device : std::nullopt;
}

}  // namespace khien::signin
