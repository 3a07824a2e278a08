#include "demo/province.h"

#include <algorithm>

#include "demo/maker.h"

namespace khien::demo {

Province make_province(std::size_t people, std::uint64_t seed, Date today) {
  const std::size_t count = std::clamp<std::size_t>(people, 10, 100'000);
  Province province;
  province.today = today;
  province.desk_group = {{}, "mot-cua", "Bộ phận Một cửa"};
  Maker maker{province, make_places(province, count), SeededRandom(seed), start_of(today), {}};
  make_known_people(maker);
  make_people(maker, count);
  make_systems(maker);
  make_known_logins(maker);
  make_accounts(maker);
  make_shared_accounts(maker);
  province.dirt = dirt_of(province);
  return province;
}

}  // namespace khien::demo
