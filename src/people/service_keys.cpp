#include "people/sealing.h"
#include "people/service.h"
#include "people/store.h"

namespace khien::people {

Result<audit::RenewalStep> People::renew_keys(const PersonId& after, std::uint64_t limit) {
  const Marker marker(keys_);
  const std::string& field_key = keys_.current(store::Purpose::Field).id;
  const auto rows = TRY(store_.read([&](store::Reader& reader) -> Result<std::vector<KeyedColumns>> {
    return persons_not_under(reader, field_key, marker.key_id(), after, limit);
  }));
  if (rows.empty()) return audit::RenewalStep{after, 0};
  struct Renewed {
    KeyedColumns after;
    Person marked;
  };
  std::vector<Renewed> renewed;
  renewed.reserve(rows.size());
  for (const auto& row : rows) {
    PersonDetails details;
    details.name = row.name;
    details.secret = TRY(open_facts(keys_, row.id, row.sealed));
    renewed.push_back({{row.id, row.name, marker.key_id(), seal_facts(keys_, row.id, details.secret, random_)},
                       marker.person_of(row.id, details)});
  }
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    for (std::size_t i = 0; i < rows.size(); ++i)
      replace_keyed_columns(tx, rows[i], renewed[i].marked, renewed[i].after);
    return {};
  }));
  return audit::RenewalStep{rows.back().id, rows.size()};
}

}  // namespace khien::people
