#include "signin/recent_places.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"

namespace khien::signin {
namespace {

constexpr std::array kMigrations{store::Migration{
    "sign_in_place", 1,
    "create table sign_in_place ("
    " login text not null, network text not null, at bigint not null, primary key (login, network));\n"}};

constexpr store::Sql kPut{
    "insert into sign_in_place (login, network, at) values (:1, :2, :3)"
    " on conflict (login, network) do update set at = excluded.at"};
constexpr store::Sql kKeepNewest{
    "delete from sign_in_place where login = :1 and network not in"
    " (select network from sign_in_place where login = :2 order by at desc, network limit :3)"};
constexpr store::Sql kSince{"select login, network, at from sign_in_place where at >= :1 order by at desc limit :2",
                            "tti"};
constexpr store::Sql kForget{"delete from sign_in_place where at < :1"};
constexpr store::Sql kErase{"delete from sign_in_place where login = :1"};

}  // namespace

std::span<const store::Migration> place_migrations() {
  return kMigrations;
}

void note_place(store::Transaction& tx, const RecentPlace& place, std::size_t kept) {
  tx.execute(kPut, place.login, base64url(place.network.bytes), place.at);
  tx.execute(kKeepNewest, place.login, place.login, kept);
}

std::vector<RecentPlace> load_places(store::Reader& reader, Instant since, std::size_t most) {
  std::vector<RecentPlace> out;
  reader.each(
      kSince,
      [&](const store::Row& row) {
        RecentPlace place{row.id<LoginId>(0), {}, row.instant(2)};
        const auto network = from_base64url(row.text(1));
        if (!network || network->size() != place.network.bytes.size()) return;
        std::ranges::copy(*network, place.network.bytes.begin());
        out.push_back(place);
      },
      since, most);
  std::ranges::reverse(out);
  return out;
}

std::int64_t forget_places(store::Transaction& tx, Instant before) {
  return tx.execute(kForget, before);
}

std::int64_t erase_places(store::Transaction& tx, const LoginId& login) {
  return tx.execute(kErase, login);
}

}  // namespace khien::signin
